//! `formatDateTime`: a time written by a pattern.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::moments::{Moments, expect_moment};
use super::pattern::Moment;
use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct FormatDateTime;

static SPEC: Spec = Spec {
    name: "formatDateTime",
    aliases: &["DATE_FORMAT"],
    case: Case::Insensitive,
    category: "date",
    syntax: "formatDateTime(time, pattern[, zone])",
    summary: "The time written by a pattern of MySQL's `%` letters.",
    arguments: &[("time", "Date or DateTime"), ("pattern", "String"), ("zone", "String, constant")],
    returns: "String",
    examples: &[
        Example {
            sql: "formatDateTime(toDateTime('2024-02-29 13:45:10'), '%d/%m/%y %H:%i')",
            answer: "29/02/24 13:45",
        },
        Example { sql: "formatDateTime(toDate('2024-02-29'), '%F')", answer: "2024-02-29" },
    ],
    ..Spec::EMPTY
};

impl Function for FormatDateTime {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        expect_moment(args, 0)?;
        args.expect(1, ChType::is_text)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        formatted(call)
    }
}

/// The times of argument 1 by the patterns of argument 2, in the zone of argument 3.
pub(super) fn formatted(call: &Call<'_>) -> Result<ArrayRef> {
    let moments = Moments::read(call, 0, 2)?;
    let pattern = call.bytes(1)?;
    result::texts(call.rows, |row, out| {
        let moment = Moment::new(moments.local(row), moments.seconds(row), moments.nanoseconds(row));
        moment.write(pattern.get(row), out).map_err(|letter| {
            let message = format!("Wrong pattern of function {}: unknown letter {letter}", call.name);
            SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
        })
    })
}
