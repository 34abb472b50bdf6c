//! `arrayReverse`: the elements in reverse.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::gather::gather;
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct ArrayReverse;

static SPEC: Spec = Spec {
    name: "arrayReverse",
    category: "array",
    syntax: "arrayReverse(array)",
    summary: "The elements in reverse.",
    arguments: &[("array", "Array")],
    returns: "An array of the same type.",
    examples: &[Example { sql: "arrayReverse([1, 2, 3])", answer: "[3,2,1]" }],
    ..Spec::EMPTY
};

impl Function for ArrayReverse {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| matches!(ty, ChType::Array(_))).cloned()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let lists = call.lists(0)?;
        gather(call, &lists, |_, range, out| {
            out.extend(range.rev().map(|at| at as u32));
            Ok(())
        })
    }
}
