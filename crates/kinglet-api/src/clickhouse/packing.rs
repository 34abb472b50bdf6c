//! Compressed answers: what HTTP calls content codings, and ClickHouse's own blocks
//! (`compress=1`, `decompress=1`). Source of the blocks: ClickHouse's `CompressedReadBuffer`:
//! CityHash128 of what follows; method; packed and plain size, both 4 bytes; the bytes.

use crate::body::Body;
use crate::params::Params;
use crate::response::Response;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures::stream::{self, StreamExt};
use kinglet_workspace::{Error, Kind, Result};
use lz4_flex::frame::FrameEncoder;
use std::io::{self, Write};

/// Methods of a block.
const PLAIN: u8 = 0x02;
const LZ4: u8 = 0x82;
const ZSTD: u8 = 0x90;

/// Bytes of a block's method and sizes, which its sizes count.
const HEAD_BYTES: usize = 9;

/// Bytes of a block's checksum.
const SUM_BYTES: usize = 16;

/// Most plain bytes of a block.
const BLOCK_BYTES: usize = 1 << 20;

/// zstd's level: answers are packed while somebody waits.
const ZSTD_LEVEL: i32 = 1;

/// How an answer is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    /// Not at all.
    None,
    /// ClickHouse's own blocks.
    Blocks,
    /// A content coding.
    Coding(Coding),
}

/// Content codings, by the names that clients accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Gzip,
    Zstd,
    Lz4,
}

impl Coding {
    const ALL: [Coding; 3] = [Coding::Gzip, Coding::Zstd, Coding::Lz4];

    fn name(self) -> &'static str {
        match self {
            Coding::Gzip => "gzip",
            Coding::Zstd => "zstd",
            Coding::Lz4 => "lz4",
        }
    }
}

impl Packing {
    /// What a request asks for: `compress=1`, or the first coding that it accepts, where
    /// `enable_http_compression` is on.
    pub(super) fn of(params: &Params, accepted: &str) -> Packing {
        if params.flag("compress") {
            return Packing::Blocks;
        }
        if !params.flag("enable_http_compression") {
            return Packing::None;
        }
        let named = |name: &str| Coding::ALL.into_iter().find(|coding| coding.name() == name);
        let mut names = accepted.split(',').map(|item| item.split(';').next().unwrap_or_default().trim());
        names.find_map(named).map_or(Packing::None, Packing::Coding)
    }

    /// Packs an answer.
    pub(super) fn pack(self, mut response: Response) -> Result<Response> {
        let packer = match self {
            Packing::None => return Ok(response),
            Packing::Blocks => Packer::Blocks(Vec::new()),
            Packing::Coding(coding) => {
                response.headers.set("content-encoding", coding.name());
                Packer::of(coding).map_err(|error| failed(&error))?
            }
        };
        let body = std::mem::replace(&mut response.body, Body::empty());
        let is_whole = body.known_len().is_some();
        let packed = packed(packer, body);
        response.body = packed;
        if is_whole {
            // What is here whole stays whole, so that its length is told.
            response.body = whole(response.body)?;
        }
        Ok(response)
    }
}

/// The bytes of a body that waits for nothing.
fn whole(body: Body) -> Result<Body> {
    use futures::FutureExt as _;
    let collected = body.collect(usize::MAX).now_or_never();
    let bytes = collected.ok_or_else(|| Error::internal("a whole body waits"))??;
    Ok(Body::full(bytes))
}

fn packed(packer: Packer, body: Body) -> Body {
    let state = (Some(packer), body.into_stream());
    let chunks = stream::try_unfold(state, |(packer, mut chunks)| async move {
        let Some(mut packer) = packer else {
            return Ok(None);
        };
        loop {
            let Some(chunk) = chunks.next().await else {
                let last = packer.finish().map_err(|error| failed(&error))?;
                return Ok(Some((last, (None, chunks))));
            };
            let bytes = packer.add(&chunk?).map_err(|error| failed(&error))?;
            if !bytes.is_empty() {
                return Ok(Some((bytes, (Some(packer), chunks))));
            }
        }
    });
    Body::stream(chunks.filter(|chunk: &Result<Bytes>| {
        let is_empty = matches!(chunk, Ok(bytes) if bytes.is_empty());
        std::future::ready(!is_empty)
    }))
}

