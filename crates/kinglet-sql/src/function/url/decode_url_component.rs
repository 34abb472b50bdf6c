//! `decodeURLComponent`: a text with percent codes decoded.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::parts;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct DecodeUrlComponent;

static SPEC: Spec = Spec {
    name: "decodeURLComponent",
    category: "url",
    syntax: "decodeURLComponent(url)",
    summary: "Decodes `%XX`; everything else stays.",
    arguments: &[("url", "String")],
    returns: "String",
    examples: &[Example { sql: "decodeURLComponent('a%20b+c')", answer: "a b+c" }],
    ..Spec::EMPTY
};

impl Function for DecodeUrlComponent {
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
            out.extend_from_slice(parts::decode(url.get(row), false).as_slice());
            Ok(())
        })
    }
}
