//! Beginnings of calendar and clock units.

use kinglet_types::{ChType, IntervalUnit};

use crate::calendar::{civil_from_days, days_from_civil};

/// The day nearest to `days` that the type holds.
pub(super) fn clamped(days: i64, ty: &ChType) -> i64 {
    if *ty.bare() == ChType::Date { days.clamp(0, 65_535) } else { days }
}

/// The first day of the year of a day.
pub(super) fn year(days: i64) -> i64 {
    days_from_civil(civil_from_days(days).0, 1, 1)
}

/// The first day of the quarter of a day.
pub(super) fn quarter(days: i64) -> i64 {
    let (year, month, _) = civil_from_days(days);
    days_from_civil(year, (month - 1) / 3 * 3 + 1, 1)
}

/// The first day of the month of a day.
pub(super) fn month(days: i64) -> i64 {
    let (year, month, _) = civil_from_days(days);
    days_from_civil(year, month, 1)
}

/// The Monday at or before a day.
pub(super) fn monday(days: i64) -> i64 {
    days - (days + 3).rem_euclid(7)
}

/// The first day of the week by ClickHouse's mode: Monday for odd modes, Sunday for even ones.
pub(super) fn week(days: i64, mode: i64) -> i64 {
    if mode & 1 == 1 { monday(days) } else { monday(days + 1) - 1 }
}

/// The beginning of the interval of `count` units that holds a day; years, months and days are counted from
/// ClickHouse's origins: year 0 (quarters and months too), 1970-01-01 for days, the Monday before for weeks.
pub(super) fn interval_of_days(days: i64, count: i64, unit: IntervalUnit) -> i64 {
    let count = count.max(1);
    let (year, month, _) = civil_from_days(days);
    let months = year * 12 + i64::from(month) - 1;
    let from_months =
        |months: i64| days_from_civil(months.div_euclid(12), months.rem_euclid(12) as u32 + 1, 1);
    match unit {
        IntervalUnit::Year => days_from_civil(year.div_euclid(count) * count, 1, 1),
        IntervalUnit::Quarter => from_months(months.div_euclid(count * 3) * count * 3),
        IntervalUnit::Month => from_months(months.div_euclid(count) * count),
        IntervalUnit::Week => {
            // Weeks are counted from the Monday 1970-01-05.
            (days - 4).div_euclid(count * 7) * count * 7 + 4
        }
        _ => days.div_euclid(count) * count,
    }
}
