//! `version`: the version of ClickHouse whose answers are given.

use crate::function::{Args, Call, Case, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct Version;

static SPEC: Spec = Spec {
    name: "version",
    case: Case::Insensitive,
    category: "other",
    syntax: "version()",
    summary: "The version of ClickHouse whose answers are given.",
    arguments: &[],
    returns: "String",
    examples: &[Example { sql: "version()", answer: "26.9.2.1" }],
    ..Spec::EMPTY
};

impl Function for Version {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=0)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        result::texts(call.rows, |_, out| {
            out.extend_from_slice(b"26.9.2.1");
            Ok(())
        })
    }
}
