//! `multipart/form-data` (RFC 7578), read as it arrives.

use crate::body::Body;
use bytes::{Bytes, BytesMut};
use futures::stream::{LocalBoxStream, StreamExt};
use kinglet_workspace::{Error, Result};
use memchr::memmem;

/// Longest head of a part.
const MAX_HEAD_BYTES: usize = 16 << 10;

/// The head of a part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PartHead {
    /// `name` of its disposition.
    pub(crate) name: String,
    /// `filename` of its disposition.
    pub(crate) file_name: Option<String>,
    /// `Content-Encoding` of the part.
    pub(crate) encoding: Option<String>,
}

/// A multipart body, part by part.
pub(crate) struct Multipart {
    chunks: LocalBoxStream<'static, Result<Bytes>>,
    buffer: BytesMut,
    /// `\r\n--boundary`.
    mark: Vec<u8>,
    in_part: bool,
    ended: bool,
}

impl Multipart {
    /// `None` when the content type is not multipart with a boundary.
    pub(crate) fn new(content_type: &str, body: Body) -> Option<Multipart> {
        let boundary = boundary(content_type)?;
        // The first boundary has no line end before it: this one makes it like the others.
        Some(Multipart {
            chunks: body.into_stream(),
            buffer: BytesMut::from(b"\r\n".as_slice()),
            mark: format!("\r\n--{boundary}").into_bytes(),
            in_part: true,
            ended: false,
        })
    }

    /// Moves to the next part, over the rest of the current one.
    pub(crate) async fn next_part(&mut self) -> Result<Option<PartHead>> {
        while self.chunk().await?.is_some() {}
        if self.ended {
            return Ok(None);
        }
        while self.buffer.len() < 2 {
            self.more().await?;
        }
        if self.buffer.starts_with(b"--") {
            self.ended = true;
            return Ok(None);
        }
        let head = loop {
            if let Some(end) = memmem::find(&self.buffer, b"\r\n\r\n") {
                let head = self.buffer.split_to(end);
                drop(self.buffer.split_to(4));
                break head;
            }
            if self.buffer.len() > MAX_HEAD_BYTES {
                return Err(broken("the head of a part is too long"));
            }
            self.more().await?;
        };
        self.in_part = true;
        // What precedes the first line is the boundary's own line end.
        Ok(Some(part_head(&String::from_utf8_lossy(&head))))
    }

    /// The next bytes of the current part; `None` at its end.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>> {
        while self.in_part {
            if let Some(at) = memmem::find(&self.buffer, &self.mark) {
                let bytes = self.buffer.split_to(at).freeze();
                drop(self.buffer.split_to(self.mark.len()));
                self.in_part = false;
                if bytes.is_empty() {
                    break;
                }
                return Ok(Some(bytes));
            }
            let safe = self.buffer.len().saturating_sub(self.mark.len());
            if safe > 0 {
                return Ok(Some(self.buffer.split_to(safe).freeze()));
            }
            self.more().await?;
        }
        Ok(None)
    }

    /// All bytes of the current part, when they are at most `limit`.
    pub(crate) async fn collect(&mut self, limit: usize) -> Result<Bytes> {
        let mut all = BytesMut::new();
        while let Some(chunk) = self.chunk().await? {
            if all.len() + chunk.len() > limit {
                return Err(Error::new(
                    kinglet_workspace::Kind::TooLarge,
                    format!("a part of the body is larger than the {limit} bytes allowed here"),
                ));
            }
            all.extend_from_slice(&chunk);
        }
        Ok(all.freeze())
    }

    /// The rest of the current part as a stream.
    pub(crate) fn into_stream(self) -> LocalBoxStream<'static, Result<Bytes>> {
        futures::stream::try_unfold(self, |mut this| async move {
            let chunk = this.chunk().await?;
            Ok(chunk.map(|chunk| (chunk, this)))
        })
        .boxed_local()
    }

    async fn more(&mut self) -> Result<()> {
        match self.chunks.next().await {
            Some(chunk) => {
                self.buffer.extend_from_slice(&chunk?);
                Ok(())
            }
            None => Err(broken("it ends before its closing boundary")),
        }
    }
}

