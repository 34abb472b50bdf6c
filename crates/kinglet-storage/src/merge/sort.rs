//! Sorting rows by key.

use arrow::array::{ArrayRef, UInt32Array};
use arrow::compute::take_record_batch;
use arrow::record_batch::RecordBatch;
use arrow::row::{RowConverter, Rows, SortField};

use crate::engine::KeyEvaluator;
use crate::error::StorageError;

/// A converter of these keys to bytes that sort as they do.
pub(crate) fn converter(keys: &[ArrayRef]) -> Result<RowConverter, StorageError> {
    let fields = keys.iter().map(|key| SortField::new(key.data_type().clone())).collect();
    Ok(RowConverter::new(fields)?)
}

/// The rows in order of key, equal keys in the order they had.
pub(crate) fn sort_rows(rows: &RecordBatch, keys: &dyn KeyEvaluator) -> Result<RecordBatch, StorageError> {
    let columns = keys.sorting_key(rows)?;
    if columns.is_empty() || rows.num_rows() < 2 {
        return Ok(rows.clone());
    }
    match order(&converter(&columns)?.convert_columns(&columns)?) {
        None => Ok(rows.clone()),
        Some(order) => Ok(take_record_batch(rows, &order)?),
    }
}

/// The sorted order, or `None` if the rows are in it.
fn order(rows: &Rows) -> Option<UInt32Array> {
    let sorted = (1..rows.num_rows()).all(|i| rows.row(i - 1) <= rows.row(i));
    if sorted {
        return None;
    }
    let mut order: Vec<u32> = (0..rows.num_rows() as u32).collect();
    order.sort_by(|a, b| rows.row(*a as usize).cmp(&rows.row(*b as usize)));
    Some(order.into())
}
