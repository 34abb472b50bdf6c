//! Positions of a text in another.

use memchr::memmem;

/// Position from 1 of the first occurrence at or after position `start` (from 1; 0 is the beginning), or 0.
pub(super) fn find_from(text: &[u8], needle: &[u8], start: i64) -> i64 {
    let skipped = usize::try_from(start.max(1) - 1).unwrap_or(usize::MAX);
    let Some(rest) = text.get(skipped..) else { return 0 };
    memmem::find(rest, needle).map_or(0, |at| (skipped + at + 1) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_from_one() {
        assert_eq!(find_from(b"abcab", b"ab", 0), 1);
        assert_eq!(find_from(b"abcab", b"ab", 2), 4);
        assert_eq!(find_from(b"abcab", b"x", 0), 0);
        assert_eq!(find_from(b"abc", b"a", 9), 0);
    }
}
