//! `fragment`: the fragment of a URL.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::parts;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct Fragment;

static SPEC: Spec = Spec {
    name: "fragment",
    category: "url",
    syntax: "fragment(url)",
    summary: "What follows the first `#` of a URL.",
    arguments: &[("url", "String")],
    returns: "String",
    examples: &[Example { sql: "fragment('https://example.com/#top')", answer: "top" }],
    ..Spec::EMPTY
};

impl Function for Fragment {
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
            out.extend_from_slice(parts::fragment(url.get(row)));
            Ok(())
        })
    }
}
