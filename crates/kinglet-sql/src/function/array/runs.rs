//! Arrays cut, filled and folded from one end to the other.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, UInt32Array};
use arrow::compute::{interleave, take};
use arrow::datatypes::DataType;
use kinglet_types::{ErrorCode, Result, SqlError};

use super::condition::Conditions;
use crate::function::array_map::Zipped;
use crate::function::result::internal;
use crate::function::{Call, result};

/// Elements for which the condition is false, replaced by their neighbour.
pub(super) fn fill(call: &Call<'_>, backwards: bool) -> Result<ArrayRef> {
    let conditions = Conditions::read(call)?;
    let elements = conditions.first().ok_or_else(|| call.illegal_column(1))?;
    let mut positions: Vec<u32> = (0..elements.len() as u32).collect();
    let mut lengths = Vec::with_capacity(call.rows);
    for range in conditions.ranges() {
        lengths.push(range.len());
        let mut step = |at: usize, from: usize| {
            if !conditions.holds(at) {
                positions[at] = positions[from];
            }
        };
        if backwards {
            range.clone().rev().skip(1).for_each(|at| step(at, at + 1));
        } else {
            range.clone().skip(1).for_each(|at| step(at, at - 1));
        }
    }
    let filled = take(elements, &UInt32Array::from(positions), None).map_err(internal)?;
    result::lists(call.result, filled, lengths)
}

/// Arrays cut before (or after) each element for which the condition is true.
pub(super) fn split(call: &Call<'_>, after: bool) -> Result<ArrayRef> {
    let conditions = Conditions::read(call)?;
    let elements = conditions.first().ok_or_else(|| call.illegal_column(1))?;
    let (mut inner, mut outer) = (Vec::new(), Vec::with_capacity(call.rows));
    for range in conditions.ranges() {
        let before = inner.len();
        let mut length = 0;
        for at in range.clone() {
            if !after && conditions.holds(at) && at > range.start {
                inner.push(std::mem::take(&mut length));
            }
            length += 1;
            if after && conditions.holds(at) && at + 1 < range.end {
                inner.push(std::mem::take(&mut length));
            }
        }
        if !range.is_empty() {
            inner.push(length);
        }
        outer.push(inner.len() - before);
    }
    let part = call.result.element().ok_or_else(|| call.illegal_column(1))?;
    let parts = result::lists(&part, elements.clone(), inner)?;
    result::lists(call.result, parts, outer)
}

/// The first or last element for which the condition is true.
pub(super) fn found(call: &Call<'_>, first: bool) -> Result<ArrayRef> {
    let conditions = Conditions::read(call)?;
    let elements = conditions.first().ok_or_else(|| call.illegal_column(1))?;
    let picks: UInt32Array = conditions
        .ranges()
        .map(|mut range| {
            let found = if first {
                range.find(|at| conditions.holds(*at))
            } else {
                range.rev().find(|at| conditions.holds(*at))
            };
            found.map(|at| at as u32)
        })
        .collect();
    take(elements, &picks, None).map_err(internal)
}

/// The runs of as many elements as argument 2 says.
pub(super) fn shingles(call: &Call<'_>) -> Result<ArrayRef> {
    let (lists, lengths) = (call.lists(0)?, call.ints(1)?);
    let (mut positions, mut inner) = (Vec::new(), Vec::new());
    let mut outer = Vec::with_capacity(call.rows);
    for row in 0..call.rows {
        let (range, length) = (lists.range(row), lengths.get(row));
        let wrong = || {
            let message = format!(
                "Shingle length {length} of function {} must be from 1 to the length of the array",
                call.name
            );
            SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
        };
        let length = usize::try_from(length)
            .ok()
            .filter(|length| (1..=range.len()).contains(length))
            .ok_or_else(wrong)?;
        let before = inner.len();
        for start in range.start..=range.end - length {
            positions.extend((start..start + length).map(|at| at as u32));
            inner.push(length);
        }
        outer.push(inner.len() - before);
    }
    let elements = take(lists.elements(), &UInt32Array::from(positions), None).map_err(internal)?;
    let part = call.result.element().ok_or_else(|| call.illegal_column(0))?;
    result::lists(call.result, result::lists(&part, elements, inner)?, outer)
}

/// Rows and columns exchanged.
pub(super) fn transpose(call: &Call<'_>) -> Result<ArrayRef> {
    let lists = call.lists(0)?;
    let rows = lists.elements().as_list_opt::<i32>().ok_or_else(|| call.illegal_column(0))?;
    let offsets = rows.value_offsets();
    let (mut positions, mut inner) = (Vec::new(), Vec::new());
    let mut outer = Vec::with_capacity(call.rows);
    for row in 0..call.rows {
        let range = lists.range(row);
        let width = |at: usize| (offsets[at + 1] - offsets[at]) as usize;
        let columns = if range.is_empty() { 0 } else { width(range.start) };
        if range.clone().any(|at| width(at) != columns) {
            let message =
                format!("Arrays inside the argument of function {} must have equal lengths", call.name);
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
        for column in 0..columns {
            positions.extend(range.clone().map(|at| offsets[at] as u32 + column as u32));
            inner.push(range.len());
        }
        outer.push(columns);
    }
    let elements = take(rows.values(), &UInt32Array::from(positions), None).map_err(internal)?;
    let part = call.result.element().ok_or_else(|| call.illegal_column(0))?;
    result::lists(call.result, result::lists(&part, elements, inner)?, outer)
}

/// A lambda over an accumulator and the elements, step by step for all rows at once.
pub(super) fn accumulate(call: &Call<'_>) -> Result<ArrayRef> {
    let last = call.args.len() - 1;
    let start = call.arg(last)?.expanded(call.rows);
    let arrays = call.args.get(..last).unwrap_or_default();
    let zipped = Zipped::read(&Call { args: arrays, ..*call }, 1)?;
    let lambda = call.lambda(0)?;
    let mut accumulators: ArrayRef = start;
    let length = |row: usize| (zipped.offsets[row + 1] - zipped.offsets[row]) as usize;
    let longest = (0..call.rows).map(length).max().unwrap_or(0);
    for step in 0..longest {
        let active: Vec<u32> = (0..call.rows as u32).filter(|row| length(*row as usize) > step).collect();
        let rows = UInt32Array::from(active.clone());
        let places: UInt32Array =
            active.iter().map(|row| Some(zipped.offsets[*row as usize] as u32 + step as u32)).collect();
        let mut parameters = vec![take(&accumulators, &rows, None).map_err(internal)?];
        for elements in &zipped.elements {
            parameters.push(take(elements, &places, None).map_err(internal)?);
        }
        let next = lambda.evaluate(&rows, &parameters)?;
        let next = if *next.data_type() == DataType::Boolean && accumulators.data_type() != next.data_type() {
            arrow::compute::cast(&next, accumulators.data_type()).map_err(internal)?
        } else {
            next
        };
        if active.len() == call.rows {
            accumulators = next;
            continue;
        }
        let mut picks: Vec<(usize, usize)> = (0..call.rows).map(|row| (0, row)).collect();
        for (at, row) in active.iter().enumerate() {
            picks[*row as usize] = (1, at);
        }
        accumulators = interleave(&[accumulators.as_ref(), next.as_ref()], &picks).map_err(internal)?;
    }
    Ok(Arc::clone(&accumulators))
}
