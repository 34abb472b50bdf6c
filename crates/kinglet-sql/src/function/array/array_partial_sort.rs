//! `arrayPartialSort`: the elements in ascending order; here all of them, where ClickHouse sorts as many as the limit says.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayPartialSort;

static SPEC: Spec = Spec {
    name: "arrayPartialSort",
    category: "array",
    syntax: "arrayPartialSort([lambda, ]limit, array, ..)",
    summary: "The elements in ascending order; here all of them, where ClickHouse sorts as many as the limit says.",
    arguments: &[("lambda", "x -> key to sort by"), ("limit", "Integer"), ("array", "Array")],
    returns: "The array's type",
    examples: &[Example { sql: "length(arrayPartialSort(2, [5, 9, 1, 3]))", answer: "4" }],
    ..Spec::EMPTY
};

impl Function for ArrayPartialSort {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=usize::MAX)?;
        {
            let at = if args.list.first().is_some_and(|arg| arg.is_lambda) { 2 } else { 1 };
            args.expect(at, |ty| matches!(ty, ChType::Array(_))).cloned()
        }
    }

    fn lambda_parameters(&self, args: &Args<'_>) -> Result<Option<Vec<ChType>>> {
        if args.len() < 3 { Ok(None) } else { super::element_types(args, 2).map(Some) }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::sort::partially_sorted(call, false)
    }
}
