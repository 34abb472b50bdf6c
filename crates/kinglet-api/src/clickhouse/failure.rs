//! Failures as ClickHouse tells them: a line of text, the code in a header, and a status that
//! depends on the code.

use crate::answer;
use crate::response::Response;
use kinglet_workspace::{Error, Kind};

/// The version whose dialect is spoken here.
const VERSION: &str = "26.9.1.1";

/// The answer for a failure.
pub(super) fn response(error: &Error) -> Response {
    let code = code_of(error);
    let named = error.clone().with_code(code);
    let name = named.code_name().unwrap_or("UNKNOWN");
    let message = named.engine_message().trim_end().trim_end_matches('.');
    let text = format!("Code: {code}. DB::Exception: {message}. ({name}) (version {VERSION} (kinglet))\n");
    let mut response = answer::text(status_of(code, error.kind()), text)
        .with_header("x-clickhouse-exception-code", code.to_string());
    if let Some(rate) = error.rate() {
        answer::tell_rate(&mut response, rate);
    }
    if let Some(secs) = error.retry_after_secs() {
        response.headers.set("retry-after", secs.to_string());
    }
    response
}

/// ClickHouse's code of an error that the engine did not raise.
fn code_of(error: &Error) -> i32 {
    error.code().unwrap_or(match error.kind() {
        Kind::Invalid | Kind::Conflict => 36,
        Kind::Forbidden => 497,
        Kind::NotFound => 60,
        Kind::TooLarge => 307,
        Kind::Timeout => 159,
        Kind::Limit => 202,
        Kind::Data => 117,
        Kind::Unavailable => 210,
        Kind::Internal => 49,
    })
}

/// HTTP status of a code, as ClickHouse's `exceptionCodeToHTTPStatus` has it.
fn status_of(code: i32, kind: Kind) -> u16 {
    match code {
        194 => 401,
        192 | 193 | 497 | 512 | 516 => 403,
        46 | 47 | 50 | 56 | 60 | 63 | 73 | 78 | 81 | 115 => 404,
        48 => 501,
        159 => 408,
        202 => 429,
        307 => 413,
        209 | 210 => 503,
        8
        | 15
        | 20
        | 26
        | 27
        | 34..=36
        | 38
        | 41..=44
        | 53
        | 62
        | 69
        | 70
        | 72
        | 117
        | 215
        | 321
        | 386
        | 427
        | 456
        | 457 => 400,
        _ if kind == Kind::Limit => 429,
        _ => 500,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::block_on;

    #[test]
    fn a_failure_reads_as_clickhouse_writes_it() {
        let error = Error::invalid("[Error] Unknown identifier `x` (UNKNOWN_IDENTIFIER)").with_code(47);
        let response = response(&error);
        assert_eq!(response.status, 404);
        assert_eq!(response.headers.get("X-ClickHouse-Exception-Code"), Some("47"));
        let text = block_on(response.body.collect(1000)).unwrap();
        let expected = "Code: 47. DB::Exception: Unknown identifier `x`. (UNKNOWN_IDENTIFIER) (version ";
        assert!(text.starts_with(expected.as_bytes()), "{text:?}");
    }
}
