//! Key marks: a whole sorting key as bytes that sort as keys do.

use arrow::array::ArrayRef;

use crate::ordered::{self, Order};

/// The key of one row, or `None` if an element's type has no order. Elements are joined so that a lesser key never
/// has greater bytes, nulls first. A string longer than [`ordered::LONGEST`] is cut and ends the mark, so equal
/// marks do not mean equal keys.
pub(crate) fn mark(keys: &[ArrayRef], row: usize) -> Option<Vec<u8>> {
    let mut mark = Vec::new();
    for key in keys {
        let Some(value) = ordered::value(key, row)? else {
            mark.push(0);
            continue;
        };
        mark.push(1);
        if Order::of(key.data_type())? != Order::Bytes {
            mark.extend_from_slice(&value);
            continue;
        }
        let longer = value.len() > ordered::LONGEST;
        escape(&ordered::cut_lower(value), &mut mark);
        if longer {
            // After the string that ends here, before any with a greater start.
            mark.push(0xff);
            break;
        }
        mark.extend_from_slice(&[0, 0]);
    }
    Some(mark)
}

/// Bytes such that an end of two zeros sorts before any continuation.
fn escape(value: &[u8], mark: &mut Vec<u8>) {
    for byte in value {
        mark.push(*byte);
        if *byte == 0 {
            mark.push(0xff);
        }
    }
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
    #[test]
    fn marks_of_long_strings_are_cut_and_never_out_of_order() {
        let start = "a".repeat(ordered::LONGEST);
        let keys = |strings: &[String], numbers: Vec<i64>| -> Vec<ArrayRef> {
            vec![Arc::new(BinaryViewArray::from_iter_values(strings)), Arc::new(Int64Array::from(numbers))]
        };
        let strings = [
            start.clone(),
            start.clone() + "x0",
            start.clone() + "x1",
            start.clone() + "\u{7f}",
            start + "z",
        ];
        let keys = keys(&strings, vec![9, 7, 5, 3, 1]);
        let marks: Vec<_> = (0..5).map(|row| mark(&keys, row).unwrap()).collect();
        assert!(marks[0] < marks[1] && marks[1..].iter().all(|mark| *mark == marks[1]), "{marks:?}");
    }
}
