//! `arrayCount`: number of elements for which a condition is true.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::condition::Conditions;
use super::element_types;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ArrayCount;

static SPEC: Spec = Spec {
    name: "arrayCount",
    category: "array",
    syntax: "arrayCount([lambda, ]array, ..)",
    summary: "Number of elements for which a condition is true.",
    arguments: &[("lambda", "x -> condition, one parameter per array"), ("array", "Arrays of equal lengths")],
    returns: "UInt32",
    examples: &[Example { sql: "arrayCount(x -> x > 1, [1, 2, 3])", answer: "2" }],
    ..Spec::EMPTY
};

impl Function for ArrayCount {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        Ok(ChType::UInt32)
    }

    fn lambda_parameters(&self, args: &Args<'_>) -> Result<Option<Vec<ChType>>> {
        if args.len() < 2 { Ok(None) } else { element_types(args, 1).map(Some) }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let conditions = Conditions::read(call)?;
        let values: Vec<i64> = conditions
            .ranges()
            .map(|range| range.filter(|at| conditions.holds(*at)).count() as i64)
            .collect();
        result::ints(call.result, call.rows, |row| Ok(values.get(row).copied().unwrap_or(0)))
    }
}
