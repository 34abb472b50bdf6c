//! The set bits of whole numbers as arrays.

use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array};
use kinglet_types::Result;

use crate::function::result::int_array;
use crate::function::{Call, result};

/// An array per number of what `value` answers for each of its set bits.
pub(super) fn bits_of(call: &Call<'_>, value: fn(u16) -> i64) -> Result<ArrayRef> {
    let numbers = call.ints(0)?;
    let width = call.ty(0).integer_bits().map_or(64, |(bits, _)| bits);
    let mut elements = Vec::new();
    let mut lengths = Vec::with_capacity(call.rows);
    for row in 0..call.rows {
        let (number, before) = (numbers.get(row) as u64, elements.len());
        elements.extend((0..width).filter(|bit| number >> bit & 1 == 1).map(value));
        lengths.push(elements.len() - before);
    }
    let elements = match call.result.element() {
        Some(ty) => int_array(&ty, elements, None)?,
        None => Arc::new(Int64Array::from(elements)),
    };
    result::lists(call.result, elements, lengths)
}
