//! `arrayPopBack`: the elements without the last one.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::gather::gather;
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct ArrayPopBack;

static SPEC: Spec = Spec {
    name: "arrayPopBack",
    category: "array",
    syntax: "arrayPopBack(array)",
    summary: "The elements without the last one.",
    arguments: &[("array", "Array")],
    returns: "An array of the same type.",
    examples: &[Example { sql: "arrayPopBack([1, 2, 3])", answer: "[1,2]" }],
    ..Spec::EMPTY
};

impl Function for ArrayPopBack {
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
            out.extend((range.start..range.end.saturating_sub(1).max(range.start)).map(|at| at as u32));
            Ok(())
        })
    }
}
