//! `timeZone`: the zone of the session.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Example, Function, Spec, Stability, result};

pub(in crate::function) struct TimeZone;

static SPEC: Spec = Spec {
    name: "timeZone",
    aliases: &["timezone"],
    category: "date",
    syntax: "timeZone()",
    summary: "The time zone of the session.",
    arguments: &[],
    returns: "String",
    examples: &[Example { sql: "timeZone()", answer: "UTC" }],
    stability: Stability::PerQuery,
    ..Spec::EMPTY
};

impl Function for TimeZone {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=0)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        result::texts(call.rows, |_, out| {
            out.extend_from_slice(call.environment.time_zone.name().as_bytes());
            Ok(())
        })
    }
}
