//! Reading dates and times written in almost any way.

use arrow::array::ArrayRef;
use chrono_tz::Tz;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::moments::{parse_zone, per_second};
use crate::calendar::{days_from_civil, days_in_month, from_local};
use crate::function::{Args, Call, result};
use crate::text::Cursor;

const MONTHS: [&[u8]; 12] =
    [b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"];

/// What happens to a text that is no time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Otherwise {
    Error,
    Null,
    Zero,
}

/// The type of a function that answers a DateTime, or a DateTime64 where `wide`.
pub(super) fn return_type(args: &Args<'_>, wide: bool, otherwise: Otherwise) -> Result<ChType> {
    args.expect_count(1..=if wide { 3 } else { 2 })?;
    args.expect(0, ChType::is_text)?;
    let zone_at = if wide { 2 } else { 1 };
    let zone = if args.len() > zone_at {
        let zone = args.constant_text(zone_at)?;
        parse_zone(&zone)?;
        Some(zone.as_str().into())
    } else {
        None
    };
    let precision = if wide && args.len() > 1 { args.constant_int(1)? } else { 3 };
    let precision =
        u8::try_from(precision).ok().filter(|precision| *precision <= 9).ok_or_else(|| args.illegal(1))?;
    let ty = if wide { ChType::DateTime64(precision, zone) } else { ChType::DateTime(zone) };
    Ok(ty.nullable_if(otherwise == Otherwise::Null))
}

/// Reads argument 1. With `us`, a date with slashes starts with the month.
pub(super) fn evaluate(call: &Call<'_>, us: bool, otherwise: Otherwise) -> Result<ArrayRef> {
    let texts = call.bytes(0)?;
    let zone = call.environment.zone_of(call.result);
    let unit = per_second(call.result).unwrap_or(1);
    let wide = matches!(call.result.bare(), ChType::DateTime64(..));
    result::nullable_ints(call.result, call.rows, |row| {
        let text = texts.get(row);
        let read = parse(text, zone, us).map(|(seconds, nanoseconds)| {
            seconds.saturating_mul(unit).saturating_add(nanoseconds / (1_000_000_000 / unit))
        });
        match (read, otherwise) {
            (Some(ticks), _) if !wide => Ok(Some(i64::from(ticks as u32))),
            (Some(ticks), _) => Ok(Some(ticks)),
            (None, Otherwise::Null) => Ok(None),
            (None, Otherwise::Zero) => Ok(Some(0)),
            (None, Otherwise::Error) => {
                let message = format!("Cannot read DateTime: {}", String::from_utf8_lossy(text));
                Err(SqlError::new(ErrorCode::CANNOT_PARSE_DATETIME, message))
            }
        }
    })
}

/// Ticks of a DateTime or DateTime64 of a text in almost any notation.
pub(crate) fn best_effort(text: &[u8], ty: &ChType, environment: &crate::Environment) -> Option<i64> {
    let unit = per_second(ty).unwrap_or(1);
    let (seconds, nanoseconds) = parse(text, environment.zone_of(ty), false)?;
    if let ChType::DateTime(_) = ty.bare() {
        return Some(seconds.clamp(0, u32::MAX.into()));
    }
    let shown = match ty.bare() {
        ChType::DateTime64(digits, _) => 10_i64.pow(9 - u32::from(*digits).min(9)),
        _ => 1,
    };
    let nanoseconds = nanoseconds / shown * shown;
    seconds.checked_mul(unit)?.checked_add(nanoseconds / (1_000_000_000 / unit))
}

/// What has been found of a time.
#[derive(Default)]
struct Found {
    year: Option<i64>,
    month: Option<u32>,
    day: Option<u32>,
    /// Seconds of the day.
    time: Option<i64>,
    nanoseconds: i64,
    afternoon: Option<bool>,
    /// Seconds east of UTC.
    offset: Option<i64>,
    /// Seconds since the epoch, where the text is one number.
    moment: Option<i64>,
}

/// Seconds since the epoch and nanoseconds of a text.
pub(crate) fn parse(text: &[u8], zone: Tz, us: bool) -> Option<(i64, i64)> {
    let mut cursor = Cursor::new(text);
    let mut found = Found::default();
    cursor.space();
    while !cursor.is_at_end() {
        let byte = cursor.peek()?;
        if byte.is_ascii_digit() {
            number(&mut cursor, &mut found, us)?;
        } else if byte.is_ascii_alphabetic() {
            word(&mut cursor, &mut found)?;
        } else if matches!(byte, b'+' | b'-') && found.time.is_some() {
            offset(&mut cursor, &mut found)?;
        } else if matches!(byte, b' ' | b',' | b'.' | b'-' | b'/' | b'(' | b')' | b'\t' | b'\n' | b'\r') {
            cursor.byte();
        } else {
            return None;
        }
    }
    found.moment(zone)
}

