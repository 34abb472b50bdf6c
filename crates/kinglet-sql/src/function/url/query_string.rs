//! `queryString`: the query of a URL.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::parts;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct QueryString;

static SPEC: Spec = Spec {
    name: "queryString",
    category: "url",
    syntax: "queryString(url)",
    summary: "The query of a URL, without the question mark and the fragment.",
    arguments: &[("url", "String")],
    returns: "String",
    examples: &[Example { sql: "queryString('https://example.com/?a=1&b=2#c')", answer: "a=1&b=2" }],
    ..Spec::EMPTY
};

impl Function for QueryString {
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
            out.extend_from_slice(parts::query(url.get(row)));
            Ok(())
        })
    }
}