fn failed(error: &io::Error) -> Error {
    Error::internal(format!("the answer cannot be compressed: {error}"))
}

/// An encoder at work.
enum Packer {
    Gzip(GzEncoder<Vec<u8>>),
    Zstd(zstd::stream::write::Encoder<'static, Vec<u8>>),
    Lz4(Box<FrameEncoder<Vec<u8>>>),
    Blocks(Vec<u8>),
}

impl Packer {
    fn of(coding: Coding) -> io::Result<Packer> {
        Ok(match coding {
            Coding::Gzip => Packer::Gzip(GzEncoder::new(Vec::new(), Compression::fast())),
            Coding::Zstd => Packer::Zstd(zstd::stream::write::Encoder::new(Vec::new(), ZSTD_LEVEL)?),
            Coding::Lz4 => Packer::Lz4(Box::new(FrameEncoder::new(Vec::new()))),
        })
    }

    fn add(&mut self, chunk: &[u8]) -> io::Result<Bytes> {
        let out = match self {
            Packer::Gzip(encoder) => {
                encoder.write_all(chunk)?;
                encoder.get_mut()
            }
            Packer::Zstd(encoder) => {
                encoder.write_all(chunk)?;
                encoder.get_mut()
            }
            Packer::Lz4(encoder) => {
                encoder.write_all(chunk)?;
                encoder.get_mut()
            }
            Packer::Blocks(out) => {
                chunk.chunks(BLOCK_BYTES).for_each(|plain| put_block(plain, out));
                out
            }
        };
        Ok(Bytes::from(std::mem::take(out)))
    }

