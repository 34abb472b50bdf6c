//! `port`: the port of a URL, or the default.

use super::parts;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct Port;

static SPEC: Spec = Spec {
    name: "port",
    category: "url",
    syntax: "port(url[, default])",
    summary: "The port of a URL, or the default.",
    arguments: &[("url", "String"), ("default", "UInt16, 0 if left out")],
    returns: "UInt16",
    examples: &[
        Example { sql: "port('http://example.com:8080/a')", answer: "8080" },
        Example { sql: "port('http://example.com/', toUInt16(80))", answer: "80" },
    ],
    ..Spec::EMPTY
};

impl Function for Port {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=2)?;
        args.expect(0, ChType::is_text)?;
        Ok(ChType::UInt16)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        found(call, parts::domain)
    }
}

/// The port after the host, or argument 2.
pub(super) fn found(call: &Call<'_>, host: fn(&[u8]) -> &[u8]) -> Result<ArrayRef> {
    let urls = call.bytes(0)?;
    let default = if call.args.len() > 1 { call.ints(1)?.get(0) } else { 0 };
    result::ints(call.result, call.rows, |row| {
        let url = urls.get(row);
        let host = host(url);
        let found = memchr::memmem::find(url, host).filter(|_| !host.is_empty());
        let rest = found.and_then(|at| url.get(at + host.len()..)).and_then(|rest| rest.strip_prefix(b":"));
        let digits = rest.map(|rest| {
            let end = rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
            rest.get(..end).unwrap_or_default()
        });
        let port = digits.and_then(|digits| std::str::from_utf8(digits).ok()?.parse::<u16>().ok());
        Ok(port.map_or(default, i64::from))
    })
}
