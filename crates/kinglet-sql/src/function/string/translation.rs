//! Pieces of texts replaced one for one.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::characters::characters;
use crate::function::{Args, Call, result};

/// What is replaced.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Byte,
    Character,
}

/// Checks text, from and to.
pub(super) fn translation_type(args: &Args<'_>) -> Result<ChType> {
    args.expect_count(3..=3)?;
    for at in 0..3 {
        args.expect(at, ChType::is_text)?;
    }
    Ok(ChType::String)
}

fn pieces(text: &[u8], unit: Unit) -> Vec<&[u8]> {
    if unit == Unit::Byte { text.chunks(1).collect() } else { characters(text).collect() }
}

/// Replaces the pieces of each text.
pub(super) fn translate(call: &Call<'_>, unit: Unit) -> Result<ArrayRef> {
    let (texts, from, to) = (call.bytes(0)?, call.bytes(1)?, call.bytes(2)?);
    result::texts(call.rows, |row, out| {
        let (from, to) = (pieces(from.get(row), unit), pieces(to.get(row), unit));
        if from.len() < to.len() {
            let message = format!(
                "Second argument of function {} must not be shorter than the third argument. Size of the second argument: {}, size of the third argument: {}",
                call.name,
                from.len(),
                to.len()
            );
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
        for piece in pieces(texts.get(row), unit) {
            match from.iter().position(|known| *known == piece) {
                Some(at) => out.extend_from_slice(to.get(at).copied().unwrap_or_default()),
                None => out.extend_from_slice(piece),
            }
        }
        Ok(())
    })
}
