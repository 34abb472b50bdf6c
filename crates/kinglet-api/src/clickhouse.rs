//! ClickHouse's own HTTP interface: a second port natively, `/clickhouse/` in a tab.
//! Source: the manual's page "HTTP interface". There are no sessions; a statement that would
//! make or alter tables is refused.

mod credentials;
mod failure;
mod packing;

use crate::answer;
use crate::body::Body;
use crate::context::Context;
use crate::multipart::Multipart;
use crate::noted;
use crate::params::Params;
use crate::request::Method;
use crate::response::Response;
use bytes::Bytes;
use kinglet_workspace::clickhouse::{ClickhouseAnswer, ClickhouseCall, Summary};
use kinglet_workspace::import::Encoding;
use kinglet_workspace::query::Answer;
use kinglet_workspace::{Error, Result, host};
use packing::Packing;

/// Largest body: a statement with its data.
const MAX_BODY_BYTES: usize = 256 << 20;

/// Most bytes that are kept for a client that waits for the end of its query.
const MAX_WAITING_BYTES: usize = 512 << 20;

/// Parameters that are no settings.
const RESERVED: &[&str] = &[
    "query",
    "query_id",
    "user",
    "password",
    "token",
    "database",
    "default_format",
    "compress",
    "decompress",
    "wait_end_of_query",
    "buffer_size",
    "session_id",
    "session_timeout",
    "session_check",
    "close_session",
    "quota_key",
    "stacktrace",
    "role",
    "client_protocol_version",
    "from",
    "cli_version",
];

/// Answers any request to the interface; `path` is below its root.
pub(crate) async fn answered(context: Context, path: &str) -> Response {
    let id = match context.query.get("query_id").filter(|id| !id.is_empty()) {
        Some(id) => id.to_owned(),
        None => host::uuid(&*context.instance.components().random),
    };
    let response = match path.trim_matches('/') {
        "ping" | "replicas_status" => answer::text(200, "Ok.\n"),
        "" => statement(context).await.unwrap_or_else(|error| failure::response(&error)),
        other => answer::text(404, format!("There is no handle /{other}: queries go to / or ?query=\n")),
    };
    response
        .with_header("x-clickhouse-query-id", id)
        .with_header("x-clickhouse-server-display-name", "kinglet")
        .with_header("x-clickhouse-timezone", "UTC")
}

/// What a request says, besides who sends it.
struct Asked {
    call: ClickhouseCall,
    params: Params,
    packing: Packing,
}

async fn statement(mut context: Context) -> Result<Response> {
    let is_read = matches!(context.method, Method::Get | Method::Head);
    if is_read && context.query.get("query").is_none() {
        return Ok(answer::text(200, "Ok.\n"));
    }
    let caller = credentials::caller(&context)?;
    let info = noted::info(&context, &caller, None);
    let asked = Asked::of(&mut context).await?;
    let call = ClickhouseCall { info: Some(info.clone()), is_read, ..asked.call };
    let made = caller.workspace.ask_clickhouse(&caller.access, call).await;
    let answer = match made {
        Ok(ClickhouseAnswer::Rows(made)) => rows(made, &asked.params, asked.packing).await,
        Ok(ClickhouseAnswer::Done(summary)) => {
            let response = answer::text(200, "").with_header("x-clickhouse-summary", summary_text(&summary));
            Ok(response)
        }
        Err(error) => Err(error),
    };
    noted::outcome(&caller, &info, answer)
}

/// The rows of a query. Until a megabyte is out, a failure is an answer of its own; a client
/// that waits for the end always gets it so.
async fn rows(made: Answer, params: &Params, packing: Packing) -> Result<Response> {
    let (content_type, format, summary) = (made.content_type, made.format, made.summary);
    let mut response = if params.flag("wait_end_of_query") {
        let whole = Body::stream(made.chunks).collect(MAX_WAITING_BYTES).await?;
        Response::new(200).with_header("content-type", content_type).with_body(Body::full(whole))
    } else {
        answer::held_back(content_type, made.chunks).await?
    };
    response.headers.set("x-clickhouse-format", format);
    response.headers.set("x-clickhouse-summary", summary_text(&summary.get()));
    packing.pack(response)
}

