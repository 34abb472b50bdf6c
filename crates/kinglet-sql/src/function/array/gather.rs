//! Arrays made of elements of other arrays, by their positions.

use std::ops::Range;

use arrow::array::{ArrayRef, UInt32Array};
use arrow::compute::SortOptions;
use arrow::compute::take;
use arrow::row::{RowConverter, Rows, SortField};
use kinglet_types::Result;

use crate::function::result::internal;
use crate::function::{Call, Lists, result};

/// An array per row: `pick` is given where the row's elements lie and appends the positions it wants.
pub(crate) fn gather(
    call: &Call<'_>,
    lists: &Lists<'_>,
    mut pick: impl FnMut(usize, Range<usize>, &mut Vec<u32>) -> Result<()>,
) -> Result<ArrayRef> {
    let mut positions = Vec::new();
    let mut lengths = Vec::with_capacity(call.rows);
    for row in 0..call.rows {
        let before = positions.len();
        pick(row, lists.range(row), &mut positions)?;
        lengths.push(positions.len() - before);
    }
    let elements = take(lists.elements(), &UInt32Array::from(positions), None).map_err(internal)?;
    result::lists(call.result, elements, lengths)
}

/// Elements in a form whose bytes compare as the values do, NULLs last.
pub(crate) fn comparable(elements: &ArrayRef, descending: bool) -> Result<Rows> {
    let options = SortOptions { descending, nulls_first: false };
    let field = SortField::new_with_options(elements.data_type().clone(), options);
    let converter = RowConverter::new(vec![field]).map_err(internal)?;
    converter.convert_columns(std::slice::from_ref(elements)).map_err(internal)
}
