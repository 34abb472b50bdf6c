//! Compressed bodies, unpacked as they arrive.

use crate::error::{Error, Kind, Result};
use flate2::write::MultiGzDecoder;
use lz4_flex::frame::FrameDecoder;
use std::io::{Read as _, Write as _};
use zstd::stream::raw::{Decoder, InBuffer, Operation as _, OutBuffer};

/// Most bytes that an LZ4 body may hold: it is unpacked whole.
const MAX_LZ4_BYTES: u64 = 1 << 30;

/// Bytes that zstd unpacks at a time.
const PIECE_BYTES: usize = 128 << 10;

/// How a body is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As it is.
    Identity,
    /// gzip (RFC 1952), one or more members.
    Gzip,
    /// Zstandard (RFC 8878), one or more frames.
    Zstd,
    /// LZ4 frames.
    Lz4,
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
            "zstd" => Ok(Encoding::Zstd),
            "lz4" => Ok(Encoding::Lz4),
            other => Err(Error::invalid(format!(
                "Content-Encoding '{other}' is not supported here; send gzip, zstd, lz4 or no encoding"
            ))),
        }
    }

    /// Unpacks a whole body.
    ///
    /// # Errors
    /// Kind `Invalid` for a broken one, `TooLarge` for more than `limit` bytes.
    pub fn unpacked(self, body: &[u8], limit: usize) -> Result<Vec<u8>> {
        let mut unpacker = Unpacker::new(Some(self));
        let mut out = Vec::new();
        for piece in body.chunks(PIECE_BYTES) {
            out.extend(unpacker.unpack(piece)?);
            if out.len() > limit {
                return Err(Error::new(Kind::TooLarge, format!("the body holds more than {limit} bytes")));
            }
        }
        out.extend(unpacker.finish()?);
        Ok(out)
    }
}

/// Unpacks chunks.
pub(crate) struct Unpacker {
    encoding: Option<Encoding>,
    state: State,
    fed: bool,
}

/// A decoder at work, once the encoding is known.
enum State {
    Idle,
    Gzip(Box<MultiGzDecoder<Vec<u8>>>),
    Zstd {
        decoder: Decoder<'static>,
        is_whole: bool,
    },
    /// What came so far.
    Lz4(Vec<u8>),
}

impl State {
    fn of(encoding: Encoding) -> Result<State> {
        Ok(match encoding {
            Encoding::Identity => State::Idle,
            Encoding::Gzip => State::Gzip(Box::new(MultiGzDecoder::new(Vec::new()))),
            Encoding::Zstd => {
                let decoder = Decoder::new().map_err(|error| Error::internal(error.to_string()))?;
                State::Zstd { decoder, is_whole: true }
            }
            Encoding::Lz4 => State::Lz4(Vec::new()),
        })
    }
}

impl Unpacker {
    /// A body that says nothing about itself, but begins like gzip, is taken for gzip.
    pub(crate) fn new(encoding: Option<Encoding>) -> Unpacker {
        Unpacker { encoding, state: State::Idle, fed: false }
    }

    /// The bytes that a chunk holds.
    pub(crate) fn unpack(&mut self, chunk: &[u8]) -> Result<Vec<u8>> {
        let guessed = if chunk.starts_with(&[0x1f, 0x8b]) { Encoding::Gzip } else { Encoding::Identity };
        let encoding = *self.encoding.get_or_insert(guessed);
        if !self.fed {
            self.fed = !chunk.is_empty();
            self.state = State::of(encoding)?;
        }
        match &mut self.state {
            State::Idle => Ok(chunk.to_vec()),
            State::Gzip(decoder) => {
                decoder.write_all(chunk).map_err(|error| broken("gzip", &error))?;
                Ok(std::mem::take(decoder.get_mut()))
            }
            State::Zstd { decoder, is_whole } => unpack_zstd(decoder, is_whole, chunk),
            State::Lz4(held) => {
                held.extend_from_slice(chunk);
                Ok(Vec::new())
            }
        }
    }

