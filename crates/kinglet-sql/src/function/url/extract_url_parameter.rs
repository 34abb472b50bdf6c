//! `extractURLParameter`: a parameter of the query of a URL.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::parts;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ExtractUrlParameter;

static SPEC: Spec = Spec {
    name: "extractURLParameter",
    category: "url",
    syntax: "extractURLParameter(url, name)",
    summary: "The value of the first parameter of that name in the query or the fragment, not decoded; empty if there is none.",
    arguments: &[("url", "String"), ("name", "String")],
    returns: "String",
    examples: &[Example { sql: "extractURLParameter('https://example.com/?a=1&b=2', 'b')", answer: "2" }],
    ..Spec::EMPTY
};

impl Function for ExtractUrlParameter {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, ChType::is_text)?;
        args.expect(1, ChType::is_text)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (url, name) = (call.bytes(0)?, call.bytes(1)?);
        result::texts(call.rows, |row, out| {
            out.extend_from_slice(parts::parameter(url.get(row), name.get(row)));
            Ok(())
        })
    }
}
