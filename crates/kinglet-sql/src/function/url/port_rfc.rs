//! `portRFC`: as port, by RFC 3986.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::parts;
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct PortRfc;

static SPEC: Spec = Spec {
    name: "portRFC",
    category: "url",
    syntax: "portRFC(url[, default])",
    summary: "As port, by RFC 3986: user and password may stand before the host.",
    arguments: &[("url", "String"), ("default", "UInt16, 0 if left out")],
    returns: "UInt16",
    examples: &[Example { sql: "portRFC('http://user:password@example.com:8080/a')", answer: "8080" }],
    ..Spec::EMPTY
};

impl Function for PortRfc {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=2)?;
        args.expect(0, ChType::is_text)?;
        Ok(ChType::UInt16)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::port::found(call, parts::domain_rfc)
    }
}
