//! Dates and times, read leniently: `2024-05-01 10:00:00`, ISO 8601 with `T`, fractions
//! and an offset, a date alone, or a Unix timestamp.

use super::calendar::days_from_date;
use super::{Encoder, number, put, trimmed, zeroed};
use chrono::{DateTime, NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use kinglet_types::ChType;

const SECS_PER_DAY: i64 = 86_400;

pub(super) fn encoder(ty: &ChType) -> Option<(Encoder, Vec<u8>)> {
    Some(match ty {
        ChType::Date => zeroed(4, |text, out| {
            let days = date(trimmed(text))?;
            let in_range = (0..=i32::from(u16::MAX)).contains(&days);
            put(out, &in_range.then_some(days)?.to_le_bytes())
        }),
        ChType::Date32 => zeroed(4, |text, out| {
            let days = date(trimmed(text))?;
            let in_range = (-25_567..=120_529).contains(&days);
            put(out, &in_range.then_some(days)?.to_le_bytes())
        }),
        ChType::DateTime(zone) => {
            let zone = zone_of(zone.as_deref())?;
            zeroed(8, move |text, out| {
                let moment = parse_moment(trimmed(text), zone)?;
                let in_range = (0..=i64::from(u32::MAX)).contains(&moment.secs);
                put(out, &in_range.then_some(moment.secs)?.to_le_bytes())
            })
        }
        ChType::DateTime64(digits, zone) => {
            let zone = zone_of(zone.as_deref())?;
            let precision = Precision::holding(*digits);
            let digits = u32::from(*digits);
            zeroed(8, move |text, out| {
                let moment = parse_moment(trimmed(text), zone)?;
                put(out, &precision.ticks(moment.cut_to(digits)?)?.to_le_bytes())
            })
        }
        _ => return None,
    })
}

/// The unit of an Arrow timestamp, as the power of ten of its ticks per second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Precision {
    ticks_per_sec: i64,
}

impl Precision {
    /// The coarsest of s, ms, us, ns that holds `digits` digits behind the second.
    fn holding(digits: u8) -> Precision {
        let ticks_per_sec = match digits {
            0 => 1,
            1..=3 => 1_000,
            4..=6 => 1_000_000,
            _ => 1_000_000_000,
        };
        Precision { ticks_per_sec }
    }

    fn ticks(self, moment: Moment) -> Option<i64> {
        let fraction = i64::from(moment.nanos) / (1_000_000_000 / self.ticks_per_sec);
        moment.secs.checked_mul(self.ticks_per_sec)?.checked_add(fraction)
    }
}

/// A point in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Moment {
    /// Whole seconds since 1970-01-01 00:00:00 UTC, rounded down.
    secs: i64,
    /// Nanoseconds after them.
    nanos: u32,
}

impl Moment {
    /// Drops digits of the fraction past `digits`.
    fn cut_to(self, digits: u32) -> Option<Moment> {
        let step = 10u32.checked_pow(9u32.checked_sub(digits)?)?;
        Some(Moment { secs: self.secs, nanos: self.nanos - self.nanos % step })
    }
}

/// `None` for a zone nobody knows; UTC when no zone is named.
fn zone_of(name: Option<&str>) -> Option<Tz> {
    match name {
        Some(name) => name.parse().ok(),
        None => Some(Tz::UTC),
    }
}

/// Reads a date, or the date of a date and time.
fn date(text: &[u8]) -> Option<i32> {
    let mut reader = Digits { text, at: 0 };
    match reader.date() {
        Some(days) if reader.ended() => Some(days),
        Some(_) => {
            let secs = parse_moment(text, Tz::UTC)?.secs;
            i32::try_from(secs.div_euclid(SECS_PER_DAY)).ok()
        }
        None => i32::try_from(number::parse_signed(text)?).ok(),
    }
}

