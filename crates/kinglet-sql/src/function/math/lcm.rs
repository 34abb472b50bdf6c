//! `lcm`: the least common multiple.

use super::divisor::{expect_integers, magnitude};
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct Lcm;

static SPEC: Spec = Spec {
    name: "lcm",
    category: "math",
    syntax: "lcm(a, b)",
    summary: "The least common multiple.",
    arguments: &[("a", "Integer"), ("b", "Integer")],
    returns: "Unsigned integer",
    examples: &[Example { sql: "lcm(4, 6)", answer: "12" }],
    ..Spec::EMPTY
};

impl Function for Lcm {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_integers(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (a, b) = (call.ints(0)?, call.ints(1)?);
        result::ints(call.result, call.rows, |row| {
            let (a, b) = (magnitude(call.ty(0), a.get(row)), magnitude(call.ty(1), b.get(row)));
            if a == 0 || b == 0 {
                return Err(SqlError::new(ErrorCode::ILLEGAL_DIVISION, "Division by zero"));
            }
            let divisor = super::divisor::gcd(a, b);
            Ok(a.checked_div(divisor).map_or(0, |part| part.wrapping_mul(b)) as i64)
        })
    }
}
