//! What the host lends to an instance: time, randomness and outgoing requests.

mod store_clock;

use crate::error::Result;
use async_trait::async_trait;
use bytes::Bytes;
use futures::stream::LocalBoxStream;

pub(crate) use store_clock::{store_clock, store_random};

/// Wall time and a steady timer. Both are readings of the host; nothing sleeps.
pub trait Clock {
    /// Microseconds since 1970-01-01 00:00:00 UTC.
    fn now_micros(&self) -> i64;

    /// Nanoseconds of a timer that never goes back; only differences mean something.
    fn steady_nanos(&self) -> u64;
}

/// A source of random bytes fit for tokens.
pub trait Random {
    /// Fills `into` with random bytes.
    fn fill(&self, into: &mut [u8]);
}

/// What an outgoing request brought.
pub struct Fetched {
    /// HTTP status of the answer.
    pub status: u16,
    /// `Content-Encoding` of the answer where the host has not decoded it.
    pub encoding: Option<String>,
    /// The body in chunks.
    pub body: LocalBoxStream<'static, Result<Bytes>>,
}

/// Outgoing HTTP requests: imports of `?url=`. A host that must ask its user first
/// does so here, and answers a forbidden error when the user says no.
#[async_trait(?Send)]
pub trait Http {
    /// Sends `GET url`.
    async fn get(&self, url: &str) -> Result<Fetched>;

    /// Sends a request.
    async fn send(&self, request: Outgoing) -> Result<Fetched> {
        NoNetwork.get(&request.url).await
    }

    /// Resolves after so many milliseconds, before a request is made again; at once for hosts
    /// without timers.
    async fn pause(&self, millis: u64) {
        let _ = millis;
    }
}

/// A request to another host.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// `PUT`, `POST`, `HEAD`.
    pub method: &'static str,
    /// Address.
    pub url: String,
    /// Header fields.
    pub headers: Vec<(String, String)>,
    /// Body; empty for none.
    pub body: Bytes,
}

/// A host without a network: every request is refused.
pub struct NoNetwork;

#[async_trait(?Send)]
impl Http for NoNetwork {
    async fn get(&self, url: &str) -> Result<Fetched> {
        Err(crate::Error::invalid(format!(
            "cannot fetch {url}: this instance has no network access; upload the file instead"
        )))
    }
}

/// Version 4 UUID text from `random`.
pub fn uuid(random: &dyn Random) -> String {
    let mut bytes = [0u8; 16];
    random.fill(&mut bytes);
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex = hex(&bytes);
    let (a, rest) = hex.split_at(8);
    let (b, rest) = rest.split_at(4);
    let (c, rest) = rest.split_at(4);
    let (d, e) = rest.split_at(4);
    format!("{a}-{b}-{c}-{d}-{e}")
}

/// Resource id: `t_` and 32 hexadecimal digits.
pub fn resource_id(random: &dyn Random) -> String {
    let mut bytes = [0u8; 16];
    random.fill(&mut bytes);
    format!("t_{}", hex(&bytes))
}

/// Hexadecimal digits of bytes.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `2024-05-01 10:00:00.000001` of microseconds since the epoch: the form of v0 documents.
pub fn timestamp_text(micros: i64) -> String {
    chrono::DateTime::from_timestamp_micros(micros)
        .unwrap_or_default()
        .format("%Y-%m-%d %H:%M:%S%.6f")
        .to_string()
}
