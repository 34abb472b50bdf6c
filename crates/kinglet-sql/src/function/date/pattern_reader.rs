//! The parts of a time read from a text by a pattern.

use chrono_tz::Tz;

use super::pattern::{DAYS, MONTHS};
use crate::calendar::{days_from_civil, days_in_month, from_local};

/// What was read so far.
#[derive(Default)]
pub(super) struct Reader {
    year: Option<i64>,
    month: Option<i64>,
    day: Option<i64>,
    day_of_year: Option<i64>,
    iso_year: Option<i64>,
    week: Option<i64>,
    weekday: Option<i64>,
    hour: i64,
    minute: i64,
    second: i64,
    nanosecond: i64,
    afternoon: Option<bool>,
    offset: Option<i64>,
}

/// Seconds since the epoch and nanoseconds, or what is wrong.
type Moment = Result<(i64, i64), String>;

impl Reader {
    /// Reads a whole text.
    pub(super) fn read(text: &[u8], pattern: &[u8], joda: bool, zone: Tz) -> Moment {
        let mut reader = Self::default();
        let mut input = Input { rest: text };
        if joda {
            reader.joda(&mut input, pattern)?;
        } else {
            reader.percent(&mut input, pattern)?;
        }
        if !input.rest.is_empty() {
            return Err("there is more than the pattern names".to_owned());
        }
        reader.finish(zone)
    }

    fn percent(&mut self, input: &mut Input<'_>, pattern: &[u8]) -> Result<(), String> {
        let mut bytes = pattern.iter().copied();
        while let Some(byte) = bytes.next() {
            if byte != b'%' {
                input.literal(&[byte])?;
                continue;
            }
            match bytes.next().unwrap_or(b'%') {
                b'Y' => self.year = Some(input.number(4, 4)?),
                b'y' => {
                    let short = input.number(2, 2)?;
                    self.year = Some(if short >= 70 { 1_900 + short } else { 2_000 + short });
                }
                b'G' => self.iso_year = Some(input.number(4, 4)?),
                b'm' | b'c' => self.month = Some(input.ranged(2, 2, 1, 12)?),
                b'd' => self.day = Some(input.ranged(2, 2, 1, 31)?),
                b'e' => {
                    input.spaces();
                    self.day = Some(input.ranged(1, 2, 1, 31)?);
                }
                b'j' => self.day_of_year = Some(input.ranged(3, 3, 1, 366)?),
                b'V' => self.week = Some(input.ranged(2, 2, 1, 53)?),
                b'u' => self.weekday = Some(input.ranged(1, 1, 1, 7)?),
                b'w' => self.weekday = Some((input.ranged(1, 1, 0, 6)? + 6) % 7 + 1),
                b'a' => self.weekday = Some(input.name(&DAYS, 3)? + 1),
                b'W' => self.weekday = Some(input.name(&DAYS, 0)? + 1),
                b'b' => self.month = Some(input.name(&MONTHS, 3)? + 1),
                b'M' => self.month = Some(input.name(&MONTHS, 0)? + 1),
                b'H' => self.hour = input.ranged(2, 2, 0, 23)?,
                b'k' => {
                    input.spaces();
                    self.hour = input.ranged(1, 2, 0, 23)?;
                }
                b'h' | b'I' => self.half_day(input.ranged(2, 2, 1, 12)?),
                b'l' => {
                    input.spaces();
                    self.half_day(input.ranged(1, 2, 1, 12)?);
                }
                b'i' => self.minute = input.ranged(2, 2, 0, 59)?,
                b's' | b'S' => self.second = input.ranged(2, 2, 0, 59)?,
                b'f' => self.nanosecond = input.fraction(6)?,
                b'p' => self.afternoon = Some(input.name(&["AM", "PM"], 0)? == 1),
                b'z' => self.offset = Some(input.offset()?),
                b'T' => self.percent(input, b"%H:%i:%s")?,
                b'R' => self.percent(input, b"%H:%i")?,
                b'r' => self.percent(input, b"%h:%i %p")?,
                b'F' => self.percent(input, b"%Y-%m-%d")?,
                b'D' => self.percent(input, b"%m/%d/%y")?,
                b'n' => input.literal(b"\n")?,
                b't' => input.literal(b"\t")?,
                b'%' => input.literal(b"%")?,
                other => return Err(format!("the pattern's letter {} is not known", char::from(other))),
            }
        }
        Ok(())
    }

