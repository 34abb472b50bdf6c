//! `arrayLastIndex`: position of the last element for which a condition is true, or 0.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::condition::Conditions;
use super::element_types;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ArrayLastIndex;

static SPEC: Spec = Spec {
    name: "arrayLastIndex",
    category: "array",
    syntax: "arrayLastIndex(lambda, array, ..)",
    summary: "Position of the last element for which a condition is true, or 0.",
    arguments: &[("lambda", "x -> condition, one parameter per array"), ("array", "Arrays of equal lengths")],
    returns: "UInt32",
    examples: &[Example { sql: "arrayLastIndex(x -> x > 1, [1, 2, 3])", answer: "3" }],
    ..Spec::EMPTY
};

impl Function for ArrayLastIndex {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=usize::MAX)?;
        Ok(ChType::UInt32)
    }

    fn lambda_parameters(&self, args: &Args<'_>) -> Result<Option<Vec<ChType>>> {
        element_types(args, 1).map(Some)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let conditions = Conditions::read(call)?;
        let values: Vec<i64> = conditions
            .ranges()
            .map(|range| {
                range
                    .clone()
                    .rev()
                    .find(|at| conditions.holds(*at))
                    .map_or(0, |at| (at - range.start + 1) as i64)
            })
            .collect();
        result::ints(call.result, call.rows, |row| Ok(values.get(row).copied().unwrap_or(0)))
    }
}
