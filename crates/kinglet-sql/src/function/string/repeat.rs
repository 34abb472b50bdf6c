//! `repeat`: a text several times over.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct Repeat;

static SPEC: Spec = Spec {
    name: "repeat",
    case: Case::Insensitive,
    category: "string",
    syntax: "repeat(text, times)",
    summary: "The text repeated; nothing for a count of zero or less.",
    arguments: &[("text", "String"), ("times", "Integer")],
    returns: "String",
    examples: &[Example { sql: "repeat('ab', 3)", answer: "ababab" }],
    ..Spec::EMPTY
};

impl Function for Repeat {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, ChType::is_text)?;
        args.expect(1, ChType::is_integer)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (text, times) = (call.bytes(0)?, call.ints(1)?);
        result::texts(call.rows, |row, out| {
            let (text, times) = (text.get(row), usize::try_from(times.get(row)).unwrap_or(0));
            if text.len().saturating_mul(times) > LONGEST {
                let message = format!("Too many times to repeat ({times}), at most {LONGEST} bytes are made");
                return Err(SqlError::new(ErrorCode(131), message));
            }
            for _ in 0..times {
                out.extend_from_slice(text);
            }
            Ok(())
        })
    }
}

/// Longest text that is made, in bytes.
const LONGEST: usize = 1 << 24;
