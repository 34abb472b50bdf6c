//! States made of states: taking them apart and putting them together.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryViewArray, BinaryViewBuilder, BooleanArray};
use kinglet_types::{ErrorCode, Result, SqlError};

use super::{Groups, Rows};
use crate::function::result::internal;

/// The states in the only column of `rows`; `None` where there is none.
///
/// # Errors
/// 49 when they are no bytes.
pub(super) fn states<'a>(rows: &Rows<'a>) -> Result<Vec<Option<&'a [u8]>>> {
    let column = rows.columns.first().ok_or_else(|| internal("no states"))?;
    let states = column.as_binary_view_opt().ok_or_else(|| internal("states are bytes"))?;
    Ok((0..states.len()).map(|row| states.is_valid(row).then(|| states.value(row))).collect())
}

/// Merges states into groups, one per state.
///
/// # Errors
/// What `into` refuses.
pub(super) fn merge_into(
    into: &mut dyn Groups,
    states: Vec<Option<&[u8]>>,
    groups: &[usize],
    filter: Option<&BooleanArray>,
    total: usize,
) -> Result<()> {
    let column: ArrayRef = Arc::new(BinaryViewArray::from_iter(states));
    into.merge(&Rows { columns: &[column], groups, filter, total })
}

/// The states with what `tail` appends behind each.
///
/// # Errors
/// 49 when they are no bytes.
pub(super) fn with_tail(states: &ArrayRef, tail: impl Fn(usize, &mut Vec<u8>)) -> Result<ArrayRef> {
    let states = states.as_binary_view_opt().ok_or_else(|| internal("states are bytes"))?;
    let mut builder = BinaryViewBuilder::with_capacity(states.len());
    let mut bytes = Vec::new();
    for row in 0..states.len() {
        bytes.clear();
        bytes.extend_from_slice(states.value(row));
        tail(row, &mut bytes);
        builder.append_value(&bytes);
    }
    Ok(Arc::new(builder.finish()))
}

/// The state at the front of `bytes`, which is cut off.
///
/// # Errors
/// 33 when there is none.
pub(super) fn take_state<'a>(of: &dyn Groups, bytes: &mut &'a [u8]) -> Result<&'a [u8]> {
    let length = of.state_length(bytes)?;
    let (state, rest) = bytes.split_at_checked(length).ok_or_else(ended)?;
    *bytes = rest;
    Ok(state)
}

/// A state that ends too early.
pub(super) fn ended() -> SqlError {
    SqlError::new(ErrorCode::CANNOT_READ_ALL_DATA, "An aggregate state ends too early")
}
