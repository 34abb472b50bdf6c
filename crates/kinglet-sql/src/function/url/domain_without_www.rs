//! `domainWithoutWWW`: the host of a URL without a leading www.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::parts;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct DomainWithoutWww;

static SPEC: Spec = Spec {
    name: "domainWithoutWWW",
    category: "url",
    syntax: "domainWithoutWWW(url)",
    summary: "The host of a URL without a leading `www.`.",
    arguments: &[("url", "String")],
    returns: "String",
    examples: &[Example { sql: "domainWithoutWWW('https://www.example.com/')", answer: "example.com" }],
    ..Spec::EMPTY
};

impl Function for DomainWithoutWww {
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
            out.extend_from_slice(parts::without_www(parts::domain(url.get(row))));
            Ok(())
        })
    }
}
