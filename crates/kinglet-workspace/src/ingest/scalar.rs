//! Texts of fixed-width values to their bytes, little endian as Arrow stores them.

mod address;
mod calendar;
mod moment;
mod number;
mod wide;

use kinglet_types::ChType;

/// Writes the value that a text spells over the whole output; `None` when it spells none.
pub(crate) type Encoder = Box<dyn Fn(&[u8], &mut [u8]) -> Option<()>>;

/// The encoder of a type and the bytes of its default value. `None` when values of the
/// type have no fixed width.
pub(crate) fn encoder(ty: &ChType) -> Option<(Encoder, Vec<u8>)> {
    number::encoder(ty)
        .or_else(|| wide::encoder(ty))
        .or_else(|| moment::encoder(ty))
        .or_else(|| address::encoder(ty))
}

/// Copies `bytes` over `out`, when they are as long.
fn put(out: &mut [u8], bytes: &[u8]) -> Option<()> {
    if out.len() != bytes.len() {
        return None;
    }
    out.copy_from_slice(bytes);
    Some(())
}

/// `text` without spaces around it.
fn trimmed(text: &[u8]) -> &[u8] {
    text.trim_ascii()
}

/// An encoder of `width` bytes, with zeros as its default.
fn zeroed(width: usize, encode: impl Fn(&[u8], &mut [u8]) -> Option<()> + 'static) -> (Encoder, Vec<u8>) {
    (Box::new(encode), vec![0; width])
}
