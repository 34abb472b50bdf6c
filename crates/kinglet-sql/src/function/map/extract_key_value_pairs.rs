//! `extractKeyValuePairs`: the keys and values written in a text.

use crate::ColumnBuilder;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct ExtractKeyValuePairs;

static SPEC: Spec = Spec {
    name: "extractKeyValuePairs",
    aliases: &["str_to_map", "mapFromString"],
    category: "map",
    syntax: "extractKeyValuePairs(text[, key_delimiter[, pair_delimiters[, quote]]])",
    summary: "The keys and values written in a text.",
    arguments: &[
        ("text", "String"),
        ("key_delimiter", "String of one character, `:` if left out"),
        ("pair_delimiters", "String of characters, ` ,;` if left out"),
        ("quote", "String of one character, a double quote if left out"),
    ],
    returns: "Map(String, String)",
    examples: &[Example {
        sql: "extractKeyValuePairs('name:neymar, age:31 team:psg')",
        answer: "{'name':'neymar','age':'31','team':'psg'}",
    }],
    ..Spec::EMPTY
};

impl Function for ExtractKeyValuePairs {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=5)?;
        args.expect(0, ChType::is_text)?;
        for at in 1..args.len().min(4) {
            args.expect(at, ChType::is_text)?;
        }
        Ok(ChType::map(ChType::String, ChType::String))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        let constant = |at: usize, default: &str| -> Result<Vec<u8>> {
            if call.args.len() > at {
                Ok(call.bytes(at)?.get(0).to_vec())
            } else {
                Ok(default.as_bytes().to_vec())
            }
        };
        let (delimiter, pairs, quote) = (constant(1, ":")?, constant(2, " ,;")?, constant(3, "\"")?);
        let ([delimiter], [quote]) = (delimiter.as_slice(), quote.as_slice()) else {
            let message = format!("Delimiter and quote of function {} must be one character", call.name);
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        };
        let syntax = Syntax { delimiter: *delimiter, pairs: &pairs, quote: *quote };
        let mut builder = ColumnBuilder::new(call.result);
        for row in 0..call.rows {
            let mut rest = texts.get(row);
            if let Some((keys, values)) = builder.entries() {
                while let Some((key, value, tail)) = syntax.next(rest) {
                    keys.append_bytes(key);
                    values.append_bytes(value);
                    rest = tail;
                }
            }
            builder.close();
        }
        builder.finish()
    }
}
/// The characters that part keys, values and pairs.
struct Syntax<'s> {
    delimiter: u8,
    pairs: &'s [u8],
    quote: u8,
}

impl Syntax<'_> {
    /// The next key and value, and what follows.
    fn next<'a>(&self, text: &'a [u8]) -> Option<(&'a [u8], &'a [u8], &'a [u8])> {
        let mut rest = text;
        loop {
            let start = rest.iter().position(|byte| !self.pairs.contains(byte))?;
            rest = &rest[start..];
            let (key, tail) = self.word(rest, true);
            if tail.first() == Some(&self.delimiter) && !key.is_empty() {
                let (value, tail) = self.word(&tail[1..], false);
                return Some((key, value, tail));
            }
            rest = if tail.len() < rest.len() { tail } else { &rest[1..] };
        }
    }

    /// A word, quoted or up to a delimiter.
    fn word<'a>(&self, text: &'a [u8], key: bool) -> (&'a [u8], &'a [u8]) {
        if text.first() == Some(&self.quote)
            && let Some(end) = text[1..].iter().position(|byte| *byte == self.quote)
        {
            return (&text[1..=end], &text[end + 2..]);
        }
        let stop =
            |byte: &u8| self.pairs.contains(byte) || *byte == self.quote || key && *byte == self.delimiter;
        text.split_at(text.iter().position(stop).unwrap_or(text.len()))
    }
}