fn broken(reason: &str) -> Error {
    Error::invalid(format!("the multipart body is broken: {reason}"))
}

fn boundary(content_type: &str) -> Option<String> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    parameter(parameters, "boundary").filter(|boundary| !boundary.is_empty())
}

fn part_head(text: &str) -> PartHead {
    let mut head = PartHead::default();
    for line in text.split("\r\n") {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        if name.trim().eq_ignore_ascii_case("content-disposition") {
            let parameters = value.split_once(';').map_or("", |(_, rest)| rest);
            head.name = parameter(parameters, "name").unwrap_or_default();
            head.file_name = parameter(parameters, "filename");
        } else if name.trim().eq_ignore_ascii_case("content-encoding") {
            head.encoding = Some(value.trim().to_owned());
        }
    }
    head
}

/// The parameter `wanted` of `a=1; b="x;\"y"`.
fn parameter(text: &str, wanted: &str) -> Option<String> {
    let mut rest = text;
    while let Some((name, after)) = rest.split_once('=') {
        let name = name.trim_start_matches([';', ' ', '\t']).trim();
        let (value, next) = match after.trim_start().strip_prefix('"') {
            Some(quoted) => quoted_value(quoted),
            None => {
                let (value, next) = after.split_once(';').unwrap_or((after, ""));
                (value.trim().to_owned(), next)
            }
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = next;
    }
    None
}

fn quoted_value(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (value, text.get(at + 1..).unwrap_or("")),
            '\\' if chars.clone().next().is_some_and(|(_, c)| c == '"' || c == '\\') => {
                value.extend(chars.next().map(|(_, c)| c));
            }
            c => value.push(c),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::block_on;

    const TEXT: &str = "--xYz\r\nContent-Disposition: form-data; name=\"mode\"\r\n\r\nappend\r\n\
        --xYz\r\nContent-Disposition: form-data; name=\"csv\"; filename=\"a;\\\"b.csv\"\r\n\
        Content-Type: text/csv\r\n\r\na,b\r\n1,--xY\r\n\r\n--xYz--\r\n";

    fn parts(text: &str, size: usize) -> Result<Vec<(PartHead, String)>> {
        let chunks: Vec<_> =
            text.as_bytes().chunks(size).map(|chunk| Ok(Bytes::copy_from_slice(chunk))).collect();
        let body = Body::stream(futures::stream::iter(chunks));
        let mut multipart = Multipart::new("multipart/form-data; boundary=xYz", body).unwrap();
        block_on(async {
            let mut parts = Vec::new();
            while let Some(head) = multipart.next_part().await? {
                let bytes = multipart.collect(1000).await?;
                parts.push((head, String::from_utf8(bytes.to_vec()).unwrap()));
            }
            Ok(parts)
        })
    }

    #[test]
    fn parts_come_out_whatever_the_chunks() {
        for size in [1, 2, 7, 1000] {
            let parts = parts(TEXT, size).unwrap();
            assert_eq!(parts.len(), 2, "chunks of {size}");
            assert_eq!((parts[0].0.name.as_str(), parts[0].1.as_str()), ("mode", "append"));
            assert_eq!(parts[1].0.file_name.as_deref(), Some("a;\"b.csv"));
            assert_eq!(parts[1].1, "a,b\r\n1,--xY\r\n");
        }
    }

    #[test]
    fn a_cut_body_is_an_error() {
        let cut = &TEXT[..TEXT.len() - 12];
        assert!(parts(cut, 5).unwrap_err().message().contains("closing boundary"));
    }

    #[test]
    fn other_content_types_are_not_multipart() {
        for text in ["text/csv", "multipart/form-data", "multipart/mixed; boundary=a"] {
            assert!(Multipart::new(text, Body::empty()).is_none(), "{text}");
        }
    }
}
