//! Compressed bodies, unpacked as they arrive.

use crate::error::{Error, Result};
use flate2::write::MultiGzDecoder;
use std::io::Write as _;

/// How a body is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As it is.
    Identity,
    /// gzip (RFC 1952), one or more members.
    Gzip,
}

impl Encoding {
    /// Reads a `Content-Encoding`.
    ///
    /// # Errors
    /// Kind `Invalid` for one that is not supported.
    pub fn from_header(value: &str) -> Result<Encoding> {
        match value.trim().to_ascii_lowercase().as_str() {
            "" | "identity" => Ok(Encoding::Identity),
            "gzip" | "x-gzip" => Ok(Encoding::Gzip),
            other => Err(Error::invalid(format!(
                "Content-Encoding '{other}' is not supported here; send gzip or no encoding"
            ))),
        }
    }
}

/// Unpacks chunks.
pub(crate) struct Unpacker {
    encoding: Option<Encoding>,
    gzip: MultiGzDecoder<Vec<u8>>,
    fed: bool,
}

impl Unpacker {
    /// A body that says nothing about itself, but begins like gzip, is taken for gzip.
    pub(crate) fn new(encoding: Option<Encoding>) -> Unpacker {
        Unpacker { encoding, gzip: MultiGzDecoder::new(Vec::new()), fed: false }
    }

    /// The bytes that a chunk holds.
    pub(crate) fn unpack(&mut self, chunk: &[u8]) -> Result<Vec<u8>> {
        let guessed = if chunk.starts_with(&[0x1f, 0x8b]) { Encoding::Gzip } else { Encoding::Identity };
        let encoding = *self.encoding.get_or_insert(guessed);
        if encoding == Encoding::Identity {
            return Ok(chunk.to_vec());
        }
        self.fed |= !chunk.is_empty();
        self.gzip.write_all(chunk).map_err(broken)?;
        Ok(std::mem::take(self.gzip.get_mut()))
    }

    /// The bytes left at the end.
    pub(crate) fn finish(&mut self) -> Result<Vec<u8>> {
        if self.encoding != Some(Encoding::Gzip) || !self.fed {
            return Ok(Vec::new());
        }
        self.gzip.try_finish().map_err(broken)?;
        Ok(std::mem::take(self.gzip.get_mut()))
    }
}

fn broken(error: std::io::Error) -> Error {
    Error::invalid(format!("the gzip body is broken or cut off: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;

    fn packed(text: &str) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text.as_bytes()).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn gzip_is_unpacked_in_any_pieces() {
        let packed = packed("one\ntwo\n");
        for size in [1, 3, 1000] {
            let mut unpacker = Unpacker::new(Some(Encoding::Gzip));
            let mut out = Vec::new();
            for piece in packed.chunks(size) {
                out.extend(unpacker.unpack(piece).unwrap());
            }
            out.extend(unpacker.finish().unwrap());
            assert_eq!(out, b"one\ntwo\n");
        }
    }

    #[test]
    fn a_cut_gzip_body_is_an_error() {
        let packed = packed(&"text ".repeat(1000));
        let mut unpacker = Unpacker::new(None);
        let cut = &packed[..packed.len() / 2];
        let result = unpacker.unpack(cut).and_then(|_| unpacker.finish());
        assert!(result.unwrap_err().message().contains("gzip"));
    }
}
