//! `space`: that many spaces.

use crate::function::{Args, Call, Case, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct Space;

static SPEC: Spec = Spec {
    name: "space",
    case: Case::Insensitive,
    category: "string",
    syntax: "space(count)",
    summary: "That many spaces.",
    arguments: &[("count", "Integer")],
    returns: "String",
    examples: &[Example { sql: "length(space(3))", answer: "3" }],
    ..Spec::EMPTY
};

impl Function for Space {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.integer_bits().is_some_and(|(bits, _)| bits <= 64))?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let counts = call.ints(0)?;
        result::texts(call.rows, |row, out| {
            let count = usize::try_from(counts.get(row)).unwrap_or(0);
            if count > 1 << 20 {
                let message = format!("Too many times to repeat ({count}), maximum is: 1000000");
                return Err(SqlError::new(ErrorCode::TOO_LARGE_STRING_SIZE, message));
            }
            out.resize(count, b' ');
            Ok(())
        })
    }
}
