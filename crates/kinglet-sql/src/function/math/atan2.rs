//! `atan2`: the angle of a point.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct Atan2;

static SPEC: Spec = Spec {
    name: "atan2",
    case: Case::Insensitive,
    category: "math",
    syntax: "atan2(x, y)",
    summary: "The angle of a point.",
    arguments: &[("x", "number"), ("y", "number")],
    returns: "Float64",
    examples: &[Example { sql: "atan2(0, 1)", answer: "0" }],
    ..Spec::EMPTY
};

impl Function for Atan2 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, ChType::is_number)?;
        args.expect(1, ChType::is_number)?;
        Ok(ChType::Float64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (x, y) = (call.floats(0)?, call.floats(1)?);
        result::floats(call.result, call.rows, |row| Ok(x.get(row).atan2(y.get(row))))
    }
}
