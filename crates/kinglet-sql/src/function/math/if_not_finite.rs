//! `ifNotFinite`: the number, or the other where it is infinite or no number.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct IfNotFinite;

static SPEC: Spec = Spec {
    name: "ifNotFinite",
    category: "math",
    syntax: "ifNotFinite(number, other)",
    summary: "The number, or the other where it is infinite or no number.",
    arguments: &[("number", "Number"), ("other", "Number")],
    returns: "The common type.",
    examples: &[Example { sql: "ifNotFinite(1 / 0, 42)", answer: "42" }],
    ..Spec::EMPTY
};

impl Function for IfNotFinite {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, ChType::is_number)?;
        args.expect(1, ChType::is_number)?;
        Ok(if *args.ty(0) == ChType::Float32 && *args.ty(1) == ChType::Float32 {
            ChType::Float32
        } else {
            ChType::Float64
        })
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (numbers, others) = (call.floats(0)?, call.floats(1)?);
        result::floats(call.result, call.rows, |row| {
            let number = numbers.get(row);
            Ok(if number.is_finite() { number } else { others.get(row) })
        })
    }
}
