//! `roundDuration`: the step at or below a duration among 0, 1, 10, 30, 60 seconds and so on to ten hours.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct RoundDuration;

static SPEC: Spec = Spec {
    name: "roundDuration",
    category: "math",
    syntax: "roundDuration(seconds)",
    summary: "The step at or below a duration among 0, 1, 10, 30, 60 seconds and so on to ten hours.",
    arguments: &[("seconds", "Number")],
    returns: "UInt16",
    examples: &[Example { sql: "roundDuration(100)", answer: "60" }],
    ..Spec::EMPTY
};

impl Function for RoundDuration {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.is_number() && !ty.is_decimal())?;
        Ok(ChType::UInt16)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        const STEPS: [i64; 15] = [0, 1, 10, 30, 60, 120, 180, 240, 300, 600, 1200, 1800, 3600, 7200, 18_000];
        let seconds = call.floats(0)?;
        result::ints(call.result, call.rows, |row| {
            let seconds = seconds.get(row);
            if seconds >= 36_000.0 {
                return Ok(36_000);
            }
            Ok(STEPS.iter().rev().copied().find(|step| *step as f64 <= seconds).unwrap_or(0))
        })
    }
}
