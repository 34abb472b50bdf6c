//! Splitting rows into partitions, each sorted by key.

use std::collections::HashMap;

use arrow::array::{Array, ArrayRef, AsArray, UInt32Array};
use arrow::compute::take_record_batch;
use arrow::datatypes::DataType;
use arrow::record_batch::RecordBatch;
use arrow::row::{RowConverter, SortField};
use arrow::util::display::array_value_to_string;

use crate::engine::KeyEvaluator;
use crate::error::StorageError;
use crate::merge::sort_rows;

/// The rows of each partition, sorted by key, with the partition's value as text. Partitions come in order of
/// first appearance.
pub(crate) fn split(
    rows: &RecordBatch,
    keys: &dyn KeyEvaluator,
) -> Result<Vec<(String, RecordBatch)>, StorageError> {
    let Some(partition) = keys.partition(rows)?.filter(|_| rows.num_rows() > 0) else {
        return Ok(vec![(String::new(), sort_rows(rows, keys)?)]);
    };
    let converter = RowConverter::new(vec![SortField::new(partition.data_type().clone())])?;
    let values = converter.convert_columns(std::slice::from_ref(&partition))?;
    let mut places: HashMap<&[u8], usize> = HashMap::new();
    let mut members: Vec<Vec<u32>> = Vec::new();
    for (row, value) in values.iter().enumerate() {
        let place = *places.entry(value.data()).or_insert(members.len());
        match members.get_mut(place) {
            Some(rows) => rows.push(row as u32),
            None => members.push(vec![row as u32]),
        }
    }
    if members.len() == 1 {
        return Ok(vec![(text(&partition, 0)?, sort_rows(rows, keys)?)]);
    }
    let part = |members: Vec<u32>| {
        let first = members.first().copied().unwrap_or_default() as usize;
        let rows = take_record_batch(rows, &UInt32Array::from(members))?;
        Ok((text(&partition, first)?, sort_rows(&rows, keys)?))
    };
    members.into_iter().map(part).collect()
}

/// A partition's value for people.
fn text(partition: &ArrayRef, row: usize) -> Result<String, StorageError> {
    Ok(match partition.data_type() {
        DataType::BinaryView if partition.is_valid(row) => {
            String::from_utf8_lossy(partition.as_binary_view().value(row)).into_owned()
        }
        _ => array_value_to_string(partition, row)?,
    })
}
