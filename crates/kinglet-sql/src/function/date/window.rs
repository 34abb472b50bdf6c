//! Windows of time: `tumble`, `hop` and their beginnings and ends.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, IntervalUnit, Result, SqlError};

use super::moments::{Moments, date_time_like};
use super::to_start_of_interval::start;
use crate::column_builder::struct_array;
use crate::function::{Args, Call, Example, Function, Spec, result};
use crate::operator::add_interval;

/// What is answered of a window.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Both,
    Start,
    End,
}

/// A function of windows; those that hop take the step before the length.
pub(in crate::function) struct Window {
    spec: &'static Spec,
    hops: bool,
    part: Part,
}

const fn tumbling(spec: &'static Spec, part: Part) -> Window {
    Window { spec, hops: false, part }
}

const fn hopping(spec: &'static Spec, part: Part) -> Window {
    Window { spec, hops: true, part }
}

macro_rules! spec {
    ($name:literal, $arguments:literal, $summary:literal, $sql:literal, $answer:literal) => {
        &Spec {
            name: $name,
            category: "date",
            syntax: concat!($name, "(time, ", $arguments, "[, zone])"),
            summary: $summary,
            arguments: &[
                ("time", "DateTime"),
                ("interval", "constant INTERVAL"),
                ("zone", "String, constant"),
            ],
            returns: "DateTime, Date for windows of weeks and more, or a tuple of both ends",
            examples: &[Example { sql: $sql, answer: $answer }],
            ..Spec::EMPTY
        }
    };
}

pub(in crate::function) static TUMBLE: Window = tumbling(
    spec!(
        "tumble",
        "interval",
        "Beginning and end of the window that holds the time.",
        "tumble(toDateTime('2024-02-29 12:34:56'), INTERVAL 15 MINUTE)",
        "('2024-02-29 12:30:00','2024-02-29 12:45:00')"
    ),
    Part::Both,
);
pub(in crate::function) static TUMBLE_START: Window = tumbling(
    spec!(
        "tumbleStart",
        "interval",
        "Beginning of the window that holds the time.",
        "tumbleStart(toDateTime('2024-02-29 12:34:56'), INTERVAL 15 MINUTE)",
        "2024-02-29 12:30:00"
    ),
    Part::Start,
);
pub(in crate::function) static TUMBLE_END: Window = tumbling(
    spec!(
        "tumbleEnd",
        "interval",
        "End of the window that holds the time.",
        "tumbleEnd(toDateTime('2024-02-29 12:34:56'), INTERVAL 15 MINUTE)",
        "2024-02-29 12:45:00"
    ),
    Part::End,
);
pub(in crate::function) static HOP: Window = hopping(
    spec!(
        "hop",
        "step, length",
        "Beginning and end of the last of the overlapping windows that holds the time.",
        "hop(toDateTime('2024-02-29 12:34:56'), INTERVAL 10 MINUTE, INTERVAL 60 MINUTE)",
        "('2024-02-29 11:40:00','2024-02-29 12:40:00')"
    ),
    Part::Both,
);
pub(in crate::function) static HOP_START: Window = hopping(
    spec!(
        "hopStart",
        "step, length",
        "Beginning of the window that `hop` answers.",
        "hopStart(toDateTime('2024-02-29 12:34:56'), INTERVAL 10 MINUTE, INTERVAL 60 MINUTE)",
        "2024-02-29 11:40:00"
    ),
    Part::Start,
);
pub(in crate::function) static HOP_END: Window = hopping(
    spec!(
        "hopEnd",
        "step, length",
        "End of the window that `hop` answers.",
        "hopEnd(toDateTime('2024-02-29 12:34:56'), INTERVAL 10 MINUTE, INTERVAL 60 MINUTE)",
        "2024-02-29 12:40:00"
    ),
    Part::End,
);

impl Window {
    fn zone_at(&self) -> usize {
        if self.hops { 3 } else { 2 }
    }

    fn end_type(&self, args: &Args<'_>) -> Result<ChType> {
        let zone_at = self.zone_at();
        args.expect_count(zone_at..=zone_at + 1)?;
        args.expect(0, |ty| matches!(ty, ChType::DateTime(_)))?;
        let mut units = Vec::new();
        for at in 1..zone_at {
            let ChType::Interval(unit) = args.expect(at, |ty| matches!(ty, ChType::Interval(_)))? else {
                return Err(args.illegal(at));
            };
            args.expect_constant(at)?;
            units.push(*unit);
        }
        if units.iter().any(|unit| units.first() != Some(unit)) {
            let message = format!("The intervals of function {} must have the same unit", args.name);
            return Err(SqlError::new(ErrorCode::ILLEGAL_COLUMN, message));
        }
        match units.first() {
            Some(IntervalUnit::Week | IntervalUnit::Month | IntervalUnit::Quarter | IntervalUnit::Year) => {
                Ok(ChType::Date)
            }
            _ => date_time_like(args, 0, zone_at),
        }
    }

    /// One end of the window of each row, in the layout of `ty`.
    fn end(&self, call: &Call<'_>, ty: &ChType, last: bool) -> Result<ArrayRef> {
        let moments = Moments::read(call, 0, self.zone_at())?;
        let ChType::Interval(unit) = *call.ty(1) else { return Err(call.illegal_column(1)) };
        let step = call.ints(1)?.get(0);
        let length = if self.hops { call.ints(2)?.get(0) } else { step };
        if step <= 0 || length <= 0 {
            let message = format!("The intervals of function {} must be positive", call.name);
            return Err(SqlError::new(ErrorCode::ARGUMENT_OUT_OF_BOUND, message));
        }
        result::ints(ty, call.rows, |row| {
            let end = add_interval(start(&moments, row, step, unit, ty), ty, step, unit, call.environment);
            Ok(if last { end } else { add_interval(end, ty, length.wrapping_neg(), unit, call.environment) })
        })
    }
}

impl Function for Window {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        let end = self.end_type(args)?;
        Ok(if self.part == Part::Both { ChType::tuple([end.clone(), end]) } else { end })
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let ChType::Tuple(ends) = call.result.bare() else {
            return self.end(call, call.result, self.part == Part::End);
        };
        let ty = ends.first().map_or(&ChType::Nothing, |(_, ty)| ty);
        let columns = vec![self.end(call, ty, false)?, self.end(call, ty, true)?];
        let arrow::datatypes::DataType::Struct(fields) = crate::arrow_type(call.result) else {
            return Err(call.illegal_column(0));
        };
        struct_array(&fields, columns, call.rows)
    }
}
