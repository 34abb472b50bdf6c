//! `factorial`: the product of 1 to the number; 1 for numbers below 1, an error above 20.

use crate::function::{Args, Call, Case, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct Factorial;

static SPEC: Spec = Spec {
    name: "factorial",
    case: Case::Insensitive,
    category: "math",
    syntax: "factorial(number)",
    summary: "The product of 1 to the number; 1 for numbers below 1, an error above 20.",
    arguments: &[("number", "Integer")],
    returns: "UInt64",
    examples: &[Example { sql: "factorial(10)", answer: "3628800" }],
    ..Spec::EMPTY
};

impl Function for Factorial {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.integer_bits().is_some_and(|(bits, _)| bits <= 64))?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let numbers = call.ints(0)?;
        let signed = call.ty(0).integer_bits().is_some_and(|(_, signed)| signed);
        result::ints(call.result, call.rows, |row| match numbers.get(row) {
            number if number > 20 || number < 0 && !signed => {
                let message = "The maximum allowed argument of function factorial is 20";
                Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message))
            }
            number => Ok((1..=number.max(1)).product()),
        })
    }
}
