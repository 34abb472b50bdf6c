//! Taking characters off the ends of a text.

use kinglet_types::Result;

use crate::function::Call;

/// The characters to take off: the second argument, or a space.
pub(super) fn set_of(call: &Call<'_>) -> Result<Vec<u8>> {
    if call.args.len() < 2 { Ok(vec![b' ']) } else { Ok(call.bytes(1)?.get(0).to_vec()) }
}

/// The text without leading bytes of the set.
pub(super) fn trim_start<'a>(text: &'a [u8], set: &[u8]) -> &'a [u8] {
    let start = text.iter().position(|byte| !set.contains(byte)).unwrap_or(text.len());
    text.get(start..).unwrap_or_default()
}

/// The text without trailing bytes of the set.
pub(super) fn trim_end<'a>(text: &'a [u8], set: &[u8]) -> &'a [u8] {
    let end = text.iter().rposition(|byte| !set.contains(byte)).map_or(0, |last| last + 1);
    text.get(..end).unwrap_or_default()
}
