//! `encodeURLFormComponent`: a form text with percent codes and plus signs.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::parts;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct EncodeUrlFormComponent;

static SPEC: Spec = Spec {
    name: "encodeURLFormComponent",
    category: "url",
    syntax: "encodeURLFormComponent(url)",
    summary: "Encodes everything but letters, digits and `-_.~` as `%XX`, and a space as `+`.",
    arguments: &[("url", "String")],
    returns: "String",
    examples: &[Example { sql: "encodeURLFormComponent('a b/c')", answer: "a+b%2Fc" }],
    ..Spec::EMPTY
};

impl Function for EncodeUrlFormComponent {
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
            out.extend_from_slice(parts::encode(url.get(row), true).as_slice());
            Ok(())
        })
    }
}
