//! `arrayAll`: whether a condition is true for every element.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::condition::Conditions;
use super::element_types;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ArrayAll;

static SPEC: Spec = Spec {
    name: "arrayAll",
    category: "array",
    syntax: "arrayAll([lambda, ]array, ..)",
    summary: "Whether a condition is true for every element.",
    arguments: &[("lambda", "x -> condition, one parameter per array"), ("array", "Arrays of equal lengths")],
    returns: "UInt8",
    examples: &[Example { sql: "arrayAll(x -> x > 0, [1, 2, 3])", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for ArrayAll {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        Ok(ChType::UInt8)
    }

    fn lambda_parameters(&self, args: &Args<'_>) -> Result<Option<Vec<ChType>>> {
        if args.len() < 2 { Ok(None) } else { element_types(args, 1).map(Some) }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let conditions = Conditions::read(call)?;
        let values: Vec<i64> = conditions
            .ranges()
            .map(|range| i64::from(range.into_iter().all(|at| conditions.holds(at))))
            .collect();
        result::ints(call.result, call.rows, |row| Ok(values.get(row).copied().unwrap_or(0)))
    }
}
