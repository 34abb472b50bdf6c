//! `domain`: the host of a URL.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::parts;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct Domain;

static SPEC: Spec = Spec {
    name: "domain",
    category: "url",
    syntax: "domain(url)",
    summary: "The host of a URL, without port and user; empty where there is none.",
    arguments: &[("url", "String")],
    returns: "String",
    examples: &[Example { sql: "domain('https://www.example.com:8080/a?b#c')", answer: "www.example.com" }],
    ..Spec::EMPTY
};

impl Function for Domain {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_text)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let url = call.bytes(0)?;
        result::texts(call.rows, |row, out| {
            out.extend_from_slice(parts::domain(url.get(row)));
            Ok(())
        })
    }
}
