//! Sorting rows by key.

use arrow::array::{ArrayRef, UInt32Array, new_null_array};
use arrow::compute::take_record_batch;
use arrow::datatypes::DataType;
use arrow::record_batch::RecordBatch;
use arrow::row::{RowConverter, Rows, SortField};

use crate::engine::KeyEvaluator;
use crate::error::StorageError;

/// The keys of rows; one that is the same for all if there is no sorting key.
pub(crate) fn keys_or_same(
    rows: &RecordBatch,
    keys: &dyn KeyEvaluator,
) -> Result<Vec<ArrayRef>, StorageError> {
    let columns = keys.sorting_key(rows)?;
    if columns.is_empty() {
        return Ok(vec![new_null_array(&DataType::Boolean, rows.num_rows())]);
    }
    Ok(columns)
}

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
    let shared = shared_prefix(rows);
    let row = |row: u32| rows.row(row as usize);
    let mut order: Vec<(u128, u32)> =
        (0..rows.num_rows() as u32).map(|i| (head(row(i).data(), shared), i)).collect();
    // Most comparisons end at the heads, which lie side by side; the keys themselves are all over the memory.
    order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| row(a.1).cmp(&row(b.1))).then(a.1.cmp(&b.1)));
    Some(order.into_iter().map(|(_, row)| row).collect())
}

/// Bytes that all keys start with.
fn shared_prefix(rows: &Rows) -> usize {
    let first = rows.row(0);
    let mut shared = first.data().len();
    for row in rows.iter().skip(1) {
        let same = first.data().iter().zip(row.data()).take(shared).take_while(|(a, b)| a == b);
        shared = same.count();
    }
    shared
}

/// The next 16 bytes of a key as a number that sorts as they do.
fn head(key: &[u8], from: usize) -> u128 {
    let mut head = [0; 16];
    let rest = key.get(from..).unwrap_or_default();
    head.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
    u128::from_be_bytes(head)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{BinaryViewArray, Int64Array};

    use super::*;
    use crate::random::SeededRandom;

    #[test]
    fn rows_sort_by_key_and_equal_keys_keep_their_order() {
        let random = SeededRandom::new(5);
        let strings: Vec<Vec<u8>> = (0..5000)
            .map(|_| {
                let mut text = b"the same start for all".to_vec();
                text.extend((0..random.below(30)).map(|_| random.below(2) as u8));
                text
            })
            .collect();
        let numbers: Vec<i64> = (0..5000).map(|_| random.below(3) as i64).collect();
        let columns: Vec<ArrayRef> = vec![
            Arc::new(BinaryViewArray::from_iter_values(&strings)),
            Arc::new(Int64Array::from(numbers.clone())),
        ];
        let order = order(&converter(&columns).unwrap().convert_columns(&columns).unwrap()).unwrap();
        let mut expected: Vec<u32> = (0..5000).collect();
        expected.sort_by_key(|row| (&strings[*row as usize], numbers[*row as usize]));
        assert_eq!(order.values().to_vec(), expected);
    }
}
