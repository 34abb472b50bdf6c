//! `timezoneOf`: the name of the time zone of a time.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Case, Example, Function, Nulls, Spec, result};

pub(in crate::function) struct TimezoneOf;

static SPEC: Spec = Spec {
    name: "timezoneOf",
    aliases: &["timeZoneOf"],
    case: Case::Insensitive,
    category: "date",
    syntax: "timezoneOf(time)",
    summary: "The name of the time zone of a time.",
    arguments: &[("time", "DateTime")],
    returns: "String",
    examples: &[Example {
        sql: "timezoneOf(toDateTime('2024-02-29 12:00:00', 'Asia/Tokyo'))",
        answer: "Asia/Tokyo",
    }],
    ..Spec::EMPTY
};

impl Function for TimezoneOf {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_date_time)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let zone = call.environment.zone_of(call.ty(0));
        result::texts(call.rows, |_, out| {
            out.extend_from_slice(zone.name().as_bytes());
            Ok(())
        })
    }
}
