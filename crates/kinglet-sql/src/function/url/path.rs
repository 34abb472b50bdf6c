//! `path`: the path of a URL.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::parts;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct Path;

static SPEC: Spec = Spec {
    name: "path",
    category: "url",
    syntax: "path(url)",
    summary: "The path of a URL, without query and fragment.",
    arguments: &[("url", "String")],
    returns: "String",
    examples: &[Example { sql: "path('https://example.com/a/b?c=1#d')", answer: "/a/b" }],
    ..Spec::EMPTY
};

impl Function for Path {
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
            out.extend_from_slice(parts::path(url.get(row)));
            Ok(())
        })
    }
}
