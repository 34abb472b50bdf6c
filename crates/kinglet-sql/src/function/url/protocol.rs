//! `protocol`: the scheme of a URL.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::parts;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct Protocol;

static SPEC: Spec = Spec {
    name: "protocol",
    category: "url",
    syntax: "protocol(url)",
    summary: "The scheme of a URL, without the colon.",
    arguments: &[("url", "String")],
    returns: "String",
    examples: &[Example { sql: "protocol('https://example.com/')", answer: "https" }],
    ..Spec::EMPTY
};

impl Function for Protocol {
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
            out.extend_from_slice(parts::protocol(url.get(row)));
            Ok(())
        })
    }
}
