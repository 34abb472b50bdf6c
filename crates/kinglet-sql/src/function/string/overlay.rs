//! A part of a text replaced by another.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::characters::characters;
use crate::function::{Args, Call, result};

/// Checks text, replacement, offset and length.
pub(super) fn overlay_type(args: &Args<'_>) -> Result<ChType> {
    args.expect_count(3..=4)?;
    args.expect(0, ChType::is_text)?;
    args.expect(1, ChType::is_text)?;
    for at in 2..args.len() {
        args.expect(at, ChType::is_integer)?;
    }
    Ok(ChType::String)
}

/// Replaces pieces of the text, which are bytes or characters.
pub(super) fn overlay(call: &Call<'_>, bytes: bool) -> Result<ArrayRef> {
    let (text, with, offset) = (call.bytes(0)?, call.bytes(1)?, call.ints(2)?);
    let length = if call.args.len() > 3 { Some(call.ints(3)?) } else { None };
    result::texts(call.rows, |row, out| {
        let pieces = |text: &'_ [u8]| -> usize { if bytes { text.len() } else { characters(text).count() } };
        let (text, with) = (text.get(row), with.get(row));
        let total = pieces(text);
        let start = match offset.get(row) {
            0 => 0,
            from @ 1.. => usize::try_from(from - 1).unwrap_or(usize::MAX).min(total),
            from => total.saturating_sub(usize::try_from(from.unsigned_abs()).unwrap_or(usize::MAX)),
        };
        let replaced = length.as_ref().map_or(-1, |length| length.get(row));
        let replaced = usize::try_from(replaced).unwrap_or_else(|_| pieces(with));
        let end = start.saturating_add(replaced).min(total);
        if bytes {
            out.extend_from_slice(&text[..start]);
            out.extend_from_slice(with);
            out.extend_from_slice(&text[end..]);
        } else {
            characters(text).take(start).for_each(|part| out.extend_from_slice(part));
            out.extend_from_slice(with);
            characters(text).skip(end).for_each(|part| out.extend_from_slice(part));
        }
        Ok(())
    })
}
