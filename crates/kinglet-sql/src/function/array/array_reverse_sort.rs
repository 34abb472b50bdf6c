//! `arrayReverseSort`: the elements in descending order.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::element_types;
use super::sort::sorted;
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct ArrayReverseSort;

static SPEC: Spec = Spec {
    name: "arrayReverseSort",
    category: "array",
    syntax: "arrayReverseSort([lambda, ]array, ..)",
    summary: "The elements in descending order.",
    arguments: &[("lambda", "x -> key to sort by"), ("array", "Array")],
    returns: "An array of the same type.",
    examples: &[
        Example { sql: "arrayReverseSort([2, 3, 1])", answer: "[3,2,1]" },
        Example { sql: "arrayReverseSort(x -> -x, [2, 3, 1])", answer: "[1,2,3]" },
    ],
    ..Spec::EMPTY
};

impl Function for ArrayReverseSort {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        let array = usize::from(args.len() > 1);
        args.expect(array, |ty| matches!(ty, ChType::Array(_))).cloned()
    }

    fn lambda_parameters(&self, args: &Args<'_>) -> Result<Option<Vec<ChType>>> {
        if args.len() < 2 { Ok(None) } else { element_types(args, 1).map(Some) }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        sorted(call, true)
    }
}
