//! Civil dates, and local times in a time zone.

use chrono::{DateTime, LocalResult, NaiveDateTime, Offset, TimeZone};
use chrono_tz::Tz;

/// Days since 1970-01-01 of a date in the proleptic Gregorian calendar (H. Hinnant, `days_from_civil`).
pub fn days_from_civil(year: i64, month: u32, day: u32) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let month = i64::from(month);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a number of days since 1970-01-01 (H. Hinnant, `civil_from_days`).
pub fn civil_from_days(days: i64) -> (i64, u32, u32) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = (of_year - (153 * shifted_month + 2) / 5 + 1) as u32;
    let month = (if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 }) as u32;
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// Number of days of a month.
pub fn days_in_month(year: i64, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The date moved by months; a day past the end of the month becomes its last day.
pub fn add_months(days: i64, months: i64) -> i64 {
    let (year, month, day) = civil_from_days(days);
    let total = year.saturating_mul(12).saturating_add(i64::from(month) - 1).saturating_add(months);
    let (year, month) = (total.div_euclid(12).clamp(-200_000, 200_000), total.rem_euclid(12) as u32 + 1);
    days_from_civil(year, month, day.min(days_in_month(year, month)))
}

/// Seconds to add to UTC for local time in `zone` at a moment in seconds since the epoch.
pub fn offset_at(seconds: i64, zone: Tz) -> i64 {
    if zone == Tz::UTC {
        return 0;
    }
    match DateTime::from_timestamp(seconds, 0) {
        Some(moment) => zone.offset_from_utc_datetime(&moment.naive_utc()).fix().local_minus_utc().into(),
        None => 0,
    }
}

/// Local seconds (as if UTC) of a moment.
pub fn to_local(seconds: i64, zone: Tz) -> i64 {
    seconds.saturating_add(offset_at(seconds, zone))
}

/// The moment of a local time. Where clocks go back the earlier one; a time that clocks jump over moves
/// back by the jump.
pub fn from_local(local: i64, zone: Tz) -> i64 {
    if zone == Tz::UTC {
        return local;
    }
    let naive: NaiveDateTime = match DateTime::from_timestamp(local, 0) {
        Some(moment) => moment.naive_utc(),
        None => return local,
    };
    match zone.offset_from_local_datetime(&naive) {
        LocalResult::Single(offset) => local - i64::from(offset.fix().local_minus_utc()),
        LocalResult::Ambiguous(first, _) => local - i64::from(first.fix().local_minus_utc()),
        LocalResult::None => local - offset_at(local + 86_400, zone),
    }
}

/// The calendar date and the seconds of the day of a local time in seconds.
pub fn split_day(local: i64) -> (i64, i64) {
    (local.div_euclid(86_400), local.rem_euclid(86_400))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_come_back() {
        for days in [-141_428, -1, 0, 11_016, 19_782, 120_529] {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month, day), days);
        }
        assert_eq!(civil_from_days(19_782), (2024, 2, 29));
        assert_eq!(add_months(19_753, 1), 19_782, "31 January and a month is 29 February");
    }

    #[test]
    fn local_times_at_clock_changes() {
        let madrid = Tz::Europe__Madrid;
        // 2024-10-27 02:30 happens twice; the first is summer time.
        let local = days_from_civil(2024, 10, 27) * 86_400 + 9_000;
        assert_eq!(from_local(local, madrid), local - 7_200);
        // 2024-03-31 02:30 does not happen.
        let local = days_from_civil(2024, 3, 31) * 86_400 + 9_000;
        assert_eq!(from_local(local, madrid), local - 7_200);
    }
}
