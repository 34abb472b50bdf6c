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
pub(crate) const PATH: &AsciiSet =
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
        let destination = self.destination(node.setting("export_connection_name").unwrap_or_default())?;
        let uri = node.setting("export_bucket_uri").unwrap_or_default();
        let path = uri.split_once("://").map_or(uri, |(_, path)| path).trim_matches('/');
        let path = if path.is_empty() { String::new() } else { format!("{path}/") };
        let (address, service) = match &destination {
            Destination::S3 { endpoint, .. } => (endpoint, "s3"),
            Destination::Http { url, .. } => (url, "http"),
        };
        let base = format!("{}/{}", address.trim_end_matches('/'), utf8_percent_encode(&path, PATH));
        Ok(Place { base, service, destination })
    }

    /// Where a connection writes to and reads from: what was set for it, else a bucket of
    /// Amazon's or Google's that its file has a key for.
    ///
    /// # Errors
    /// Kind `Conflict` for neither.
    pub(crate) fn destination(&self, connection: &str) -> Result<Destination> {
        let found = self.deliveries()?.into_iter().find(|delivery| delivery.connection == connection);
        if let Some(delivery) = found {
            return Ok(delivery.destination);
        }
        self.destination_of_file(connection).ok_or_else(|| {
            Error::conflict(format!(
                "the connection '{connection}' delivers nowhere yet: say where with PUT /v0/deliveries/{connection}"
            ))
        })
    }

    /// A value of a connection's file; `{{ tb_secret("name") }}` stands for a secret.
    fn with_secret(&self, value: &str) -> String {
        let named = value.split_once("tb_secret(").and_then(|(_, rest)| rest.split(['"', '\'']).nth(1));
        match named {
            Some(name) => self.state().secrets.get(name).cloned().unwrap_or_default(),
            None => value.to_owned(),
        }
    }

    /// What kind of service a connection's file names: `s3`, `gcs`, `kafka`.
    pub fn connection_type(&self, connection: &str) -> Option<String> {
        let project = self.project();
        let text = project.files.get(project.connections.get(connection)?)?;
        let parsed = kinglet_datafile::parse_connection(text, &kinglet_datafile::Options::new(connection));
        parsed.value.r#type.map(|kind| kind.to_ascii_lowercase())
    }

    fn destination_of_file(&self, connection: &str) -> Option<Destination> {
        let project = self.project();
        let text = project.files.get(project.connections.get(connection)?)?;
        let parsed =
            kinglet_datafile::parse_connection(text, &kinglet_datafile::Options::new(connection)).value;
        let setting =
            |name: &str| Some(self.with_secret(parsed.settings.get(name)?)).filter(|value| !value.is_empty());
        if let (Some(access_key), Some(secret)) = (setting("s3_access_key"), setting("s3_secret")) {
            let region = setting("s3_region").unwrap_or_else(|| "us-east-1".to_owned());
            let endpoint = format!("https://s3.{region}.amazonaws.com");
            return Some(Destination::S3 { endpoint, region, access_key, secret });
        }
        let (access_key, secret) = (setting("gcs_hmac_access_id")?, setting("gcs_hmac_secret")?);
        let endpoint = "https://storage.googleapis.com".to_owned();
        Some(Destination::S3 { endpoint, region: "auto".to_owned(), access_key, secret })
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

    async fn request(&self, place: &Place, method: &'static str, name: &str, body: Bytes) -> Result<Fetched> {
        let url = format!("{}{}", place.base, utf8_percent_encode(name, PATH));
        self.ask(&place.destination, method, &url, body).await
    }

    /// Makes a request, again where the server or the network failed in passing.
    pub(crate) async fn ask(
        &self,
        destination: &Destination,
        method: &'static str,
        url: &str,
        body: Bytes,
    ) -> Result<Fetched> {
        let http = &self.shared.components.http;
        let mut pause = FIRST_PAUSE_MS;
        for attempt in 1.. {
            let outcome = http.send(self.outgoing(destination, method, url, body.clone())?).await;
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

    fn outgoing(
        &self,
        destination: &Destination,
        method: &'static str,
        url: &str,
        body: Bytes,
    ) -> Result<Outgoing> {
        let headers = match destination {
            Destination::Http { headers, .. } => headers.clone(),
            Destination::S3 { region, access_key, secret, .. } => {
                let host = host_of(url)?;
                let path =
                    url.split_once("://").and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)));
                let (path, query) = path.map_or(("/", ""), |path| path.split_once('?').unwrap_or((path, "")));
                let time = amazon_time(self.shared.now());
                let signing =
                    Signing { method, path, query, host: &host, headers: &[], body: &body, time: &time };
                headers(&signing, &Credentials { access_key, secret, region })?
            }
        };
        Ok(Outgoing { method, url: url.to_owned(), headers, body })
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
