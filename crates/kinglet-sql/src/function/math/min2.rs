//! `min2`: the smaller of two numbers.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct Min2;

static SPEC: Spec = Spec {
    name: "min2",
    category: "math",
    syntax: "min2(x, y)",
    summary: "The smaller of two numbers.",
    arguments: &[("x", "Number"), ("y", "Number")],
    returns: "Float64",
    examples: &[Example { sql: "min2(-1, 2)", answer: "-1" }],
    ..Spec::EMPTY
};

impl Function for Min2 {
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
        result::floats(call.result, call.rows, |row| {
            let (x, y) = (x.get(row), y.get(row));
            Ok(if x < y { x } else { y })
        })
    }
}
