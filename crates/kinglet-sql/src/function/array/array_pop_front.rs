//! `arrayPopFront`: the elements without the first one.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::gather::gather;
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct ArrayPopFront;

static SPEC: Spec = Spec {
    name: "arrayPopFront",
    category: "array",
    syntax: "arrayPopFront(array)",
    summary: "The elements without the first one.",
    arguments: &[("array", "Array")],
    returns: "An array of the same type.",
    examples: &[Example { sql: "arrayPopFront([1, 2, 3])", answer: "[2,3]" }],
    ..Spec::EMPTY
};

impl Function for ArrayPopFront {
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
            out.extend(range.skip(1).map(|at| at as u32));
            Ok(())
        })
    }
}
