//! Positions of a text in another.

use arrow::array::ArrayRef;
use kinglet_types::Result;
use memchr::memmem;

use crate::function::string::characters;
use crate::function::{Call, result};

/// Position from 1 of the first occurrence at or after position `start` (from 1; 0 is the beginning), or 0.
pub(super) fn find_from(text: &[u8], needle: &[u8], start: i64) -> i64 {
    let skipped = usize::try_from(start.max(1) - 1).unwrap_or(usize::MAX);
    let Some(rest) = text.get(skipped..) else { return 0 };
    memmem::find(rest, needle).map_or(0, |at| (skipped + at + 1) as i64)
}

/// Positions in characters of argument 2 in argument 1, from 1; with `any_case` letters in any case.
pub(super) fn find_characters(call: &Call<'_>, any_case: bool) -> Result<ArrayRef> {
    let (texts, needles) = (call.bytes(0)?, call.bytes(1)?);
    let start = if call.args.len() > 2 { Some(call.ints(2)?) } else { None };
    result::ints(call.result, call.rows, |row| {
        let fold = |text: &[u8]| if any_case { characters::lower(text) } else { text.to_vec() };
        let (text, needle) = (fold(texts.get(row)), fold(needles.get(row)));
        let skipped = start.as_ref().map_or(0, |start| start.get(row).max(1) - 1);
        let skipped = usize::try_from(skipped).unwrap_or(usize::MAX);
        let total = characters::count(&text);
        if skipped > total {
            return Ok(0);
        }
        let from: usize = characters::characters(&text).take(skipped).map(<[u8]>::len).sum();
        let found = memmem::find(&text[from..], &needle);
        Ok(found.map_or(0, |at| (skipped + characters::count(&text[from..from + at]) + 1) as i64))
    })
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
