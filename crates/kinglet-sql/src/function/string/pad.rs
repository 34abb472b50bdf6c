//! Texts filled up to a number of characters.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::characters::characters;
use crate::function::{Args, Call, result};

/// Checks text, length and fill.
pub(super) fn pad_type(args: &Args<'_>) -> Result<ChType> {
    args.expect_count(2..=3)?;
    args.expect(0, ChType::is_text)?;
    args.expect(1, ChType::is_integer)?;
    if args.len() > 2 {
        args.expect(2, ChType::is_text)?;
    }
    Ok(ChType::String)
}

/// Fills up with whole characters on the left or on the right.
pub(super) fn pad(call: &Call<'_>, left: bool) -> Result<ArrayRef> {
    let (text, length) = (call.bytes(0)?, call.ints(1)?);
    let fill = if call.args.len() > 2 { call.bytes(2)?.get(0).to_vec() } else { Vec::new() };
    let fill: Vec<&[u8]> = if fill.is_empty() { vec![b" "] } else { characters(&fill).collect() };
    result::texts(call.rows, |row, out| {
        let length = length.get(row);
        let length = usize::try_from(length).ok().filter(|length| *length <= 1 << 24).ok_or_else(|| {
            let message = format!("Too large padded string size {length} of function {}", call.name);
            SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
        })?;
        let text = text.get(row);
        let total = characters(text).count();
        let filling = || fill.iter().cycle().take(length.saturating_sub(total));
        if left {
            filling().for_each(|part| out.extend_from_slice(part));
        }
        characters(text).take(length).for_each(|part| out.extend_from_slice(part));
        if !left {
            filling().for_each(|part| out.extend_from_slice(part));
        }
        Ok(())
    })
}
