//! `topLevelDomain`: the last label of the host of a URL.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::parts;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct TopLevelDomain;

static SPEC: Spec = Spec {
    name: "topLevelDomain",
    category: "url",
    syntax: "topLevelDomain(url)",
    summary: "What follows the last dot of the host; empty for addresses.",
    arguments: &[("url", "String")],
    returns: "String",
    examples: &[Example { sql: "topLevelDomain('https://example.co.uk/')", answer: "uk" }],
    ..Spec::EMPTY
};

impl Function for TopLevelDomain {
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
            out.extend_from_slice(parts::top_level(parts::domain(url.get(row))));
            Ok(())
        })
    }
}
