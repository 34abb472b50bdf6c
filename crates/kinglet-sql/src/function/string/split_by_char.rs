//! `splitByChar`: the parts of a text between a character.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::split::split;
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct SplitByChar;

static SPEC: Spec = Spec {
    name: "splitByChar",
    category: "string",
    syntax: "splitByChar(separator, text[, max_parts])",
    summary: "Splits a text at each occurrence of one byte. With a limit, the rest is left out.",
    arguments: &[
        ("separator", "String of one byte, constant"),
        ("text", "String"),
        ("max_parts", "Integer; 0 for no limit"),
    ],
    returns: "Array(String)",
    examples: &[Example { sql: "splitByChar(',', 'a,b,,c')", answer: "['a','b','','c']" }],
    ..Spec::EMPTY
};

impl Function for SplitByChar {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        args.expect(0, ChType::is_text)?;
        args.expect(1, ChType::is_text)?;
        Ok(ChType::array(ChType::String))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let separator = call.bytes(0)?.get(0);
        let &[separator] = separator else {
            let message = format!("Illegal separator for function {}. Must be exactly one byte.", call.name);
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        };
        split(call, |text, visit| text.split(|byte| *byte == separator).for_each(visit))
    }
}
