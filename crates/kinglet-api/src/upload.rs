//! The file of a request, however it was sent: raw, as a multipart field, or by URL.

use crate::context::Context;
use crate::multipart::Multipart;
use crate::params::Params;
use bytes::Bytes;
use futures::stream::{LocalBoxStream, StreamExt};
use kinglet_workspace::import::{Encoding, Format, InsertName};
use kinglet_workspace::instance::Caller;
use kinglet_workspace::{Error, Outgoing, Result};

/// Largest form field and form body.
const MAX_FIELD_BYTES: usize = 4 << 20;

/// Keys by which a body is known to be a form, whatever its content type says.
const FORM_KEYS: &[&str] = &["url=", "name=", "mode=", "format=", "schema=", "replace_condition=", "q="];

/// A file on its way in, with the parameters of the query and of the form around it.
pub(crate) struct Upload {
    /// Parameters of the query, then of the form.
    pub(crate) params: Params,
    /// The file; `None` when there is none, and no URL either.
    pub(crate) body: Option<LocalBoxStream<'static, Result<Bytes>>>,
    /// Where the file comes from; empty for an uploaded one.
    pub(crate) url: String,
    /// What this insert is called, where it may be sent again.
    pub(crate) insert: Option<InsertName>,
    /// How it is packed, where that is said.
    pub(crate) encoding: Option<Encoding>,
    /// Name of the file, from the form or the URL.
    file_name: String,
    /// Name of the multipart field that holds it.
    field: String,
}

/// The parameters of a request without a file: of the query, then of the form that its
/// body is.
pub(crate) async fn form(context: &mut Context) -> Result<Params> {
    let mut params = context.query.clone();
    let body = context.take_body();
    let content_type = context.headers.get("content-type").unwrap_or_default();
    if !content_type.starts_with("multipart/") {
        let bytes = body.collect(MAX_FIELD_BYTES).await?;
        params.extend(Params::from_urlencoded(String::from_utf8_lossy(&bytes).trim()));
        return Ok(params);
    }
    let mut multipart = Multipart::new(content_type, body)
        .ok_or_else(|| Error::invalid("the multipart body has no boundary in its Content-Type"))?;
    while let Some(head) = multipart.next_part().await? {
        let value = multipart.collect(MAX_FIELD_BYTES).await?;
        params.push(head.name, String::from_utf8_lossy(&value).into_owned());
    }
    Ok(params)
}

/// The name that a client gave an insert: the header `x-kinglet-insert-id`, a UUID, which
/// our own clients send with every insert; or ClickHouse's `insert_deduplication_token`.
pub(crate) fn insert_name(context: &Context) -> Result<Option<InsertName>> {
    if let Some(id) = context.headers.get("x-kinglet-insert-id") {
        let is_uuid = id.len() == 36 && id.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
        if !is_uuid {
            return Err(Error::invalid("the header x-kinglet-insert-id must be a UUID"));
        }
        return Ok(Some(InsertName::Job(id.to_ascii_lowercase())));
    }
    let token = context.query.get("insert_deduplication_token").filter(|token| !token.is_empty());
    Ok(token.map(|token| InsertName::Token(token.to_owned())))
}

/// A header to fetch with, as `url_header=Name: value` gives it.
fn header(text: &str) -> Result<(String, String)> {
    let is_token = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    let parts = text.split_once(':').filter(|(name, value)| is_token(name) && !value.contains(['\r', '\n']));
    let (name, value) =
        parts.ok_or_else(|| Error::invalid(format!("url_header must be 'Name: value', not '{text}'")))?;
    Ok((name.to_ascii_lowercase(), value.trim().to_owned()))
}

