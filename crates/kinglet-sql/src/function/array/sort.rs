//! Arrays sorted by their elements, or by what a lambda answers for them.

use arrow::array::{ArrayRef, UInt32Array};
use arrow::compute::take;
use kinglet_types::Result;

use super::gather::comparable;
use crate::function::array_map::Zipped;
use crate::function::result::internal;
use crate::function::{Call, Lambda, result};

/// The first array sorted, equal keys in their order.
pub(super) fn sorted(call: &Call<'_>, descending: bool) -> Result<ArrayRef> {
    let first = usize::from(call.is_lambda(0));
    let zipped = Zipped::read(call, first)?;
    let elements = zipped.elements.first().ok_or_else(|| call.illegal_column(first))?;
    let keys = if first == 1 {
        call.lambda(0)?.evaluate(&Lambda::rows_of(&zipped.offsets), &zipped.elements)?
    } else {
        elements.clone()
    };
    let keys = comparable(&keys, descending)?;
    let mut positions: Vec<u32> = (0..elements.len() as u32).collect();
    for pair in zipped.offsets.windows(2) {
        if let Some(part) = positions.get_mut(pair[0] as usize..pair[1] as usize) {
            part.sort_by(|a, b| keys.row(*a as usize).cmp(&keys.row(*b as usize)));
        }
    }
    let elements = take(elements, &UInt32Array::from(positions), None).map_err(internal)?;
    result::lists_like(call.result, elements, &zipped.offsets)
}
