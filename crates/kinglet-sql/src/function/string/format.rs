//! `format`: the pattern with `{}` or `{n}` replaced by the values; `{{` and `}}` stand for braces.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct Format;

static SPEC: Spec = Spec {
    name: "format",
    category: "string",
    syntax: "format(pattern, value, ..)",
    summary: "The pattern with `{}` or `{n}` replaced by the values; `{{` and `}}` stand for braces.",
    arguments: &[("pattern", "String, constant"), ("value", "Any types")],
    returns: "String",
    examples: &[
        Example { sql: "format('{1} {0} {1}', 'World', 'Hello')", answer: "Hello World Hello" },
        Example { sql: "format('{} {}', 'Hello', 42)", answer: "Hello 42" },
    ],
    ..Spec::EMPTY
};

impl Function for Format {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        args.expect(0, ChType::is_text)?;
        let pattern = args.constant_text(0)?;
        pieces(pattern.as_bytes(), args.len() - 1)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = super::as_texts::as_texts(call, 1)?;
        let pieces = pieces(call.bytes(0)?.get(0), texts.len())?;
        result::texts(call.rows, |row, out| {
            for piece in &pieces {
                match piece {
                    Piece::Text(text) => out.extend_from_slice(text),
                    Piece::Value(at) => {
                        if let Some(column) = texts.get(*at) {
                            out.extend_from_slice(super::as_texts::text_at(column, row));
                        }
                    }
                }
            }
            Ok(())
        })
    }
}
enum Piece {
    Text(Vec<u8>),
    Value(usize),
}

fn wrong(text: &str) -> SqlError {
    SqlError::new(ErrorCode::BAD_ARGUMENTS, text.to_owned())
}

/// The pattern taken apart; values are numbered either by themselves or by the pattern.
fn pieces(pattern: &[u8], values: usize) -> Result<Vec<Piece>> {
    let (mut pieces, mut text) = (Vec::new(), Vec::new());
    let (mut next, mut numbered) = (0, None);
    let mut rest = pattern;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        match (byte, tail.first()) {
            (b'{', Some(b'{')) | (b'}', Some(b'}')) => {
                text.push(byte);
                rest = &tail[1..];
            }
            (b'}', _) => return Err(wrong("Closed curly brace isn't balanced")),
            (b'{', _) => {
                let end = tail.iter().position(|byte| *byte == b'}');
                let end = end.ok_or_else(|| wrong("Open curly brace isn't balanced"))?;
                let digits = &tail[..end];
                rest = &tail[end + 1..];
                if *numbered.get_or_insert(!digits.is_empty()) == digits.is_empty() {
                    return Err(wrong(if digits.is_empty() {
                        "Cannot switch from manual field specification to automatic field numbering"
                    } else {
                        "Cannot switch from automatic field numbering to manual field specification"
                    }));
                }
                let at = if digits.is_empty() {
                    next += 1;
                    next - 1
                } else {
                    let number =
                        std::str::from_utf8(digits).ok().and_then(|digits| digits.parse::<usize>().ok());
                    number.ok_or_else(|| wrong("Not a number in curly braces"))?
                };
                if at >= values {
                    return Err(wrong("Argument is too big for formatting"));
                }
                pieces.push(Piece::Text(std::mem::take(&mut text)));
                pieces.push(Piece::Value(at));
            }
            (other, _) => text.push(other),
        }
    }
    pieces.push(Piece::Text(text));
    Ok(pieces)
}
