//! The beginning of a body, unpacked, with the body kept whole.

use super::Hints;
use crate::error::{Error, Kind, Result};
use crate::ingest::encoding::Unpacker;
use bytes::Bytes;
use futures::stream::{self, LocalBoxStream, StreamExt};

/// Unpacked bytes of a sample.
const SAMPLE_BYTES: usize = 1 << 20;

/// Largest file that is read whole.
const MAX_WHOLE_BYTES: usize = 1 << 30;

type Body = LocalBoxStream<'static, Result<Bytes>>;

/// The beginning of a file.
pub(super) struct Sample {
    /// Unpacked bytes.
    pub(super) bytes: Vec<u8>,
    /// True when this is all of it.
    pub(super) complete: bool,
}

/// Takes a sample.
pub(super) async fn take(body: Body, hints: &Hints) -> Result<(Sample, Body)> {
    read(body, hints, SAMPLE_BYTES).await
}

/// Takes all of a file.
pub(super) async fn take_whole(body: Body, hints: &Hints) -> Result<(Vec<u8>, Body)> {
    let (sample, body) = read(body, hints, MAX_WHOLE_BYTES).await?;
    if !sample.complete {
        let text = format!("the file is larger than the {MAX_WHOLE_BYTES} bytes allowed for Parquet");
        return Err(Error::new(Kind::TooLarge, text));
    }
    Ok((sample.bytes, body))
}

async fn read(mut body: Body, hints: &Hints, limit: usize) -> Result<(Sample, Body)> {
    let mut unpacker = Unpacker::new(hints.encoding);
    let mut bytes = Vec::new();
    let mut taken = Vec::new();
    let mut complete = false;
    while bytes.len() < limit {
        let Some(chunk) = body.next().await else {
            bytes.extend(unpacker.finish()?);
            complete = true;
            break;
        };
        let chunk = chunk?;
        bytes.extend(unpacker.unpack(&chunk)?);
        taken.push(Ok(chunk));
    }
    // A body that ended must not be asked again.
    let rest = if complete { stream::empty().boxed_local() } else { body };
    let body = stream::iter(taken).chain(rest).boxed_local();
    Ok((Sample { bytes, complete }, body))
}
