//! `arrayFilter`: the elements for which a condition is true.

use arrow::array::{ArrayRef, UInt32Array};
use kinglet_types::{ChType, Result};

use super::condition::Conditions;
use super::element_types;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::compute::take;

pub(in crate::function) struct ArrayFilter;

static SPEC: Spec = Spec {
    name: "arrayFilter",
    category: "array",
    syntax: "arrayFilter(lambda, array, ..)",
    summary: "The elements for which a condition is true.",
    arguments: &[("lambda", "x -> condition, one parameter per array"), ("array", "Arrays of equal lengths")],
    returns: "An array of the type of the first array.",
    examples: &[Example { sql: "arrayFilter(x -> x > 1, [1, 2, 3])", answer: "[2,3]" }],
    ..Spec::EMPTY
};

impl Function for ArrayFilter {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=usize::MAX)?;
        Ok(args.ty(1).clone())
    }

    fn lambda_parameters(&self, args: &Args<'_>) -> Result<Option<Vec<ChType>>> {
        element_types(args, 1).map(Some)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let conditions = Conditions::read(call)?;
        let mut positions = Vec::new();
        let mut lengths = Vec::with_capacity(call.rows);
        for range in conditions.ranges() {
            let before = positions.len();
            positions.extend(range.filter(|at| conditions.holds(*at)).map(|at| at as u32));
            lengths.push(positions.len() - before);
        }
        let elements = conditions.first().ok_or_else(|| call.illegal_column(1))?;
        let elements = take(elements, &UInt32Array::from(positions), None).map_err(result::internal)?;
        result::lists(call.result, elements, lengths)
    }
}
