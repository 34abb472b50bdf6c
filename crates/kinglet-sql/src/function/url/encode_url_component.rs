//! `encodeURLComponent`: a text with percent codes.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::parts;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct EncodeUrlComponent;

static SPEC: Spec = Spec {
    name: "encodeURLComponent",
    category: "url",
    syntax: "encodeURLComponent(url)",
    summary: "Encodes everything but letters, digits and `-_.~` as `%XX`.",
    arguments: &[("url", "String")],
    returns: "String",
    examples: &[Example { sql: "encodeURLComponent('a b/c')", answer: "a%20b%2Fc" }],
    ..Spec::EMPTY
};

impl Function for EncodeUrlComponent {
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
            out.extend_from_slice(parts::encode(url.get(row), false).as_slice());
            Ok(())
        })
    }
}
