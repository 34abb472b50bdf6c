//! What the random texts share: their type, and the bound on their length.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::stream::Stream;
use crate::function::{Args, Call, result};

/// Bytes or characters of the longest random text.
const LONGEST: usize = 1 << 24;

/// The type of a call with a length and perhaps a tag.
pub(super) fn return_type(args: &Args<'_>) -> Result<ChType> {
    args.expect_count(1..=2)?;
    args.expect(0, ChType::is_integer)?;
    Ok(ChType::String)
}

/// A text for each row; `fill` appends as many characters as it is told.
pub(super) fn texts(call: &Call<'_>, fill: impl Fn(&mut Stream, usize, &mut Vec<u8>)) -> Result<ArrayRef> {
    let lengths = call.ints(0)?;
    let mut random = Stream::of(call);
    result::texts_of(call.result, call.rows, |row, out| {
        let length = usize::try_from(lengths.get(row)).ok().filter(|length| *length <= LONGEST);
        let length = length.ok_or_else(|| {
            let message = format!("Too large string size in function {}", call.name);
            SqlError::new(ErrorCode::TOO_LARGE_STRING_SIZE, message)
        })?;
        fill(&mut random, length, out);
        Ok(())
    })
}
