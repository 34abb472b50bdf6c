//! `replicate`: the value as often as the array has elements.

use crate::function::result::internal;
use crate::function::{Args, Call, Example, Function, Nulls, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct Replicate;

static SPEC: Spec = Spec {
    name: "replicate",
    category: "array",
    syntax: "replicate(value, array)",
    summary: "The value as often as the array has elements.",
    arguments: &[("value", "Any type"), ("array", "Array")],
    returns: "Array",
    examples: &[Example { sql: "replicate(1, ['a', 'b', 'c'])", answer: "[1,1,1]" }],
    ..Spec::EMPTY
};

impl Function for Replicate {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
    fn takes_tagged(&self) -> bool {
        true
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=usize::MAX)?;
        {
            args.expect(1, |ty| ty.element().is_some())?;
            Ok(ChType::array(args.ty(0).clone()))
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (value, lists) = (call.arg(0)?, call.lists(1)?);
        let positions: arrow::array::UInt32Array = (0..call.rows)
            .flat_map(|row| std::iter::repeat_n(value.index(row) as u32, lists.len(row)))
            .map(Some)
            .collect();
        let elements = arrow::compute::take(&value.array, &positions, None).map_err(internal)?;
        result::lists(call.result, elements, (0..call.rows).map(|row| lists.len(row)).collect::<Vec<_>>())
    }
}
