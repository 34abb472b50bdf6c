//! `arrayFlatten`: nested arrays as one.

use arrow::array::{ArrayRef, AsArray, UInt32Array};
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::compute::take;

pub(in crate::function) struct ArrayFlatten;

static SPEC: Spec = Spec {
    name: "arrayFlatten",
    aliases: &["flatten"],
    category: "array",
    syntax: "arrayFlatten(array)",
    summary: "The elements of all arrays inside the array, of any depth.",
    arguments: &[("array", "Array of arrays")],
    returns: "Array of the innermost type.",
    examples: &[Example { sql: "arrayFlatten([[1, 2], [3]])", answer: "[1,2,3]" }],
    ..Spec::EMPTY
};

impl Function for ArrayFlatten {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        let mut ty = args.expect(0, |ty| matches!(ty, ChType::Array(_)))?.clone();
        while let Some(inner @ ChType::Array(_)) = ty.element() {
            ty = inner;
        }
        Ok(ty)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let lists = call.lists(0)?;
        let mut elements = lists.elements().clone();
        let mut ranges: Vec<_> = (0..call.rows).map(|row| lists.range(row)).collect();
        while let Some(inner) = elements.clone().as_list_opt::<i32>() {
            let offsets = inner.value_offsets();
            let offset = |at: usize| offsets.get(at).map_or(0, |offset| *offset as usize);
            for range in &mut ranges {
                *range = offset(range.start)..offset(range.end);
            }
            elements = inner.values().clone();
        }
        let positions: UInt32Array = ranges.iter().cloned().flatten().map(|at| Some(at as u32)).collect();
        let elements = take(&elements, &positions, None).map_err(result::internal)?;
        result::lists(call.result, elements, ranges.iter().map(ExactSizeIterator::len).collect::<Vec<_>>())
    }
}
