//! `toTimeZone`: a time shown in another zone.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct ToTimeZone;

static SPEC: Spec = Spec {
    name: "toTimeZone",
    aliases: &["toTimezone"],
    category: "date",
    syntax: "toTimeZone(time, zone)",
    summary: "The same moment, shown in another time zone.",
    arguments: &[("time", "DateTime or DateTime64"), ("zone", "String, constant")],
    returns: "The type of the time with that zone.",
    examples: &[Example {
        sql: "toTimeZone(toDateTime('2024-02-29 12:00:00', 'UTC'), 'America/New_York')",
        answer: "2024-02-29 07:00:00",
    }],
    ..Spec::EMPTY
};

impl Function for ToTimeZone {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        let zone = args.constant_text(1)?;
        super::moments::parse_zone(&zone)?;
        let zone = Some(zone.as_str().into());
        Ok(match args.expect(0, ChType::is_date_time)? {
            ChType::DateTime64(precision, _) => ChType::DateTime64(*precision, zone),
            _ => ChType::DateTime(zone),
        })
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        Ok(call.arg(0)?.expanded(call.rows))
    }
}
