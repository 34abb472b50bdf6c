//! Key marks: a whole sorting key as bytes that sort as keys do.

use arrow::array::ArrayRef;

use crate::ordered::{self, Order};

/// The key of one row, or `None` if an element's type has no order. Elements are joined so that the bytes of a key
/// sort as the key does, nulls first; strings are cut, so equal marks do not mean equal keys.
pub(crate) fn mark(keys: &[ArrayRef], row: usize) -> Option<Vec<u8>> {
    let mut mark = Vec::new();
    for key in keys {
        let Some(value) = ordered::value(key, row)? else {
            mark.push(0);
            continue;
        };
        mark.push(1);
        match Order::of(key.data_type())? {
            Order::Bytes => escape(&ordered::cut_lower(value), &mut mark),
            _ => mark.extend_from_slice(&value),
        }
    }
    Some(mark)
}

/// Bytes with an end that sorts before any continuation.
fn escape(value: &[u8], mark: &mut Vec<u8>) {
    for byte in value {
        mark.push(*byte);
        if *byte == 0 {
            mark.push(0xff);
        }
    }
    mark.extend_from_slice(&[0, 0]);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{BinaryViewArray, Int64Array};

    use super::*;

    #[test]
    fn marks_sort_as_keys_do() {
        let first: ArrayRef = Arc::new(BinaryViewArray::from(vec![
            None,
            Some(&b""[..]),
            Some(b"\0"),
            Some(b"\0"),
            Some(b"a"),
            Some(b"a"),
        ]));
        let second: ArrayRef =
            Arc::new(Int64Array::from(vec![Some(5), Some(4), Some(-1), Some(3), None, Some(i64::MIN)]));
        let keys = [first, second];
        let marks: Vec<_> = (0..6).map(|row| mark(&keys, row).unwrap()).collect();
        assert!(marks.is_sorted_by(|a, b| a < b), "{marks:?}");
    }
}
