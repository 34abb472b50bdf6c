//! `formatReadableTimeDelta`: A number of seconds in years, months, days, hours, minutes and seconds.

use crate::function::{Args, Call, Column, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct FormatReadableTimeDelta;

static SPEC: Spec = Spec {
    name: "formatReadableTimeDelta",
    category: "other",
    syntax: "formatReadableTimeDelta(seconds[, largest[, smallest]])",
    summary: "A number of seconds in years, months, days, hours, minutes and seconds.",
    arguments: &[
        ("seconds", "Number"),
        ("largest", "Name of the largest unit, constant"),
        ("smallest", "Name of the smallest unit, constant; seconds if left out"),
    ],
    returns: "String",
    examples: &[
        Example {
            sql: "formatReadableTimeDelta(432546534)",
            answer: "13 years, 8 months, 17 days, 7 hours, 48 minutes and 54 seconds",
        },
        Example {
            sql: "formatReadableTimeDelta(3661.5, 'hours', 'milliseconds')",
            answer: "1 hour, 1 minute, 1 second and 500 milliseconds",
        },
    ],
    ..Spec::EMPTY
};

impl Function for FormatReadableTimeDelta {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=3)?;
        args.expect(0, ChType::is_number)?;
        for at in 1..args.len() {
            args.expect(at, ChType::is_text)?;
        }
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let unit = |at: usize, default: usize| match call.args.get(at).and_then(Column::text_value) {
            None => Ok(default),
            Some(name) => UNITS.iter().position(|(unit, _)| *unit == name).ok_or_else(|| {
                let message = format!("Unexpected unit '{name}' of function {}", call.name);
                SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
            }),
        };
        let (largest, smallest) = (unit(1, 0)?, unit(2, 5)?);
        if smallest < largest {
            let message = format!("The smallest unit of function {} is larger than the largest", call.name);
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
        let numbers = call.floats(0)?;
        result::texts(call.rows, |row, out| {
            write(numbers.get(row), &UNITS[largest..=smallest], out);
            Ok(())
        })
    }
}
/// Units and their lengths in nanoseconds.
const UNITS: [(&str, f64); 9] = [
    ("years", 31_536_000e9),
    ("months", 2_635_200e9),
    ("days", 86_400e9),
    ("hours", 3_600e9),
    ("minutes", 60e9),
    ("seconds", 1e9),
    ("milliseconds", 1e6),
    ("microseconds", 1e3),
    ("nanoseconds", 1.0),
];

fn write(seconds: f64, units: &[(&str, f64)], out: &mut Vec<u8>) {
    if !seconds.is_finite() {
        return crate::text::write_f64(seconds, out);
    }
    if seconds < 0.0 {
        out.extend_from_slice(b"- ");
        out.pop();
    }
    let mut rest = (seconds.abs() * 1e9).round();
    let mut parts = Vec::new();
    for (unit, length) in units {
        let count = (rest / length).floor();
        rest -= count * length;
        if count > 0.0 {
            let name = if count == 1.0 { unit.trim_end_matches('s') } else { unit };
            parts.push(format!("{count} {name}"));
        }
    }
    if parts.is_empty() {
        parts.push(format!("0 {}", units.last().map_or("", |(unit, _)| unit)));
    }
    let last = parts.len() - 1;
    for (at, part) in parts.iter().enumerate() {
        let before: &[u8] = if at == 0 {
            b""
        } else if at == last {
            b" and "
        } else {
            b", "
        };
        out.extend_from_slice(before);
        out.extend_from_slice(part.as_bytes());
    }
}
