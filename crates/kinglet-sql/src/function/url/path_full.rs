//! `pathFull`: the path of a URL with query and fragment.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::parts;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct PathFull;

static SPEC: Spec = Spec {
    name: "pathFull",
    category: "url",
    syntax: "pathFull(url)",
    summary: "The path of a URL with its query and fragment.",
    arguments: &[("url", "String")],
    returns: "String",
    examples: &[Example { sql: "pathFull('https://example.com/a/b?c=1#d')", answer: "/a/b?c=1#d" }],
    ..Spec::EMPTY
};

impl Function for PathFull {
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
            out.extend_from_slice(parts::path_full(url.get(row)));
            Ok(())
        })
    }
}
