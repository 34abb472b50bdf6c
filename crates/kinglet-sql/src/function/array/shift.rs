//! Arrays moved and repeated.

use arrow::array::{ArrayRef, UInt32Array};
use arrow::compute::{interleave, take};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::gather::gather;
use crate::ColumnBuilder;
use crate::conversion::{Failure, convert};
use crate::function::result::internal;
use crate::function::{Call, result};

/// Elements moved round by the number in argument 2, to the left after `sign`.
pub(super) fn rotate(call: &Call<'_>, sign: i64) -> Result<ArrayRef> {
    let (lists, counts) = (call.lists(0)?, call.ints(1)?);
    gather(call, &lists, |row, range, out| {
        if !range.is_empty() {
            let length = range.len() as i64;
            let step = (counts.get(row) % length * sign).rem_euclid(length) as usize;
            out.extend(
                (range.start + step..range.end).chain(range.start..range.start + step).map(|at| at as u32),
            );
        }
        Ok(())
    })
}

/// Elements moved by the number in argument 2, to the left after `sign`, free places filled.
pub(super) fn shift(call: &Call<'_>, sign: i64) -> Result<ArrayRef> {
    let (lists, counts) = (call.lists(0)?, call.ints(1)?);
    let element = call.result.element().unwrap_or(ChType::Nothing);
    let (fill, constant) = match call.args.get(2) {
        Some(column) => {
            let fill = convert(&column.array, &column.ty, &element, Failure::Error, call.environment)?;
            (fill, column.constant)
        }
        None => {
            let mut builder = ColumnBuilder::new(&element);
            builder.append_default();
            (builder.finish()?, true)
        }
    };
    let mut picks = Vec::new();
    let mut lengths = Vec::with_capacity(call.rows);
    for row in 0..call.rows {
        let range = lists.range(row);
        lengths.push(range.len());
        let step = counts.get(row).saturating_mul(sign);
        for at in 0..range.len() as i64 {
            let from = at.saturating_add(step);
            picks.push(match usize::try_from(from) {
                Ok(from) if from < range.len() => (0, range.start + from),
                _ => (1, if constant { 0 } else { row }),
            });
        }
    }
    let elements = interleave(&[lists.elements().as_ref(), fill.as_ref()], &picks).map_err(internal)?;
    result::lists(call.result, elements, lengths)
}

/// Most elements made in one batch.
const MOST: usize = 1 << 26;

/// Argument 2 as often as argument 1 says.
pub(super) fn repeated(call: &Call<'_>) -> Result<ArrayRef> {
    let (counts, value) = (call.ints(0)?, call.arg(1)?);
    let mut positions: Vec<u32> = Vec::new();
    let mut lengths = Vec::with_capacity(call.rows);
    for row in 0..call.rows {
        let count = counts.get(row);
        let wrong = || {
            let message = format!("Array size {count} of function {} must be from 0 to {MOST}", call.name);
            SqlError::new(ErrorCode::TOO_LARGE_ARRAY_SIZE, message)
        };
        let count = usize::try_from(count).map_err(|_| wrong())?;
        if positions.len().saturating_add(count) > MOST {
            return Err(wrong());
        }
        positions.extend(std::iter::repeat_n(value.index(row) as u32, count));
        lengths.push(count);
    }
    let elements = take(&value.array, &UInt32Array::from(positions), None).map_err(internal)?;
    result::lists(call.result, elements, lengths)
}