impl Upload {
    /// Takes the file of a request; one that is at an address is fetched, where the caller's
    /// workspace may send requests to that host.
    pub(crate) async fn of(context: &mut Context, caller: &Caller) -> Result<Upload> {
        let mut upload = Upload {
            params: context.query.clone(),
            body: None,
            url: String::new(),
            encoding: context.headers.get("content-encoding").map(Encoding::from_header).transpose()?,
            insert: insert_name(context)?,
            file_name: String::new(),
            field: String::new(),
        };
        let body = context.take_body();
        let content_type = context.headers.get("content-type").unwrap_or_default().to_owned();
        if content_type.starts_with("multipart/") {
            let multipart = Multipart::new(&content_type, body)
                .ok_or_else(|| Error::invalid("the multipart body has no boundary in its Content-Type"))?;
            upload.take_multipart(multipart).await?;
        } else if content_type.starts_with("application/x-www-form-urlencoded") {
            let bytes = body.collect(MAX_FIELD_BYTES * 2).await?;
            upload.take_form_or_file(bytes);
        } else if body.known_len() != Some(0) {
            upload.body = Some(body.into_stream());
        }
        if let Some(url) = upload.params.get("url").filter(|url| !url.is_empty()).map(str::to_owned) {
            caller.workspace.check_host(&url)?;
            upload.fetch(context, url).await?;
        }
        Ok(upload)
    }

    async fn take_multipart(&mut self, mut multipart: Multipart) -> Result<()> {
        while let Some(head) = multipart.next_part().await? {
            let is_file =
                head.file_name.is_some() || matches!(&*head.name, "csv" | "ndjson" | "parquet" | "file");
            if is_file {
                if let Some(encoding) = &head.encoding {
                    self.encoding = Some(Encoding::from_header(encoding)?);
                }
                self.file_name = head.file_name.unwrap_or_default();
                self.field = head.name;
                self.body = Some(multipart.into_stream());
                return Ok(());
            }
            let value = multipart.collect(MAX_FIELD_BYTES).await?;
            self.params.push(head.name, String::from_utf8_lossy(&value).into_owned());
        }
        Ok(())
    }

    fn take_form_or_file(&mut self, bytes: Bytes) {
        let text = String::from_utf8_lossy(&bytes);
        if FORM_KEYS.iter().any(|key| text.starts_with(key)) {
            self.params.extend(Params::from_urlencoded(text.trim_end()));
        } else if !bytes.is_empty() {
            self.body = Some(futures::stream::iter([Ok(bytes)]).boxed_local());
        }
    }

    async fn fetch(&mut self, context: &Context, url: String) -> Result<()> {
        let http = &context.instance.components().http;
        let headers: Vec<(String, String)> =
            self.params.all("url_header").map(header).collect::<Result<_>>()?;
        let fetched = if headers.is_empty() {
            http.get(&url).await?
        } else {
            http.send(Outgoing { method: "GET", url: url.clone(), headers, body: Bytes::new() }).await?
        };
        if !(200..300).contains(&fetched.status) {
            let status = fetched.status;
            return Err(Error::invalid(format!("fetching {url} answered status {status}")));
        }
        self.encoding = fetched.encoding.as_deref().map(Encoding::from_header).transpose()?;
        self.body = Some(fetched.body);
        self.file_name = url.rsplit('/').next().unwrap_or_default().to_owned();
        self.url = url;
        Ok(())
    }

    /// The format that was asked for, or that names tell.
    ///
    /// # Errors
    /// Kind `Invalid` for a format nobody knows.
    pub(crate) fn format(&self) -> Result<Option<Format>> {
        if let Some(name) = self.params.get("format").filter(|name| !name.is_empty()) {
            let format = Format::from_name(name).ok_or_else(|| {
                Error::invalid(format!("format '{name}' is not supported; use csv, ndjson or parquet"))
            })?;
            return Ok(Some(if format == Format::Json { Format::Ndjson } else { format }));
        }
        let of_field = (self.field != "csv").then(|| Format::from_name(&self.field)).flatten();
        Ok(Format::of_file(&self.file_name).or(of_field))
    }

    /// The dialect's delimiter or escape character, where it was given.
    pub(crate) fn character(&self, name: &str) -> Result<Option<u8>> {
        let Some(text) = self.params.get(name).filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        let text = if text == "\\t" { "\t" } else { text };
        match text.as_bytes() {
            [byte] => Ok(Some(*byte)),
            _ => Err(Error::invalid(format!("{name} must be one ASCII character, not '{text}'"))),
        }
    }
}