/// Reads a point in time; a text without an offset is local time in `zone`.
fn parse_moment(text: &[u8], zone: Tz) -> Option<Moment> {
    let mut reader = Digits { text, at: 0 };
    let Some(days) = reader.date() else {
        return timestamp(text);
    };
    let (mut secs, mut nanos) = (0, 0);
    if !reader.ended() {
        reader.one_of(b"T t")?;
        secs = reader.time()?;
        nanos = reader.fraction()?;
    }
    let local = i64::from(days) * SECS_PER_DAY + secs;
    let utc = match reader.offset()? {
        Some(offset) => local - offset,
        None if zone == Tz::UTC => local,
        None => local_to_utc(local, zone)?,
    };
    reader.ended().then_some(Moment { secs: utc, nanos })
}

/// Seconds since the epoch with an optional fraction; 13, 16 and 19 digits are
/// milliseconds, microseconds and nanoseconds.
fn timestamp(text: &[u8]) -> Option<Moment> {
    let (whole, fraction) = match memchr::memchr(b'.', text) {
        Some(at) => (text.get(..at)?, text.get(at..)?),
        None => (text, [].as_slice()),
    };
    let value = number::parse_signed(whole)?;
    let unit = match value.unsigned_abs() {
        0..100_000_000_000 => 1,
        100_000_000_000..100_000_000_000_000 => 1_000,
        100_000_000_000_000..100_000_000_000_000_000 => 1_000_000,
        _ => 1_000_000_000,
    };
    let mut reader = Digits { text: fraction, at: 0 };
    let nanos = reader.fraction()?;
    if !reader.ended() || (unit > 1 && !fraction.is_empty()) || (value < 0 && nanos > 0) {
        return None;
    }
    let rest = value.rem_euclid(unit) * (1_000_000_000 / unit);
    Some(Moment { secs: value.div_euclid(unit), nanos: nanos + u32::try_from(rest).ok()? })
}

/// Of two instants with the same local time the earlier; a local time that a clock
/// change skips is read with the offset before it.
fn local_to_utc(local: i64, zone: Tz) -> Option<i64> {
    let naive: NaiveDateTime = DateTime::from_timestamp(local, 0)?.naive_utc();
    if let Some(found) = zone.from_local_datetime(&naive).earliest() {
        return Some(found.timestamp());
    }
    let before = zone.from_local_datetime(&(naive - chrono::TimeDelta::hours(3))).earliest()?;
    let offset = before.naive_local().and_utc().timestamp() - before.timestamp();
    Some(local - offset)
}

/// A cursor over digits and separators.
struct Digits<'a> {
    text: &'a [u8],
    at: usize,
}