impl Found {
    fn moment(&self, zone: Tz) -> Option<(i64, i64)> {
        if let Some(moment) = self.moment {
            return Some((moment, self.nanoseconds));
        }
        let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        let year = self.year?;
        if !(1..=12).contains(&month) || day == 0 || day > days_in_month(year, month) {
            return None;
        }
        let mut time = self.time.unwrap_or(0);
        match self.afternoon {
            Some(true) if time < 43_200 => time += 43_200,
            Some(false) if time >= 43_200 => time -= 43_200,
            _ => {}
        }
        let local = days_from_civil(year, month, day) * 86_400 + time;
        let seconds = match self.offset {
            Some(offset) => local - offset,
            None => from_local(local, zone),
        };
        Some((seconds, self.nanoseconds))
    }
}

fn digits<'a>(cursor: &mut Cursor<'a>) -> &'a [u8] {
    cursor.take_while(|byte| byte.is_ascii_digit())
}

fn value(digits: &[u8]) -> i64 {
    digits
        .iter()
        .fold(0, |value: i64, digit| value.saturating_mul(10).saturating_add(i64::from(digit - b'0')))
}

fn fraction(cursor: &mut Cursor<'_>) -> i64 {
    if cursor.peek() != Some(b'.') || !cursor.rest().get(1).is_some_and(u8::is_ascii_digit) {
        return 0;
    }
    cursor.byte();
    let digits = digits(cursor);
    let kept = digits.get(..9).unwrap_or(digits);
    value(kept) * 10_i64.pow(9 - kept.len() as u32)
}

fn number(cursor: &mut Cursor<'_>, found: &mut Found, us: bool) -> Option<()> {
    let run = digits(cursor);
    let part = |from: usize, to: usize| value(run.get(from..to).unwrap_or_default());
    if cursor.peek() == Some(b':') && found.time.is_none() && run.len() <= 2 {
        return clock(cursor, found, value(run));
    }
    match run.len() {
        14 | 12 if found.year.is_none() => {
            date(found, part(0, 4), part(4, 6), part(6, 8));
            found.time = Some(part(8, 10) * 3_600 + part(10, 12) * 60 + part(12, 14));
            found.nanoseconds = fraction(cursor);
        }
        13 if found.year.is_none() => {
            found.moment = Some(value(run).div_euclid(1_000));
            found.nanoseconds = value(run).rem_euclid(1_000) * 1_000_000;
        }
        9 | 10 if found.year.is_none() => {
            found.moment = Some(value(run));
            found.nanoseconds = fraction(cursor);
        }
        8 if found.year.is_none() => date(found, part(0, 4), part(4, 6), part(6, 8)),
        6 if found.year.is_some() && found.time.is_none() => {
            found.time = Some(part(0, 2) * 3_600 + part(2, 4) * 60 + part(4, 6));
            found.nanoseconds = fraction(cursor);
        }
        6 if found.year.is_none() => {
            found.year = Some(part(0, 4));
            found.month = u32::try_from(part(4, 6)).ok();
        }
        4 if found.year.is_none() => {
            found.year = Some(value(run));
            if let (Some(separator @ (b'-' | b'/' | b'.' | b':')), None) = (cursor.peek(), found.month) {
                rest_of_date(cursor, found, separator);
            }
        }
        1 | 2 => small(cursor, found, u32::try_from(value(run)).ok()?, us)?,
        _ => return None,
    }
    Some(())
}

fn date(found: &mut Found, year: i64, month: i64, day: i64) {
    found.year = Some(year);
    found.month = u32::try_from(month).ok();
    found.day = u32::try_from(day).ok();
}

/// `-MM` or `-MM-DD` after a year.
fn rest_of_date(cursor: &mut Cursor<'_>, found: &mut Found, separator: u8) {
    if !cursor.rest().get(1).is_some_and(u8::is_ascii_digit) {
        return;
    }
    cursor.byte();
    found.month = u32::try_from(value(digits(cursor))).ok();
    if cursor.peek() == Some(separator) && cursor.rest().get(1).is_some_and(u8::is_ascii_digit) {
        cursor.byte();
        found.day = u32::try_from(value(digits(cursor))).ok();
    }
}