fn summary_text(summary: &Summary) -> String {
    format!(
        "{{\"read_rows\":\"{}\",\"read_bytes\":\"{}\",\"written_rows\":\"{}\",\"written_bytes\":\"{}\",\
         \"total_rows_to_read\":\"{}\",\"result_rows\":\"{}\",\"result_bytes\":\"{}\",\"elapsed_ns\":\"{}\"}}",
        summary.read_rows,
        summary.read_bytes,
        summary.written_rows,
        summary.written_bytes,
        summary.read_rows,
        summary.result_rows,
        summary.result_bytes,
        summary.elapsed_nanos
    )
}

impl Asked {
    async fn of(context: &mut Context) -> Result<Asked> {
        let mut params = context.query.clone();
        let body = body_of(context, &mut params).await?;
        let mut call = ClickhouseCall::default();
        match params.get("query").filter(|query| !query.trim().is_empty()) {
            Some(query) => {
                call.statement = Bytes::from(query.to_owned());
                call.data = body;
            }
            None => call.statement = body,
        }
        let header = |name: &str| context.headers.get(name).filter(|value| !value.is_empty());
        let format = params.get("default_format").filter(|format| !format.is_empty());
        let format = format.or_else(|| header("x-clickhouse-format"));
        call.format = format.unwrap_or("TabSeparated").to_owned();
        let database = params.get("database").or_else(|| header("x-clickhouse-database"));
        call.database = database.filter(|name| !name.is_empty()).map(str::to_owned);
        for (name, value) in params.iter() {
            if let Some(parameter) = name.strip_prefix("param_") {
                call.parameters.insert(parameter.to_owned(), unescaped(value));
            } else if !RESERVED.contains(&name) {
                call.settings.insert(name.to_owned(), value.to_owned());
            }
        }
        let accepted = header("accept-encoding").unwrap_or_default();
        let packing = Packing::of(&params, accepted);
        Ok(Asked { call, params, packing })
    }
}

/// The request's body, unpacked. A multipart form adds parameters instead.
async fn body_of(context: &mut Context, params: &mut Params) -> Result<Bytes> {
    let content_type = context.headers.get("content-type").unwrap_or_default().to_owned();
    let encoding = context.headers.get("content-encoding").map(Encoding::from_header).transpose()?;
    let body = context.take_body();
    if content_type.starts_with("multipart/form-data") {
        let mut multipart = Multipart::new(&content_type, body)
            .ok_or_else(|| Error::invalid("the multipart body has no boundary in its Content-Type"))?;
        while let Some(head) = multipart.next_part().await? {
            let value = multipart.collect(MAX_BODY_BYTES).await?;
            params.push(head.name, String::from_utf8_lossy(&value).into_owned());
        }
        return Ok(Bytes::new());
    }
    let body = body.collect(MAX_BODY_BYTES).await?;
    let body = match encoding {
        None | Some(Encoding::Identity) => body,
        Some(encoding) => Bytes::from(encoding.unpacked(&body, MAX_BODY_BYTES)?),
    };
    if params.flag("decompress") {
        packing::unpack_blocks(&body, MAX_BODY_BYTES).map(Bytes::from)
    } else {
        Ok(body)
    }
}

/// Values of parameters are escaped as those of the format TabSeparated.
fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            out.push(character);
            continue;
        }
        out.push(match characters.next() {
            Some('n') => '\n',
            Some('t') => '\t',
            Some('r') => '\r',
            Some('0') => '\0',
            Some('b') => '\u{8}',
            Some('f') => '\u{c}',
            Some(other) => other,
            None => '\\',
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_unescaped() {
        for (escaped, value) in [("a\\tb\\\\n\\'", "a\tb\\n'"), ("é\\", "é\\"), ("", "")] {
            assert_eq!(unescaped(escaped), value);
        }
    }
}
