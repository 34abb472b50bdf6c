//! One connection on a thread of its own: HTTP/1.1 on the socket, channels to the engine.

use bytes::Bytes;
use kinglet_workspace::Error;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::TcpStream;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// Longest head of a request.
const MAX_HEAD_BYTES: usize = 64 << 10;

/// Header fields of a request at most.
const MAX_HEADERS: usize = 100;

/// Bytes of a body that are passed on at a time.
const PIECE_BYTES: usize = 64 << 10;

/// Pieces on their way in each direction.
const PIECES: usize = 16;

/// Which API a port speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Interface {
    /// Tinybird's.
    Tinybird,
    /// ClickHouse's.
    Clickhouse,
}

/// A request on its way to the engine's thread.
pub(crate) struct Exchange {
    /// The API that is asked.
    pub(crate) interface: Interface,
    /// Method as sent.
    pub(crate) method: String,
    /// Path and query as sent.
    pub(crate) target: String,
    /// Header fields.
    pub(crate) headers: Vec<(String, String)>,
    /// The body's pieces.
    pub(crate) body: Receiver<Result<Bytes, Error>>,
    /// Where the answer goes.
    pub(crate) answer: Sender<Piece>,
}

/// A piece of an answer.
pub(crate) enum Piece {
    /// Status, header fields, and the body's length where it is known.
    Head(u16, Vec<(String, String)>, Option<usize>),
    /// Bytes of the body.
    Chunk(Bytes),
    /// The body is whole.
    End,
}

/// Serves requests until the connection closes.
pub(crate) fn serve(stream: &TcpStream, interface: Interface, engine: &Sender<Exchange>) {
    let mut reader = BufReader::with_capacity(PIECE_BYTES, stream);
    // A failure is the client going away: there is nobody to tell.
    while let Ok(true) = one_request(&mut reader, stream, interface, engine) {}
}

