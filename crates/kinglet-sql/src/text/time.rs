//! Dates and times as text.

use std::io::Write;

use chrono_tz::Tz;

use crate::calendar::{civil_from_days, days_from_civil, from_local, split_day, to_local};

/// 0000-01-01, the least day that can be written.
pub(crate) const LEAST_DAY: i64 = -719_528;
/// 9999-12-31.
pub(crate) const GREATEST_DAY: i64 = 2_932_896;

/// Appends `YYYY-MM-DD`.
pub fn write_date(days: i64, out: &mut Vec<u8>) {
    let (year, month, day) = civil_from_days(days);
    let _ = write!(out, "{year:04}-{month:02}-{day:02}");
}

/// Appends `YYYY-MM-DD hh:mm:ss[.fraction]`. `ticks` counts units of 10^-`stored` s; `digits` are printed.
pub fn write_date_time(ticks: i64, stored: u8, digits: u8, zone: Tz, out: &mut Vec<u8>) {
    let unit = 10_i64.pow(u32::from(stored));
    let (seconds, fraction) = (ticks.div_euclid(unit), ticks.rem_euclid(unit));
    // Years 0 to 9999 can be written; what lies outside is shown as the nearest second of them.
    let local = to_local(seconds, zone).clamp(LEAST_DAY * 86_400, GREATEST_DAY * 86_400 + 86_399);
    let (days, of_day) = split_day(local);
    write_date(days, out);
    let _ = write!(out, " {:02}:{:02}:{:02}", of_day / 3_600, of_day / 60 % 60, of_day % 60);
    if digits > 0 {
        let shown = fraction / 10_i64.pow(u32::from(stored.saturating_sub(digits)));
        let _ = write!(out, ".{shown:0width$}", width = usize::from(digits));
    }
}

/// Reads `YYYY-MM-DD` (also with single-digit month and day, or `YYYYMMDD`) at the front of `text`; answers
/// days and what follows. A day past the end of its month is one of the next; there is no day where the month is
/// not 1 to 12 or the day not 1 to 31.
pub fn parse_date(text: &[u8]) -> Option<(Option<i64>, &[u8])> {
    let (year, rest) = digits(text, 4, 4)?;
    let separator = rest.first().copied().filter(|b| !b.is_ascii_digit());
    let (month, day, rest) = match separator {
        Some(b'-' | b'/' | b'.') => {
            let (month, rest) = digits(rest.get(1..)?, 1, 2)?;
            let (mark, rest) = rest.split_first()?;
            if mark.is_ascii_digit() {
                return None;
            }
            let (day, rest) = digits(rest, 1, 2)?;
            (month, day, rest)
        }
        Some(_) => return None,
        None => {
            let (month, rest) = digits(rest, 2, 2)?;
            let (day, rest) = digits(rest, 2, 2)?;
            (month, day, rest)
        }
    };
    let (month, day) = (month as u32, day as u32);
    if year == 0 && month == 0 && day == 0 {
        return Some((Some(0), rest));
    }
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return Some((None, rest));
    }
    Some((Some(days_from_civil(year, month, day)), rest))
}

/// Reads `YYYY-MM-DD[ hh:mm[:ss[.fraction]]][Z]` or a Unix time; answers ticks of 10^-`precision` s.
pub fn parse_date_time(text: &[u8], precision: u8, zone: Tz) -> Option<i64> {
    let unit = 10_i64.checked_pow(u32::from(precision))?;
    let unsigned = text.strip_prefix(b"-").unwrap_or(text);
    let whole = unsigned.iter().take_while(|b| b.is_ascii_digit()).count();
    if whole >= 1 && whole != 4 && matches!(unsigned.get(whole), None | Some(b'.')) && whole != 8 {
        let scaled = super::parse_decimal(text, precision)?;
        return scaled.to_i128().and_then(|v| i64::try_from(v).ok());
    }
    let (days, rest) = parse_date(text)?;
    let days = days?;
    if rest.is_empty() {
        return from_local(days * 86_400, zone).checked_mul(unit);
    }
    let rest = match rest.split_first()? {
        (b' ' | b'T', rest) => rest,
        _ => return None,
    };
    let (hour, rest) = digits(rest, 1, 2)?;
    let (minute, rest) = digits(rest.strip_prefix(b":")?, 1, 2)?;
    let (second, rest) = match rest.strip_prefix(b":") {
        Some(rest) => digits(rest, 1, 2)?,
        None => (0, rest),
    };
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (fraction, rest) = match rest.strip_prefix(b".") {
        Some(rest) => fraction(rest, precision),
        None => (0, rest),
    };
    let local = days * 86_400 + hour * 3_600 + minute * 60 + second;
    let seconds = match rest {
        [] => from_local(local, zone),
        b"Z" => local,
        _ => return None,
    };
    seconds.checked_mul(unit)?.checked_add(fraction)
}

fn fraction(text: &[u8], precision: u8) -> (i64, &[u8]) {
    let count = text.iter().take_while(|b| b.is_ascii_digit()).count();
    let (digits, rest) = text.split_at(count);
    let mut value = 0_i64;
    for at in 0..usize::from(precision) {
        value = value * 10 + digits.get(at).map_or(0, |b| i64::from(b - b'0'));
    }
    (value, rest)
}

/// A number of `least` to `most` digits at the front.
fn digits(text: &[u8], least: usize, most: usize) -> Option<(i64, &[u8])> {
    let count = text.iter().take(most).take_while(|b| b.is_ascii_digit()).count();
    if count < least {
        return None;
    }
    let (digits, rest) = text.split_at(count);
    Some((digits.iter().fold(0, |value, b| value * 10 + i64::from(b - b'0')), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_come_back() {
        for (text, precision, zone, printed) in [
            ("2024-02-29 12:30:01", 0, Tz::UTC, "2024-02-29 12:30:01"),
            ("2024-07-01 12:30:01.5", 3, Tz::Europe__Madrid, "2024-07-01 12:30:01.500"),
            ("2024-07-01", 0, Tz::UTC, "2024-07-01 00:00:00"),
            ("1700000000", 0, Tz::UTC, "2023-11-14 22:13:20"),
            ("1960-01-01 00:00:00.25", 2, Tz::UTC, "1960-01-01 00:00:00.25"),
        ] {
            let ticks = parse_date_time(text.as_bytes(), precision, zone).expect(text);
            let mut out = Vec::new();
            write_date_time(ticks, precision, precision, zone, &mut out);
            assert_eq!(String::from_utf8_lossy(&out), printed);
        }
        assert_eq!(
            parse_date(b"2024-02-30").map(|(days, _)| days),
            parse_date(b"2024-03-01").map(|(days, _)| days)
        );
        for text in ["2024-02-32", "2024-13-01", "x", "2024-01-01 25:00:00"] {
            assert_eq!(parse_date_time(text.as_bytes(), 0, Tz::UTC), None, "{text}");
        }
    }
}