    fn joda(&mut self, input: &mut Input<'_>, pattern: &[u8]) -> Result<(), String> {
        let mut rest = pattern;
        while let Some(&letter) = rest.first() {
            if letter == b'\'' {
                let end = rest[1..].iter().position(|byte| *byte == b'\'').ok_or("a quote is not closed")?;
                let quoted = &rest[1..=end];
                input.literal(if quoted.is_empty() { b"'" } else { quoted })?;
                rest = &rest[end + 2..];
                continue;
            }
            let count = rest.iter().take_while(|byte| **byte == letter).count();
            rest = &rest[count..];
            match letter {
                b'y' | b'Y' if count == 2 => {
                    let short = input.number(2, 2)?;
                    self.year = Some(if short >= 70 { 1_900 + short } else { 2_000 + short });
                }
                b'y' | b'Y' => self.year = Some(input.number(1, 4.max(count))?),
                b'x' => self.iso_year = Some(input.number(1, 4.max(count))?),
                b'M' if count >= 3 => {
                    self.month = Some(input.name(&MONTHS, 0).or_else(|_| input.name(&MONTHS, 3))? + 1);
                }
                b'M' => self.month = Some(input.ranged(1, 2, 1, 12)?),
                b'd' => self.day = Some(input.ranged(1, 2.max(count), 1, 31)?),
                b'D' => self.day_of_year = Some(input.ranged(1, 3.max(count), 1, 366)?),
                b'w' => self.week = Some(input.ranged(1, 2.max(count), 1, 53)?),
                b'e' => self.weekday = Some(input.ranged(1, 1.max(count), 1, 7)?),
                b'E' => {
                    self.weekday = Some(input.name(&DAYS, 0).or_else(|_| input.name(&DAYS, 3))? + 1);
                }
                b'H' => self.hour = input.ranged(1, 2.max(count), 0, 23)?,
                b'k' => self.hour = input.ranged(1, 2.max(count), 1, 24)? % 24,
                b'K' => self.half_day(input.ranged(1, 2.max(count), 0, 11)?),
                b'h' => self.half_day(input.ranged(1, 2.max(count), 1, 12)?),
                b'm' => self.minute = input.ranged(1, 2.max(count), 0, 59)?,
                b's' => self.second = input.ranged(1, 2.max(count), 0, 59)?,
                b'S' => self.nanosecond = input.fraction(count)?,
                b'a' => self.afternoon = Some(input.name(&["AM", "PM"], 0)? == 1),
                b'Z' => self.offset = Some(input.offset()?),
                b'a'..=b'z' | b'A'..=b'Z' => {
                    return Err(format!("the pattern's letter {} is not known", char::from(letter)));
                }
                other => (0..count).try_for_each(|_| input.literal(&[other]))?,
            }
        }
        Ok(())
    }

    fn half_day(&mut self, hour: i64) {
        self.hour = hour % 12;
        self.afternoon.get_or_insert(false);
    }

    fn days(&self) -> Result<i64, String> {
        if let (Some(year), Some(week)) = (self.iso_year, self.week) {
            let fourth = days_from_civil(year, 1, 4);
            let monday = fourth - (fourth + 3).rem_euclid(7);
            return Ok(monday + (week - 1) * 7 + self.weekday.unwrap_or(1) - 1);
        }
        let year = self.year.or(self.iso_year).unwrap_or(if self.month.is_some() || self.day.is_some() {
            2_000
        } else {
            1_970
        });
        if let Some(day) = self.day_of_year {
            let length = days_from_civil(year + 1, 1, 1) - days_from_civil(year, 1, 1);
            if day > length {
                return Err(format!("the year {year} has no day {day}"));
            }
            return Ok(days_from_civil(year, 1, 1) + day - 1);
        }
        let (month, day) = (self.month.unwrap_or(1) as u32, self.day.unwrap_or(1) as u32);
        if day > days_in_month(year, month) {
            return Err(format!("there is no day {year}-{month}-{day}"));
        }
        Ok(days_from_civil(year, month, day))
    }

    fn finish(&self, zone: Tz) -> Moment {
        let hour = self.hour + if self.afternoon == Some(true) && self.hour < 12 { 12 } else { 0 };
        let local = self.days()? * 86_400 + hour * 3_600 + self.minute * 60 + self.second;
        let seconds = match self.offset {
            Some(offset) => local - offset,
            None => from_local(local, zone),
        };
        Ok((seconds, self.nanosecond))
    }
}

/// A text being read.
struct Input<'a> {
    rest: &'a [u8],
}

impl Input<'_> {
    fn literal(&mut self, wanted: &[u8]) -> Result<(), String> {
        self.rest = self
            .rest
            .strip_prefix(wanted)
            .ok_or_else(|| format!("'{}' was expected", String::from_utf8_lossy(wanted)))?;
        Ok(())
    }

    fn spaces(&mut self) {
        self.rest = self.rest.trim_ascii_start();
    }

    fn number(&mut self, least: usize, most: usize) -> Result<i64, String> {
        let digits = self.rest.iter().take(most).take_while(|byte| byte.is_ascii_digit()).count();
        if digits < least || digits > 18 {
            return Err(format!("a number of {least} digits was expected"));
        }
        let (head, tail) = self.rest.split_at(digits);
        self.rest = tail;
        Ok(head.iter().fold(0, |number, digit| number * 10 + i64::from(digit - b'0')))
    }

    fn ranged(&mut self, least: usize, most: usize, low: i64, high: i64) -> Result<i64, String> {
        let number = self.number(least, most)?;
        if (low..=high).contains(&number) {
            Ok(number)
        } else {
            Err(format!("{number} is not from {low} to {high}"))
        }
    }

    /// Index of a name, in any case; with `length` its first letters alone.
    fn name(&mut self, names: &[&str], length: usize) -> Result<i64, String> {
        for (at, name) in names.iter().enumerate() {
            let name = if length > 0 { &name[..length.min(name.len())] } else { name };
            if let Some(head) = self.rest.get(..name.len())
                && head.eq_ignore_ascii_case(name.as_bytes())
            {
                self.rest = &self.rest[name.len()..];
                return Ok(at as i64);
            }
        }
        Err("a name was expected".to_owned())
    }

    /// A fraction of a second in nanoseconds.
    fn fraction(&mut self, digits: usize) -> Result<i64, String> {
        let before = self.rest.len();
        let number = self.number(1, digits)?;
        let read = before - self.rest.len();
        Ok(number * 10_i64.pow(9_u32.saturating_sub(read as u32)))
    }

    /// Seconds east of Greenwich, written as +hhmm or +hh:mm.
    fn offset(&mut self) -> Result<i64, String> {
        let sign = match self.rest.first() {
            Some(b'+') => 1,
            Some(b'-') => -1,
            _ => return Err("an offset was expected".to_owned()),
        };
        self.rest = &self.rest[1..];
        let hours = self.number(2, 2)?;
        if self.rest.first() == Some(&b':') {
            self.rest = &self.rest[1..];
        }
        Ok(sign * (hours * 3_600 + self.number(2, 2)? * 60))
    }
}
