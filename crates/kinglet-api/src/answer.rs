//! Making responses: JSON documents, texts, errors, and streams held back.

use crate::body::Body;
use crate::json_value::json_of;
use crate::response::Response;
use crate::status;
use bytes::Bytes;
use futures::stream::{self, LocalBoxStream, StreamExt};
use kinglet_workspace::template::Value as TemplateValue;
use kinglet_workspace::{Error, ErrorPlace, RateState, Result};
use serde_json::{Value, json};

/// Bytes of a stream that are awaited before the status is decided.
const HELD_BACK_BYTES: usize = 1 << 20;

/// Where the behaviour that this API follows is written down.
const DOCUMENTATION: &str = "https://www.tinybird.co/docs/api-reference";

/// A JSON document.
pub(crate) fn json(status: u16, document: &Value) -> Response {
    Response::new(status)
        .with_header("content-type", "application/json; charset=utf-8")
        .with_body(Body::full(document.to_string()))
}

/// Plain text.
pub(crate) fn text(status: u16, text: impl Into<Bytes>) -> Response {
    Response::new(status).with_header("content-type", "text/plain; charset=utf-8").with_body(Body::full(text))
}

/// A file of the project. Tinybird's command line takes the body for text only when the type
/// is exactly this.
pub(crate) fn file(text: impl Into<Bytes>) -> Response {
    Response::new(200).with_header("content-type", "text/plain").with_body(Body::full(text))
}

/// An error as clients expect it.
pub(crate) fn error(error: &Error) -> Response {
    if let Some((status, body)) = error.custom() {
        return match body {
            TemplateValue::String(message) => json(status, &json!({"error": message})),
            body => json(status, &json_of(body)),
        };
    }
    let status = status::of(error.kind());
    let document = match error.place() {
        None => json!({"error": error.message(), "documentation": DOCUMENTATION}),
        Some(ErrorPlace { file, line, column }) => {
            let place = match file {
                Some(file) => json!({"file": file, "line": line, "column": column}),
                None => json!({"line": line, "column": column}),
            };
            json!({"error": error.message(), "documentation": DOCUMENTATION, "place": place})
        }
    };
    let mut response = json(status, &document);
    if let Some(code) = error.code() {
        response.headers.set("x-db-exception-code", code.to_string());
    }
    if let Some(rate) = error.rate() {
        tell_rate(&mut response, rate);
    }
    if let Some(secs) = error.retry_after_secs() {
        response.headers.set("retry-after", secs.to_string());
    }
    response
}

/// Tells where the caller's token stands with its limit.
pub(crate) fn tell_rate(response: &mut Response, rate: RateState) {
    response.headers.set("x-ratelimit-limit", rate.limit.to_string());
    response.headers.set("x-ratelimit-remaining", rate.remaining.to_string());
    response.headers.set("x-ratelimit-reset", rate.reset_secs.to_string());
}

/// A streamed body: awaits the first megabyte (or the end), so that a failure until then
/// is an ordinary error response; a later one ends the body with an error.
pub(crate) async fn held_back(
    content_type: &str,
    mut chunks: LocalBoxStream<'static, Result<Bytes>>,
) -> Result<Response> {
    let mut head = Vec::new();
    let mut held = 0;
    let mut ended = false;
    while held < HELD_BACK_BYTES {
        match chunks.next().await {
            Some(chunk) => {
                let chunk = chunk?;
                held += chunk.len();
                head.push(chunk);
            }
            None => {
                ended = true;
                break;
            }
        }
    }
    let body = if ended {
        Body::full(head.concat())
    } else {
        Body::stream(stream::iter(head.into_iter().map(Ok)).chain(chunks))
    };
    Ok(Response::new(200).with_header("content-type", content_type).with_body(body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::block_on;

    fn failing_after(good: usize, chunk: usize) -> LocalBoxStream<'static, Result<Bytes>> {
        let chunks = (0..good).map(move |_| Ok(Bytes::from(vec![b'x'; chunk])));
        stream::iter(chunks).chain(stream::iter([Err(Error::invalid("late"))])).boxed_local()
    }

    #[test]
    fn a_failure_in_the_first_megabyte_is_an_error_response() {
        let result = block_on(held_back("text/csv", failing_after(10, 1000)));
        assert_eq!(result.err(), Some(Error::invalid("late")));
    }

    #[test]
    fn a_later_failure_cuts_the_body() {
        let response = block_on(held_back("text/csv", failing_after(30, 1 << 16))).unwrap();
        assert_eq!(response.status, 200);
        assert_eq!(response.body.known_len(), None);
        let collected = block_on(response.body.collect(1 << 30));
        assert_eq!(collected.err(), Some(Error::invalid("late")));
    }
}