/// One or two digits: the day, or `DD/MM/YYYY`.
fn small(cursor: &mut Cursor<'_>, found: &mut Found, first: u32, us: bool) -> Option<()> {
    let separator = cursor.peek().filter(|byte| matches!(byte, b'/' | b'-' | b'.'));
    let second_is_digit = cursor.rest().get(1).is_some_and(u8::is_ascii_digit);
    if let (Some(separator), true, None, None) = (separator, second_is_digit, found.month, found.day) {
        cursor.byte();
        let second = u32::try_from(value(digits(cursor))).ok()?;
        let swapped = us && first <= 12 || second > 12;
        (found.day, found.month) =
            if swapped { (Some(second), Some(first)) } else { (Some(first), Some(second)) };
        if cursor.peek() == Some(separator) {
            cursor.byte();
            let year = digits(cursor);
            found.year = Some(if year.len() <= 2 { full_year(value(year)) } else { value(year) });
        }
        return Some(());
    }
    match (found.day, found.year) {
        (None, _) => found.day = Some(first),
        (Some(_), None) => found.year = Some(full_year(first.into())),
        (Some(_), Some(_)) if found.time.is_none() => found.time = Some(i64::from(first) * 3_600),
        _ => return None,
    }
    Some(())
}

fn full_year(short: i64) -> i64 {
    short + if short >= 70 { 1900 } else { 2000 }
}

/// `:mm[:ss[.fraction]]` after the hour.
fn clock(cursor: &mut Cursor<'_>, found: &mut Found, hour: i64) -> Option<()> {
    cursor.byte();
    let minute = value(digits(cursor));
    let mut second = 0;
    if cursor.peek() == Some(b':') {
        cursor.byte();
        second = value(digits(cursor));
        found.nanoseconds = fraction(cursor);
    }
    found.time = Some(hour * 3_600 + minute * 60 + second);
    Some(())
}

/// A name of a month, day or zone, AM or PM, or the T between date and time.
fn word(cursor: &mut Cursor<'_>, found: &mut Found) -> Option<()> {
    let word = cursor.take_while(|byte| byte.is_ascii_alphabetic()).to_ascii_lowercase();
    match word.as_slice() {
        b"t" => {}
        b"z" | b"utc" | b"gmt" => found.offset = Some(0),
        b"am" => found.afternoon = Some(false),
        b"pm" => found.afternoon = Some(true),
        b"msk" => found.offset = Some(3 * 3_600),
        b"msd" => found.offset = Some(4 * 3_600),
        b"pst" => found.offset = Some(-8 * 3_600),
        b"pdt" => found.offset = Some(-7 * 3_600),
        b"est" => found.offset = Some(-5 * 3_600),
        b"edt" => found.offset = Some(-4 * 3_600),
        other => {
            let head = other.get(..3)?;
            match MONTHS.iter().position(|month| *month == head) {
                Some(at) => found.month = Some(at as u32 + 1),
                None if is_weekday(head) => {}
                None => return None,
            }
        }
    }
    Some(())
}

fn is_weekday(head: &[u8]) -> bool {
    matches!(head, b"mon" | b"tue" | b"wed" | b"thu" | b"fri" | b"sat" | b"sun")
}

/// `+hh`, `+hhmm` or `+hh:mm`.
fn offset(cursor: &mut Cursor<'_>, found: &mut Found) -> Option<()> {
    let sign = if cursor.byte()? == b'-' { -1 } else { 1 };
    let run = digits(cursor);
    let (hours, minutes) = match run.len() {
        1 | 2 => {
            let hours = value(run);
            let minutes = if cursor.peek() == Some(b':') {
                cursor.byte();
                value(digits(cursor))
            } else {
                0
            };
            (hours, minutes)
        }
        3 | 4 => (value(run) / 100, value(run) % 100),
        _ => return None,
    };
    found.offset = Some(sign * (hours * 3_600 + minutes * 60));
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_times_written_in_many_ways() {
        for text in [
            "2024-02-29 13:45:10",
            "2024-02-29T13:45:10Z",
            "2024-02-29T14:45:10.000+01:00",
            "20240229134510",
            "1709214310",
            "29/02/2024 13:45:10",
            "Feb 29 2024 01:45:10 PM",
            "Thu, 29 Feb 2024 13:45:10 GMT",
            "2024/02/29 13:45:10",
        ] {
            assert_eq!(parse(text.as_bytes(), Tz::UTC, false), Some((1_709_214_310, 0)), "{text}");
        }
        assert_eq!(parse(b"1709214310123", Tz::UTC, false), Some((1_709_214_310, 123_000_000)));
        assert_eq!(parse(b"2024-02-30", Tz::UTC, false), None);
        assert_eq!(parse(b"nothing", Tz::UTC, false), None);
    }
}
