//! Modified Julian Days: days since 1858-11-17.

use std::io::Write;

use crate::calendar::{civil_from_days, days_from_civil, days_in_month};

/// Modified Julian Day of 1970-01-01.
const EPOCH: i64 = 40_587;

/// The day of a date in text.
pub(super) fn from_text(text: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(text).ok()?;
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return None;
    }
    let (year, month, day) =
        (year.parse::<i64>().ok()?, month.parse::<u32>().ok()?, day.parse::<u32>().ok()?);
    let valid = (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month);
    valid.then(|| days_from_civil(year, month, day) + EPOCH)
}

/// Appends the date of a day; `None` beyond the years 0 to 9999.
pub(super) fn to_text(day: i64, out: &mut Vec<u8>) -> Option<()> {
    let (year, month, day) = civil_from_days((-700_000..=3_000_000).contains(&day).then(|| day - EPOCH)?);
    if !(0..=9_999).contains(&year) {
        return None;
    }
    write!(out, "{year:04}-{month:02}-{day:02}").ok()
}