    fn finish(self) -> io::Result<Bytes> {
        let out = match self {
            Packer::Gzip(encoder) => encoder.finish()?,
            Packer::Zstd(encoder) => encoder.finish()?,
            Packer::Lz4(encoder) => encoder.finish().map_err(io::Error::other)?,
            Packer::Blocks(out) => out,
        };
        Ok(Bytes::from(out))
    }
}

/// Appends a block of plain bytes.
fn put_block(plain: &[u8], out: &mut Vec<u8>) {
    let sizes = [plain.len() + HEAD_BYTES, plain.len()];
    let mut block = vec![PLAIN];
    for size in sizes {
        block.extend(u32::try_from(size).unwrap_or(u32::MAX).to_le_bytes());
    }
    block.extend_from_slice(plain);
    out.extend(checksum(&block));
    out.extend(block);
}

fn checksum(block: &[u8]) -> [u8; SUM_BYTES] {
    let sum = ch_cityhash102::cityhash128(block);
    let mut bytes = [0; SUM_BYTES];
    for (into, byte) in
        bytes.iter_mut().zip(sum.first.to_le_bytes().into_iter().chain(sum.second.to_le_bytes()))
    {
        *into = byte;
    }
    bytes
}

/// The plain bytes of blocks, at most `limit`.
///
/// # Errors
/// Kind `Invalid` for broken blocks, `TooLarge` past the limit.
pub(super) fn unpack_blocks(body: &[u8], limit: usize) -> Result<Vec<u8>> {
    let broken = |what: &str| Error::invalid(format!("the compressed body is broken: {what}"));
    let mut out = Vec::new();
    let mut rest = body;
    while !rest.is_empty() {
        let (sum, after) = rest.split_at_checked(SUM_BYTES).ok_or_else(|| broken("it is cut off"))?;
        let head = after.get(..HEAD_BYTES).ok_or_else(|| broken("it is cut off"))?;
        let [method, p0, p1, p2, p3, q0, q1, q2, q3] = *head else {
            return Err(broken("it is cut off"));
        };
        let size = |bytes: [u8; 4]| usize::try_from(u32::from_le_bytes(bytes)).unwrap_or(usize::MAX);
        let (packed_size, plain_size) = (size([p0, p1, p2, p3]), size([q0, q1, q2, q3]));
        if out.len().saturating_add(plain_size) > limit {
            return Err(Error::new(Kind::TooLarge, format!("the body holds more than {limit} bytes")));
        }
        let (block, following) =
            after.split_at_checked(packed_size).ok_or_else(|| broken("it is cut off"))?;
        if checksum(block) != *sum {
            return Err(broken("a checksum does not match"));
        }
        let packed = block.get(HEAD_BYTES..).ok_or_else(|| broken("a block is too short"))?;
        let plain = match method {
            PLAIN => packed.to_vec(),
            LZ4 => {
                lz4_flex::block::decompress(packed, plain_size).map_err(|error| broken(&error.to_string()))?
            }
            ZSTD => zstd::bulk::decompress(packed, plain_size).map_err(|error| broken(&error.to_string()))?,
            other => return Err(broken(&format!("method {other} is not known here"))),
        };
        if plain.len() != plain_size {
            return Err(broken("a block has another size than it says"));
        }
        out.extend(plain);
        rest = following;
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::block_on;
    use kinglet_workspace::import::Encoding;

    fn answer(text: &[u8], streamed: bool) -> Response {
        let pieces: Vec<Result<Bytes>> =
            text.chunks(1000).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
        let body = if streamed { Body::stream(stream::iter(pieces)) } else { Body::full(text.to_vec()) };
        Response::new(200).with_body(body)
    }

    #[test]
    fn packed_answers_are_read_back() {
        let text = "some text, some more text\n".repeat(3000).into_bytes();
        for (coding, encoding) in
            [(Coding::Gzip, Encoding::Gzip), (Coding::Zstd, Encoding::Zstd), (Coding::Lz4, Encoding::Lz4)]
        {
            for streamed in [true, false] {
                let response = Packing::Coding(coding).pack(answer(&text, streamed)).unwrap();
                assert_eq!(response.headers.get("content-encoding"), Some(coding.name()));
                assert_eq!(response.body.known_len().is_some(), !streamed);
                let packed = block_on(response.body.collect(1 << 30)).unwrap();
                assert!(packed.len() < text.len() / 10);
                assert!(encoding.unpacked(&packed, 1 << 30).unwrap() == text, "{coding:?}");
            }
        }
        let response = Packing::Blocks.pack(answer(&text, true)).unwrap();
        let packed = block_on(response.body.collect(1 << 30)).unwrap();
        assert!(unpack_blocks(&packed, 1 << 30).unwrap() == text);
    }

    #[test]
    fn broken_blocks_are_errors() {
        let mut packed = Vec::new();
        put_block(b"some text", &mut packed);
        for length in 1..packed.len() {
            assert!(unpack_blocks(&packed[..length], 1000).is_err(), "{length}");
        }
        for at in 0..packed.len() {
            let mut changed = packed.clone();
            changed[at] ^= 0x80;
            assert!(unpack_blocks(&changed, 1000).is_err(), "{at}");
        }
        assert!(unpack_blocks(&packed, 3).is_err());
    }

    #[test]
    fn blocks_of_the_methods_that_clients_use_are_read() {
        let text = b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab".repeat(20);
        for (method, packed) in
            [(LZ4, lz4_flex::block::compress(&text)), (ZSTD, zstd::bulk::compress(&text, 1).unwrap())]
        {
            let mut block = vec![method];
            block.extend(((packed.len() + HEAD_BYTES) as u32).to_le_bytes());
            block.extend((text.len() as u32).to_le_bytes());
            block.extend(packed);
            let mut whole = checksum(&block).to_vec();
            whole.extend(block);
            assert!(unpack_blocks(&whole, 1 << 20).unwrap() == text);
        }
    }

    #[test]
    fn the_first_known_coding_is_taken() {
        let on = Params::from_urlencoded("enable_http_compression=1");
        assert_eq!(Packing::of(&on, "br, lz4;q=1, gzip"), Packing::Coding(Coding::Lz4));
        assert_eq!(Packing::of(&on, ""), Packing::None);
        assert_eq!(Packing::of(&Params::from_urlencoded(""), "gzip"), Packing::None);
        assert_eq!(Packing::of(&Params::from_urlencoded("compress=1"), "gzip"), Packing::Blocks);
    }
}
