//! `serverTimezone`: the time zone of the engine.

use crate::function::{Args, Call, Case, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ServerTimezone;

static SPEC: Spec = Spec {
    name: "serverTimezone",
    aliases: &["serverTimeZone"],
    case: Case::Insensitive,
    category: "date",
    syntax: "serverTimezone()",
    summary: "The time zone of the engine.",
    arguments: &[],
    returns: "String",
    examples: &[Example { sql: "serverTimezone()", answer: "Etc/UTC" }],
    ..Spec::EMPTY
};

impl Function for ServerTimezone {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=0)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        result::texts(call.rows, |_, out| {
            out.extend_from_slice(b"Etc/UTC");
            Ok(())
        })
    }
}
