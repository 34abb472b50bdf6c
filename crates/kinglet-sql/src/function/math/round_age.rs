//! `roundAge`: the age group of an age: 0 below 1, then 17, 18, 25, 35, 45 and 55.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct RoundAge;

static SPEC: Spec = Spec {
    name: "roundAge",
    category: "math",
    syntax: "roundAge(age)",
    summary: "The age group of an age: 0 below 1, then 17, 18, 25, 35, 45 and 55.",
    arguments: &[("age", "Number")],
    returns: "UInt8",
    examples: &[Example { sql: "roundAge(30)", answer: "25" }],
    ..Spec::EMPTY
};

impl Function for RoundAge {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.is_number() && !ty.is_decimal())?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let ages = call.floats(0)?;
        result::ints(call.result, call.rows, |row| {
            Ok(match ages.get(row) {
                age if age < 1.0 => 0,
                age if age < 18.0 => 17,
                age if age < 25.0 => 18,
                age if age < 35.0 => 25,
                age if age < 45.0 => 35,
                age if age < 55.0 => 45,
                _ => 55,
            })
        })
    }
}