/// Serves one request; false when the connection is to be closed.
fn one_request(
    reader: &mut BufReader<&TcpStream>,
    mut stream: &TcpStream,
    interface: Interface,
    engine: &Sender<Exchange>,
) -> io::Result<bool> {
    let Some(head) = read_head(reader)? else {
        return Ok(false);
    };
    let mut fields = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Request::new(&mut fields);
    if !matches!(parsed.parse(&head), Ok(httparse::Status::Complete(_))) {
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")?;
        return Ok(false);
    }
    let headers: Vec<(String, String)> = parsed
        .headers
        .iter()
        .map(|field| (field.name.to_ascii_lowercase(), String::from_utf8_lossy(field.value).into_owned()))
        .collect();
    let header =
        |name: &str| headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    if header("expect").is_some_and(|value| value.eq_ignore_ascii_case("100-continue")) {
        stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    let is_chunked =
        header("transfer-encoding").is_some_and(|value| value.to_ascii_lowercase().contains("chunked"));
    let length = header("content-length").and_then(|value| value.trim().parse::<u64>().ok()).unwrap_or(0);
    let close = header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"));
    let (body_sender, body) = channel(PIECES);
    let (answer, mut pieces) = channel(PIECES);
    let is_head = parsed.method == Some("HEAD");
    let exchange = Exchange {
        interface,
        method: parsed.method.unwrap_or_default().to_owned(),
        target: parsed.path.unwrap_or("/").to_owned(),
        headers: headers.clone(),
        body,
        answer,
    };
    if engine.blocking_send(exchange).is_err() {
        return Ok(false);
    }
    let taken =
        if is_chunked { chunked(reader, &body_sender) } else { counted(reader, length, &body_sender) };
    if let Err(error) = taken {
        let text = format!("the request's body ended early: {error}");
        drop(body_sender.blocking_send(Err(Error::invalid(text))));
    }
    drop(body_sender);
    let whole = answer_with(stream, &mut pieces, is_head)?;
    Ok(whole && !close)
}

/// The bytes up to the empty line; `None` when the connection closed before any.
fn read_head(reader: &mut BufReader<&TcpStream>) -> io::Result<Option<Vec<u8>>> {
    let mut head = Vec::new();
    loop {
        let before = head.len();
        let length = reader.by_ref().take(MAX_HEAD_BYTES as u64).read_until(b'\n', &mut head)?;
        if length == 0 {
            return Ok(None);
        }
        let line = head.get(before..).unwrap_or_default();
        if matches!(line, b"\r\n" | b"\n") && before > 0 {
            return Ok(Some(head));
        }
        if head.len() >= MAX_HEAD_BYTES {
            return Err(ErrorKind::InvalidData.into());
        }
    }
}

/// Passes on a body of known length. What nobody takes is read all the same.
fn counted(reader: &mut impl Read, length: u64, sender: &Sender<Result<Bytes, Error>>) -> io::Result<()> {
    let mut left = length;
    let mut buffer = vec![0; PIECE_BYTES];
    while left > 0 {
        let wanted = usize::try_from(left).unwrap_or(PIECE_BYTES).min(PIECE_BYTES);
        let read = reader.read(buffer.get_mut(..wanted).unwrap_or_default())?;
        if read == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        left -= read as u64;
        let piece = Bytes::copy_from_slice(buffer.get(..read).unwrap_or_default());
        drop(sender.blocking_send(Ok(piece)));
    }
    Ok(())
}

/// Passes on a body of chunks that tell their lengths.
fn chunked(reader: &mut BufReader<&TcpStream>, sender: &Sender<Result<Bytes, Error>>) -> io::Result<()> {
    loop {
        let line = read_line(reader)?;
        let digits = line.split(';').next().unwrap_or_default().trim();
        let length = u64::from_str_radix(digits, 16).map_err(|_| io::Error::from(ErrorKind::InvalidData))?;
        counted(reader, length, sender)?;
        if length > 0 {
            read_line(reader)?;
            continue;
        }
        // Trailers, up to an empty line.
        while !read_line(reader)?.is_empty() {}
        return Ok(());
    }
}

fn read_line(reader: &mut BufReader<&TcpStream>) -> io::Result<String> {
    let mut line = String::new();
    if reader.by_ref().take(MAX_HEAD_BYTES as u64).read_line(&mut line)? == 0 {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end().to_owned())
}

/// Writes an answer; false when it was cut, which only closing the connection tells.
fn answer_with(mut stream: &TcpStream, pieces: &mut Receiver<Piece>, is_head: bool) -> io::Result<bool> {
    let mut is_chunked = false;
    while let Some(piece) = pieces.blocking_recv() {
        match piece {
            Piece::Head(status, headers, length) => {
                let mut head = format!("HTTP/1.1 {status} {}\r\n", reason(status));
                for (name, value) in headers.iter().filter(|(name, _)| name != "content-length") {
                    let value: String = value.chars().filter(|c| !c.is_control()).collect();
                    head.push_str(&format!("{name}: {value}\r\n"));
                }
                is_chunked = length.is_none() && !is_head;
                let told = headers.iter().find(|(name, _)| name == "content-length");
                match (length, told) {
                    (_, Some((_, told))) => head.push_str(&format!("content-length: {told}\r\n")),
                    (Some(length), None) => head.push_str(&format!("content-length: {length}\r\n")),
                    (None, None) => head.push_str("transfer-encoding: chunked\r\n"),
                }
                head.push_str("\r\n");
                stream.write_all(head.as_bytes())?;
            }
            Piece::Chunk(bytes) if is_chunked => {
                stream.write_all(format!("{:x}\r\n", bytes.len()).as_bytes())?;
                stream.write_all(&bytes)?;
                stream.write_all(b"\r\n")?;
            }
            Piece::Chunk(bytes) => stream.write_all(&bytes)?,
            Piece::End => {
                if is_chunked {
                    stream.write_all(b"0\r\n\r\n")?;
                }
                return Ok(true);
            }
        }
    }
    Ok(false)
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        202 => "Accepted",
        204 => "No Content",
        205 => "Reset Content",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        _ => "Answer",
    }
}
