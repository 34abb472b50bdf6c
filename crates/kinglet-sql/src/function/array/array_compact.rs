//! `arrayCompact`: the elements without those equal to the one before.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::gather::{comparable, gather};
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct ArrayCompact;

static SPEC: Spec = Spec {
    name: "arrayCompact",
    category: "array",
    syntax: "arrayCompact(array)",
    summary: "The elements without those equal to the one before.",
    arguments: &[("array", "Array")],
    returns: "An array of the same type.",
    examples: &[Example { sql: "arrayCompact([1, 1, 2, 1])", answer: "[1,2,1]" }],
    ..Spec::EMPTY
};

impl Function for ArrayCompact {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| matches!(ty, ChType::Array(_))).cloned()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let lists = call.lists(0)?;
        let rows = comparable(lists.elements(), false)?;
        gather(call, &lists, |_, range, out| {
            let first = range.start;
            out.extend(
                range.filter(|at| *at == first || rows.row(*at) != rows.row(*at - 1)).map(|at| at as u32),
            );
            Ok(())
        })
    }
}
