//! Where connections deliver: settings of the workspace, and sending to them.

use super::signature::{Credentials, Signing, headers};
use crate::error::{Error, Kind, Result};
use crate::host::{Fetched, Outgoing};
use crate::network::host_of;
use crate::record::{decode, encode};
use crate::resource::Node;
use crate::workspace::Workspace;
use bytes::Bytes;
use kinglet_storage::Durability;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

/// How often a request is made at most, and how long to wait before the second time.
const TRIES: u32 = 4;
const FIRST_PAUSE_MS: u64 = 200;

/// What stays as it is in a path.
const PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/').remove(b'=');

/// Where a connection delivers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Destination {
    /// A bucket of S3 or of a server that speaks like it; the address of the server, the
    /// bucket being the first part of the path.
    S3 {
        /// `https://s3.eu-west-1.amazonaws.com`, `http://127.0.0.1:9000`.
        endpoint: String,
        /// Region that signatures name.
        region: String,
        /// Access key.
        access_key: String,
        /// Secret key. Any page of this origin can read it.
        secret: String,
    },
    /// A server that takes files.
    Http {
        /// Address that files' names are added to.
        url: String,
        /// `PUT` or `POST`.
        method: String,
        /// Further headers.
        #[serde(default)]
        headers: Vec<(String, String)>,
    },
}

/// A connection's destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Name of the connection.
    pub connection: String,
    /// Where it delivers.
    pub destination: Destination,
}

/// Where one sink's files go.
pub(super) struct Place {
    /// What its files' names are added to.
    pub(super) base: String,
    /// `s3` or `http`.
    pub(super) service: &'static str,
    destination: Destination,
}

impl Place {
    /// True where one can ask whether a file is there.
    pub(super) fn can_look(&self) -> bool {
        matches!(self.destination, Destination::S3 { .. })
    }
}

impl Workspace {
    /// Where connections deliver, by name.
    ///
    /// # Errors
    /// A stored setting is damaged.
    pub fn deliveries(&self) -> Result<Vec<Delivery>> {
        let prefix = self.key("delivery/");
        let snapshot = self.snapshot()?;
        let stored = snapshot.values(&prefix);
        stored
            .map(|(key, bytes)| {
                let connection = key.strip_prefix(&prefix).unwrap_or(key).to_owned();
                Ok(Delivery { connection, destination: decode(key, bytes)? })
            })
            .collect()
    }

    /// Sets where a connection delivers, or that it delivers nowhere.
    ///
    /// # Errors
    /// Kind `Invalid` for an address that is none.
    pub async fn set_delivery(&self, connection: &str, destination: Option<Destination>) -> Result<()> {
        let key = self.key(&format!("delivery/{connection}"));
        let mut transaction = self.shared.store.begin();
        match destination {
            Some(destination) => {
                let (Destination::S3 { endpoint: address, .. } | Destination::Http { url: address, .. }) =
                    &destination;
                host_of(address)?;
                transaction.put(&key, encode(&destination)?)
            }
            None => transaction.remove(&key),
        };
        transaction.commit(Durability::Flushed).await?;
        Ok(())
    }

    /// Where a sink's files go.
    pub(super) fn place_of(&self, node: &Node) -> Result<Place> {
        let connection = node.setting("export_connection_name").unwrap_or_default();
        let found = self.deliveries()?.into_iter().find(|delivery| delivery.connection == connection);
        let delivery = found.ok_or_else(|| {
            Error::conflict(format!(
                "the connection '{connection}' delivers nowhere yet: say where with PUT /v0/deliveries/{connection}"
            ))
        })?;
        let uri = node.setting("export_bucket_uri").unwrap_or_default();
        let path = uri.split_once("://").map_or(uri, |(_, path)| path).trim_matches('/');
        let path = if path.is_empty() { String::new() } else { format!("{path}/") };
        let (address, service) = match &delivery.destination {
            Destination::S3 { endpoint, .. } => (endpoint, "s3"),
            Destination::Http { url, .. } => (url, "http"),
        };
        let base = format!("{}/{}", address.trim_end_matches('/'), utf8_percent_encode(&path, PATH));
        Ok(Place { base, service, destination: delivery.destination })
    }

    /// True when a file of this name is at the place.
    pub(super) async fn exists(&self, place: &Place, name: &str) -> Result<bool> {
        let answer = self.request(place, "HEAD", name, Bytes::new()).await?;
        match answer.status {
            200..=299 => Ok(true),
            404 => Ok(false),
            status => Err(refused("HEAD", &place.base, name, status)),
        }
    }

    /// Sends a file.
    pub(super) async fn put(&self, place: &Place, name: &str, body: Bytes) -> Result<()> {
        let method = match &place.destination {
            Destination::S3 { .. } => "PUT",
            Destination::Http { method, .. } if method.eq_ignore_ascii_case("post") => "POST",
            Destination::Http { .. } => "PUT",
        };
        let answer = self.request(place, method, name, body).await?;
        match answer.status {
            200..=299 => Ok(()),
            status => Err(refused(method, &place.base, name, status)),
        }
    }

    /// Makes a request, again where the server or the network failed in passing.
    async fn request(&self, place: &Place, method: &'static str, name: &str, body: Bytes) -> Result<Fetched> {
        let http = &self.shared.components.http;
        let mut pause = FIRST_PAUSE_MS;
        for attempt in 1.. {
            let outcome = http.send(self.outgoing(place, method, name, body.clone())?).await;
            let passes = match &outcome {
                Ok(answer) => answer.status == 429 || answer.status >= 500,
                Err(error) => error.kind() == Kind::Unavailable,
            };
            if !passes || attempt == TRIES {
                return outcome;
            }
            http.pause(pause).await;
            pause *= 4;
        }
        Err(Error::internal("no request was made"))
    }

    fn outgoing(&self, place: &Place, method: &'static str, name: &str, body: Bytes) -> Result<Outgoing> {
        let url = format!("{}{}", place.base, utf8_percent_encode(name, PATH));
        let headers = match &place.destination {
            Destination::Http { headers, .. } => headers.clone(),
            Destination::S3 { region, access_key, secret, .. } => {
                let host = host_of(&url)?;
                let path =
                    url.split_once("://").and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)));
                let time = amazon_time(self.shared.now());
                let signing = Signing {
                    method,
                    path: path.unwrap_or("/"),
                    host: &host,
                    headers: &[],
                    body: &body,
                    time: &time,
                };
                headers(&signing, &Credentials { access_key, secret, region })?
            }
        };
        Ok(Outgoing { method, url, headers, body })
    }
}

fn refused(method: &str, base: &str, name: &str, status: u16) -> Error {
    Error::invalid(format!("{method} {base}{name} answered status {status}"))
}

/// `20130524T000000Z`.
fn amazon_time(micros: i64) -> String {
    let text = crate::host::timestamp_text(micros);
    let digits: String = text.chars().take(19).filter(char::is_ascii_digit).collect();
    let (day, time) = digits.split_at(digits.len().min(8));
    format!("{day}T{time}Z")
}
