//! `arrayDistinct`: the different elements, each once.

use arrow::array::{Array, ArrayRef};
use kinglet_types::{ChType, Result};

use std::collections::HashSet;

use super::gather::{comparable, gather};
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct ArrayDistinct;

static SPEC: Spec = Spec {
    name: "arrayDistinct",
    category: "array",
    syntax: "arrayDistinct(array)",
    summary: "The different elements, each once.",
    arguments: &[("array", "Array")],
    returns: "An array of the same type.",
    examples: &[Example { sql: "arrayDistinct([1, 2, 1, 3])", answer: "[1,2,3]" }],
    ..Spec::EMPTY
};

impl Function for ArrayDistinct {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| matches!(ty, ChType::Array(_)))?;
        let element = args.ty(0).element().unwrap_or(ChType::Nothing);
        // NULLs are left out.
        Ok(ChType::array(match element {
            ChType::Nullable(inner) if *inner != ChType::Nothing => inner.as_ref().clone(),
            other => other,
        }))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let lists = call.lists(0)?;
        let rows = comparable(lists.elements(), false)?;
        gather(call, &lists, |_, range, out| {
            let mut known = HashSet::new();
            out.extend(
                range
                    .filter(|at| lists.elements().is_valid(*at) && known.insert(rows.row(*at)))
                    .map(|at| at as u32),
            );
            Ok(())
        })
    }
}
