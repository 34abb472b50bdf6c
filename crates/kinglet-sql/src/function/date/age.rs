//! `age`: how many whole units lie between the times; negative if the end is earlier.

use arrow::array::ArrayRef;
use kinglet_types::IntervalUnit;
use kinglet_types::{ChType, Result};

use super::moments::Moments;
use crate::calendar::civil_from_days;
use crate::function::{Args, Call, Case, Example, Function, Spec};

pub(in crate::function) struct Age;

static SPEC: Spec = Spec {
    name: "age",
    case: Case::Insensitive,
    category: "date",
    syntax: "age(unit, start, end[, zone])",
    summary: "How many whole units lie between the times; negative if the end is earlier.",
    arguments: &[
        ("unit", "String, constant"),
        ("start", "Date or DateTime"),
        ("end", "Date or DateTime"),
        ("zone", "String, constant"),
    ],
    returns: "Int64",
    examples: &[
        Example { sql: "age('month', toDate('2024-01-31'), toDate('2024-02-29'))", answer: "0" },
        Example { sql: "age('day', toDate('2024-01-31'), toDate('2024-02-29'))", answer: "29" },
    ],
    ..Spec::EMPTY
};

impl Function for Age {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        super::date_diff::between_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::date_diff::between(call, whole_units)
    }
}

fn whole_units(start: &Moments, end: &Moments, row: usize, unit: IntervalUnit) -> i64 {
    let (from, to) = (place(start, row), place(end, row));
    if to < from { -between(to, from, unit) } else { between(from, to, unit) }
}

/// Local seconds and nanoseconds of the second.
fn place(moments: &Moments, row: usize) -> (i64, i64) {
    (moments.local(row), moments.nanoseconds(row))
}

/// Whole units from a place to a later one.
fn between(from: (i64, i64), to: (i64, i64), unit: IntervalUnit) -> i64 {
    let months_and_rest = |(local, fraction): (i64, i64)| {
        let (year, month, day) = civil_from_days(local.div_euclid(86_400));
        (year * 12 + i64::from(month), (day, local.rem_euclid(86_400), fraction))
    };
    let months = || {
        let (from, to) = (months_and_rest(from), months_and_rest(to));
        to.0 - from.0 - i64::from(to.1 < from.1)
    };
    let nanoseconds = || i128::from(to.0 - from.0) * 1_000_000_000 + i128::from(to.1 - from.1);
    match unit {
        IntervalUnit::Year => months() / 12,
        IntervalUnit::Quarter => months() / 3,
        IntervalUnit::Month => months(),
        _ => {
            let length = unit.fixed_nanoseconds().unwrap_or(match unit {
                IntervalUnit::Week => 604_800_000_000_000,
                _ => 86_400_000_000_000,
            });
            i64::try_from(nanoseconds() / i128::from(length.max(1))).unwrap_or(i64::MAX)
        }
    }
}
