//! `arrayRemove`: the elements that are not a value.

use crate::function::{Args, Call, Example, Function, Nulls, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayRemove;

static SPEC: Spec = Spec {
    name: "arrayRemove",
    aliases: &["array_remove"],
    category: "array",
    syntax: "arrayRemove(array, value)",
    summary: "The elements that are not a value.",
    arguments: &[("array", "Array"), ("value", "Any type")],
    returns: "The array's type",
    examples: &[Example { sql: "arrayRemove([1, 2, 1, 3], 1)", answer: "[2,3]" }],
    ..Spec::EMPTY
};

impl Function for ArrayRemove {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, |ty| matches!(ty, ChType::Array(_))).cloned()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let lists = call.lists(0)?;
        let same = super::same::Same::read(call, &lists)?;
        super::gather::gather(call, &lists, |row, range, out| {
            out.extend(range.filter(|at| !same.equal(*at, row)).map(|at| at as u32));
            Ok(())
        })
    }
}
