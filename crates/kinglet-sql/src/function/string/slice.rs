//! Which part of a text an offset and a length name.

use std::ops::Range;

/// The range that ClickHouse's offset (from 1, negative from the end) and length (negative: up to that
/// many before the end) name in something of `len` elements.
pub(in crate::function) fn slice_range(len: usize, offset: i64, length: Option<i64>) -> Range<usize> {
    let total = len as i128;
    let offset = i128::from(offset);
    if offset == 0 {
        return 0..0;
    }
    let start = if offset > 0 { offset - 1 } else { total + offset };
    let end = match length.map(i128::from) {
        None => total,
        Some(length) if length >= 0 => start + length,
        Some(length) => total + length,
    };
    let start = start.clamp(0, total);
    let end = end.clamp(start, total);
    start as usize..end as usize
}

/// How many of `len` bytes `left` and `right` keep.
pub(super) fn kept(len: usize, count: i64) -> usize {
    match usize::try_from(count) {
        Ok(count) => count.min(len),
        Err(_) => len.saturating_sub(usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_and_lengths_as_clickhouse_reads_them() {
        assert_eq!(slice_range(8, 5, Some(3)), 4..7);
        assert_eq!(slice_range(8, -4, None), 4..8);
        assert_eq!(slice_range(8, -10, Some(4)), 0..2);
        assert_eq!(slice_range(8, 2, Some(-2)), 1..6);
        assert_eq!(slice_range(8, 0, Some(3)), 0..0);
        assert_eq!(slice_range(8, 20, None), 8..8);
        assert_eq!((kept(8, 3), kept(8, -3), kept(8, 99), kept(8, i64::MIN)), (3, 5, 8, 0));
    }
}
