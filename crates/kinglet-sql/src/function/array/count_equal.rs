//! `countEqual`: number of elements equal to a value.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::same::Same;
use crate::function::{Args, Call, Example, Function, Nulls, Spec, result};

pub(in crate::function) struct CountEqual;

static SPEC: Spec = Spec {
    name: "countEqual",
    category: "array",
    syntax: "countEqual(array, value)",
    summary: "Number of elements equal to a value.",
    arguments: &[("array", "Array"), ("value", "a value of the elements' type")],
    returns: "UInt64",
    examples: &[Example { sql: "countEqual([1, 2, 1], 1)", answer: "2" }],
    ..Spec::EMPTY
};

impl Function for CountEqual {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn takes_tagged(&self) -> bool {
        true
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.ty(0).element().ok_or_else(|| args.illegal(0))?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let lists = call.lists(0)?;
        let same = Same::read(call, &lists)?;
        result::ints(call.result, call.rows, |row| {
            let range = lists.range(row);
            Ok(range.filter(|at| same.equal(*at, row)).count() as i64)
        })
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
}
