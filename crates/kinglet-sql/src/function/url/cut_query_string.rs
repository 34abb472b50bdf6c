//! `cutQueryString`: a URL without its query.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::parts;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct CutQueryString;

static SPEC: Spec = Spec {
    name: "cutQueryString",
    category: "url",
    syntax: "cutQueryString(url)",
    summary: "The URL without its query, question mark included.",
    arguments: &[("url", "String")],
    returns: "String",
    examples: &[Example {
        sql: "cutQueryString('https://example.com/?a=1#b')",
        answer: "https://example.com/#b",
    }],
    ..Spec::EMPTY
};

impl Function for CutQueryString {
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
            out.extend_from_slice(parts::without_query(url.get(row)).as_slice());
            Ok(())
        })
    }
}
