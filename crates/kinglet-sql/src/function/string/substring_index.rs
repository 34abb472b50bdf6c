//! `substringIndex`: a text up to the n-th separator.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use memchr::memmem;

use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct SubstringIndex;

static SPEC: Spec = Spec {
    name: "substringIndex",
    aliases: &["SUBSTRING_INDEX"],
    case: Case::Insensitive,
    category: "string",
    syntax: "substringIndex(text, separator, count)",
    summary: "The text before the count-th separator; with a negative count, what follows that one from the end.",
    arguments: &[("text", "String"), ("separator", "String"), ("count", "Integer")],
    returns: "String",
    examples: &[
        Example { sql: "substringIndex('www.example.com', '.', 2)", answer: "www.example" },
        Example { sql: "substringIndex('www.example.com', '.', -1)", answer: "com" },
    ],
    ..Spec::EMPTY
};

impl Function for SubstringIndex {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(3..=3)?;
        args.expect(0, ChType::is_text)?;
        args.expect(1, ChType::is_text)?;
        args.expect(2, ChType::is_integer)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (text, separator, count) = (call.bytes(0)?, call.bytes(1)?, call.ints(2)?);
        let one_byte = !call.name.ends_with("UTF8");
        result::texts(call.rows, |row, out| {
            let (text, separator, count) = (text.get(row), separator.get(row), count.get(row));
            let characters =
                if one_byte { separator.len() } else { String::from_utf8_lossy(separator).chars().count() };
            if characters != 1 {
                let message = format!("Second argument to {} must be a single character", call.name);
                return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
            }
            let places: Vec<usize> = memmem::find_iter(text, separator).collect();
            let wanted = usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX);
            let part = match count {
                0 => &[][..],
                1.. => places.get(wanted - 1).and_then(|at| text.get(..*at)).unwrap_or(text),
                _ => match places.len().checked_sub(wanted).and_then(|at| places.get(at)) {
                    Some(at) => text.get(at + separator.len()..).unwrap_or_default(),
                    None => text,
                },
            };
            out.extend_from_slice(part);
            Ok(())
        })
    }
}
