//! `arrayFirst`: the first element for which a condition is true, or the default.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::condition::Conditions;
use super::element_types;
use crate::ColumnBuilder;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::compute::interleave;

pub(in crate::function) struct ArrayFirst;

static SPEC: Spec = Spec {
    name: "arrayFirst",
    category: "array",
    syntax: "arrayFirst(lambda, array, ..)",
    summary: "The first element for which a condition is true, or the default.",
    arguments: &[("lambda", "x -> condition, one parameter per array"), ("array", "Arrays of equal lengths")],
    returns: "The type of the elements.",
    examples: &[Example { sql: "arrayFirst(x -> x > 1, [1, 2, 3])", answer: "2" }],
    ..Spec::EMPTY
};

impl Function for ArrayFirst {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=usize::MAX)?;
        args.ty(1).element().ok_or_else(|| args.illegal(1))
    }

    fn lambda_parameters(&self, args: &Args<'_>) -> Result<Option<Vec<ChType>>> {
        element_types(args, 1).map(Some)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let conditions = Conditions::read(call)?;
        let elements = conditions.first().ok_or_else(|| call.illegal_column(1))?;
        let mut builder = ColumnBuilder::new(call.result);
        builder.append_default();
        let default = builder.finish()?;
        let picks: Vec<(usize, usize)> = conditions
            .ranges()
            .map(|mut range| range.find(|at| conditions.holds(*at)).map_or((1, 0), |at| (0, at)))
            .collect();
        interleave(&[elements.as_ref(), default.as_ref()], &picks).map_err(result::internal)
    }
}