impl Digits<'_> {
    fn ended(&self) -> bool {
        self.at >= self.text.len()
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn one_of(&mut self, bytes: &[u8]) -> Option<u8> {
        let found = self.peek().filter(|byte| bytes.contains(byte))?;
        self.at += 1;
        Some(found)
    }

    /// Between `min` and `max` digits.
    fn number(&mut self, min: usize, max: usize) -> Option<u32> {
        let mut value = 0;
        let mut n_digits = 0;
        while n_digits < max
            && let Some(byte) = self.peek().filter(u8::is_ascii_digit)
        {
            value = value * 10 + u32::from(byte - b'0');
            n_digits += 1;
            self.at += 1;
        }
        (n_digits >= min).then_some(value)
    }

    /// `2024-05-01`, `2024/5/1`.
    fn date(&mut self) -> Option<i32> {
        let year = i32::try_from(self.number(4, 4)?).ok()?;
        let separator = self.one_of(b"-/.")?;
        let month = self.number(1, 2)?;
        self.one_of(&[separator])?;
        let day = self.number(1, 2)?;
        days_from_date(year, month, day)
    }

    /// `10:00:00` or `10:00`, in seconds.
    fn time(&mut self) -> Option<i64> {
        let hour = self.number(1, 2)?;
        self.one_of(b":")?;
        let minute = self.number(1, 2)?;
        let second = match self.one_of(b":") {
            Some(_) => self.number(1, 2)?,
            None => 0,
        };
        let valid = hour < 24 && minute < 60 && second < 60;
        valid.then_some(i64::from(hour * 3600 + minute * 60 + second))
    }

    /// `.123`, in nanoseconds; digits past the ninth are dropped.
    fn fraction(&mut self) -> Option<u32> {
        if self.one_of(b".,").is_none() {
            return Some(0);
        }
        let start = self.at;
        let value = self.number(1, 9)?;
        let n_digits = u32::try_from(self.at - start).ok()?;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        Some(value * 10u32.checked_pow(9u32.checked_sub(n_digits)?)?)
    }

    /// `Z`, `+02:00`, `+0200`, `+02`, ` UTC`, in seconds east; `Some(None)` for none.
    fn offset(&mut self) -> Option<Option<i64>> {
        self.one_of(b" ");
        if self.one_of(b"Zz").is_some() {
            return Some(Some(0));
        }
        if self.text.get(self.at..).is_some_and(|rest| rest == b"UTC" || rest == b"GMT") {
            self.at += 3;
            return Some(Some(0));
        }
        let Some(sign) = self.one_of(b"+-") else {
            return Some(None);
        };
        let hours = self.number(2, 2)?;
        self.one_of(b":");
        let minutes = if self.ended() { 0 } else { self.number(2, 2)? };
        let secs = i64::from(hours * 3600 + minutes * 60);
        Some(Some(if sign == b'-' { -secs } else { secs }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> Option<(i64, u32)> {
        parse_moment(text.as_bytes(), Tz::UTC).map(|moment| (moment.secs, moment.nanos))
    }

    #[test]
    fn many_spellings_of_one_instant() {
        let expected = Some((1_714_557_600, 0));
        for text in [
            "2024-05-01 10:00:00",
            "2024-05-01T10:00:00Z",
            "2024-05-01T10:00",
            "2024/05/01 10:00:00.000",
            "2024-05-01T12:00:00+02:00",
            "2024-05-01T05:30:00-0430",
            "2024-05-01 10:00:00 UTC",
            "1714557600",
            "1714557600000",
        ] {
            assert_eq!(utc(text), expected, "{text}");
        }
        assert_eq!(utc("2024-05-01"), Some((1_714_521_600, 0)));
        assert_eq!(utc("2024-05-01 10:00:01.25"), Some((1_714_557_601, 250_000_000)));
        assert_eq!(utc("1714557600.5"), Some((1_714_557_600, 500_000_000)));
    }

    #[test]
    fn what_is_no_instant() {
        for text in [
            "",
            "yesterday",
            "2024-13-01",
            "2024-02-30 00:00:00",
            "2024-05-01 25:00:00",
            "2024-05-01 10:00:00 tomorrow",
            "2024-05-01T",
            "2024-05-01 10:00:00.",
            "1e9",
        ] {
            assert_eq!(utc(text), None, "{text}");
        }
    }

    #[test]
    fn a_zone_shifts_local_time_and_bridges_its_gap() {
        let madrid: Tz = "Europe/Madrid".parse().unwrap();
        let secs = |text: &str| parse_moment(text.as_bytes(), madrid).unwrap().secs;
        assert_eq!(secs("2024-05-01 12:00:00"), 1_714_557_600);
        assert_eq!(secs("2024-03-31 02:30:00"), secs("2024-03-31 03:30:00"));
        assert_eq!(secs("2024-05-01T10:00:00Z"), 1_714_557_600);
    }

    #[test]
    fn fractions_are_cut_to_the_type() {
        let (encode, mut out) = encoder(&ChType::DateTime64(1, None)).unwrap();
        encode(b"2024-05-01 10:00:00.987", &mut out).unwrap();
        assert_eq!(out, 1_714_557_600_900i64.to_le_bytes());
    }
}
