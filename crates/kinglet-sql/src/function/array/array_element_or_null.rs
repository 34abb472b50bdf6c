//! `arrayElementOrNull`: the element at a position from 1, from the end when it is negative; NULL where there is none.

use crate::function::result::internal;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ArrayElementOrNull;

static SPEC: Spec = Spec {
    name: "arrayElementOrNull",
    category: "array",
    syntax: "arrayElementOrNull(array, n)",
    summary: "The element at a position from 1, from the end when it is negative; NULL where there is none.",
    arguments: &[("array", "Array"), ("n", "Integer")],
    returns: "Nullable of the element's type",
    examples: &[Example { sql: "arrayElementOrNull([1, 2], 3)", answer: "\\N" }],
    ..Spec::EMPTY
};

impl Function for ArrayElementOrNull {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        {
            args.expect(1, ChType::is_integer)?;
            args.ty(0).element().map(ChType::nullable).ok_or_else(|| args.illegal(0))
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (lists, places) = (call.lists(0)?, call.ints(1)?);
        let picks: arrow::array::UInt32Array = (0..call.rows)
            .map(|row| {
                let (range, place) = (lists.range(row), places.get(row));
                let distance = usize::try_from(place.unsigned_abs()).ok()?;
                let at =
                    if place > 0 { distance.checked_sub(1)? } else { range.len().checked_sub(distance)? };
                (at < range.len()).then(|| (range.start + at) as u32)
            })
            .collect();
        arrow::compute::take(lists.elements(), &picks, None).map_err(internal)
    }
}
