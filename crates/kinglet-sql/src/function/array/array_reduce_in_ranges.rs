//! `arrayReduceInRanges`: the aggregate over parts of the arrays, each given by start, from 1, and length.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayReduceInRanges;

static SPEC: Spec = Spec {
    name: "arrayReduceInRanges",
    category: "array",
    syntax: "arrayReduceInRanges(aggregate, ranges, array, ..)",
    summary: "The aggregate over parts of the arrays, each given by start, from 1, and length.",
    arguments: &[
        ("aggregate", "String, constant"),
        ("ranges", "Array of tuples of start and length"),
        ("array", "Arrays of equal lengths"),
    ],
    returns: "Array of the aggregate's type",
    examples: &[Example {
        sql: "arrayReduceInRanges('sum', [(1, 2), (2, 3)], [1, 2, 3, 4])",
        answer: "[3,9]",
    }],
    ..Spec::EMPTY
};

impl Function for ArrayReduceInRanges {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(3..=usize::MAX)?;
        super::array_reduce::ranges_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::array_reduce::in_ranges(call)
    }
}
