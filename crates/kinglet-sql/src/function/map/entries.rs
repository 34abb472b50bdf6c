//! The keys or the values of maps as arrays.

use arrow::array::{ArrayRef, AsArray, UInt32Array};
use arrow::compute::take;
use kinglet_types::Result;

use crate::function::{Call, result};

/// The keys (`place` 0) or values (1) of the maps in argument 1.
pub(super) fn entries(call: &Call<'_>, place: usize) -> Result<ArrayRef> {
    let column = call.arg(0)?;
    let map = column.array.as_map_opt().ok_or_else(|| call.illegal_column(0))?;
    let offsets = map.value_offsets();
    let ranges = (0..call.rows).map(|row| {
        let at = column.index(row);
        match (offsets.get(at), offsets.get(at + 1)) {
            (Some(start), Some(end)) => *start as u32..*end as u32,
            _ => 0..0,
        }
    });
    let ranges: Vec<_> = ranges.collect();
    let positions: UInt32Array = ranges.iter().cloned().flatten().map(Some).collect();
    let elements = take(map.entries().column(place), &positions, None).map_err(result::internal)?;
    result::lists(call.result, elements, ranges.iter().map(ExactSizeIterator::len).collect::<Vec<_>>())
}
