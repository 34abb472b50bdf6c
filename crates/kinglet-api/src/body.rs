//! A request's or response's body: a stream of byte chunks.

use bytes::{Bytes, BytesMut};
use futures::stream::{self, LocalBoxStream, Stream, StreamExt};
use kinglet_workspace::{Error, Kind};
use std::fmt;

/// Bytes that arrive in chunks; a chunk may be an error, which ends the body.
pub struct Body {
    inner: Inner,
}

enum Inner {
    Full(Bytes),
    Stream(LocalBoxStream<'static, Result<Bytes, Error>>),
}

impl Body {
    /// No bytes.
    pub fn empty() -> Body {
        Body::full(Bytes::new())
    }

    /// Bytes at hand.
    pub fn full(bytes: impl Into<Bytes>) -> Body {
        Body { inner: Inner::Full(bytes.into()) }
    }

    /// Bytes to come.
    pub fn stream(chunks: impl Stream<Item = Result<Bytes, Error>> + 'static) -> Body {
        Body { inner: Inner::Stream(chunks.boxed_local()) }
    }

    /// Length in bytes where it is known without reading.
    pub fn known_len(&self) -> Option<usize> {
        match &self.inner {
            Inner::Full(bytes) => Some(bytes.len()),
            Inner::Stream(_) => None,
        }
    }

    /// The chunks; none of them is empty.
    pub fn into_stream(self) -> LocalBoxStream<'static, Result<Bytes, Error>> {
        match self.inner {
            Inner::Full(bytes) if bytes.is_empty() => stream::empty().boxed_local(),
            Inner::Full(bytes) => stream::iter([Ok(bytes)]).boxed_local(),
            Inner::Stream(chunks) => chunks,
        }
    }

    /// All bytes, when they are at most `limit`.
    ///
    /// # Errors
    /// Kind `TooLarge` past the limit, or what ended the body early.
    pub async fn collect(self, limit: usize) -> Result<Bytes, Error> {
        let mut chunks = match self.inner {
            Inner::Full(bytes) if bytes.len() <= limit => return Ok(bytes),
            Inner::Full(_) => return Err(too_large(limit)),
            Inner::Stream(chunks) => chunks,
        };
        let mut all = BytesMut::new();
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk?;
            if all.len().saturating_add(chunk.len()) > limit {
                return Err(too_large(limit));
            }
            all.extend_from_slice(&chunk);
        }
        Ok(all.freeze())
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.known_len() {
            Some(len) => write!(f, "Body({len} bytes)"),
            None => f.write_str("Body(stream)"),
        }
    }
}

fn too_large(limit: usize) -> Error {
    let text = format!("the body is larger than the {limit} bytes allowed here");
    Error::new(Kind::TooLarge, text)
}
