//! `sign`: the sign of a number.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct Sign;

static SPEC: Spec = Spec {
    name: "sign",
    case: Case::Insensitive,
    category: "math",
    syntax: "sign(number)",
    summary: "-1, 0 or 1.",
    arguments: &[("number", "Integer, Float or Decimal")],
    returns: "Int8",
    examples: &[Example { sql: "sign(-3)", answer: "-1" }],
    ..Spec::EMPTY
};

impl Function for Sign {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_number)?;
        Ok(ChType::Int8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let numbers = call.floats(0)?;
        result::ints(call.result, call.rows, |row| {
            let number = numbers.get(row);
            Ok(i64::from(number > 0.0 || number.is_nan()) - i64::from(number < 0.0))
        })
    }
}
