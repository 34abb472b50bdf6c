//! `indexOf`: position of an element, or 0.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::same::Same;
use crate::function::{Args, Call, Example, Function, Nulls, Spec, result};

pub(in crate::function) struct IndexOf;

static SPEC: Spec = Spec {
    name: "indexOf",
    category: "array",
    syntax: "indexOf(array, value)",
    summary: "Position of an element, or 0.",
    arguments: &[("array", "Array"), ("value", "a value of the elements' type")],
    returns: "UInt64",
    examples: &[Example { sql: "indexOf([1, 2, 3], 2)", answer: "2" }],
    ..Spec::EMPTY
};

impl Function for IndexOf {
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
            Ok(range.clone().find(|at| same.equal(*at, row)).map_or(0, |at| (at - range.start + 1) as i64))
        })
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
}