    /// The bytes left at the end.
    pub(crate) fn finish(&mut self) -> Result<Vec<u8>> {
        if !self.fed {
            return Ok(Vec::new());
        }
        match &mut self.state {
            State::Idle | State::Zstd { is_whole: true, .. } => Ok(Vec::new()),
            State::Zstd { .. } => Err(broken("zstd", &std::io::ErrorKind::UnexpectedEof.into())),
            State::Gzip(decoder) => {
                decoder.try_finish().map_err(|error| broken("gzip", &error))?;
                Ok(std::mem::take(decoder.get_mut()))
            }
            State::Lz4(held) => unpack_lz4(held),
        }
    }
}

/// `is_whole` tells whether the bytes so far are whole frames.
fn unpack_zstd(decoder: &mut Decoder<'static>, is_whole: &mut bool, chunk: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut piece = vec![0; PIECE_BYTES];
    let mut input = InBuffer::around(chunk);
    loop {
        let is_fed = input.pos() == chunk.len();
        if is_fed && *is_whole {
            return Ok(out);
        }
        if *is_whole {
            decoder.reinit().map_err(|error| broken("zstd", &error))?;
        }
        let mut output = OutBuffer::around(&mut piece);
        let left = decoder.run(&mut input, &mut output).map_err(|error| broken("zstd", &error))?;
        let written = output.pos();
        *is_whole = left == 0;
        out.extend_from_slice(piece.get(..written).unwrap_or_default());
        // A full piece may leave more inside of the decoder.
        if is_fed && written < PIECE_BYTES {
            return Ok(out);
        }
    }
}

/// Every frame of a body.
fn unpack_lz4(held: &[u8]) -> Result<Vec<u8>> {
    let mut rest = held;
    let mut out = Vec::new();
    while !rest.is_empty() {
        let left = MAX_LZ4_BYTES.saturating_sub(out.len() as u64);
        if left == 0 {
            return Err(Error::new(
                Kind::TooLarge,
                format!("the body holds more than {MAX_LZ4_BYTES} bytes"),
            ));
        }
        let mut decoder = FrameDecoder::new(rest).take(left);
        decoder.read_to_end(&mut out).map_err(|error| broken("lz4", &error))?;
        let after = *decoder.into_inner().get_ref();
        if after.len() == rest.len() {
            return Err(broken("lz4", &std::io::ErrorKind::InvalidData.into()));
        }
        rest = after;
    }
    Ok(out)
}

fn broken(encoding: &str, error: &std::io::Error) -> Error {
    Error::invalid(format!("the {encoding} body is broken or cut off: {error}"))
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
    fn zstd_and_lz4_are_unpacked_in_any_pieces() {
        let text = "one\ntwo\n".repeat(50_000).into_bytes();
        let frame = zstd::encode_all(&*text, 1).unwrap();
        let mut lz4 = lz4_flex::frame::FrameEncoder::new(Vec::new());
        lz4.write_all(&text).unwrap();
        let lz4 = lz4.finish().unwrap();
        for (encoding, frame) in [(Encoding::Zstd, frame), (Encoding::Lz4, lz4)] {
            let twice = [&*frame, &*frame].concat();
            let cut = &frame[..frame.len() - 9];
            assert!(encoding.unpacked(cut, 1 << 30).is_err(), "{encoding:?}");
            for size in [7, 100_000, twice.len()] {
                let mut unpacker = Unpacker::new(Some(encoding));
                let mut out = Vec::new();
                for piece in twice.chunks(size) {
                    out.extend(unpacker.unpack(piece).unwrap());
                }
                out.extend(unpacker.finish().unwrap());
                assert!(out == text.repeat(2), "{encoding:?} in pieces of {size}");
            }
        }
        assert!(Encoding::Zstd.unpacked(b"not zstd", 100).is_err());
        assert!(Encoding::Lz4.unpacked(b"not lz4.", 100).is_err());
        assert!(Encoding::Zstd.unpacked(&zstd::encode_all(&*text, 1).unwrap(), 100).is_err());
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
