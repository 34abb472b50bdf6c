//! Times written by the letters of `formatDateTime`.

use std::io::Write;

use crate::calendar::{civil_from_days, split_day};

use super::number::iso_week;
use super::round;

/// English names of the months.
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// English names of the days of the week, from Monday.
pub(super) const DAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// A time taken apart.
pub(super) struct Moment {
    days: i64,
    of_day: i64,
    year: i64,
    month: u32,
    day: u32,
    offset: i64,
    nanoseconds: i64,
}

impl Moment {
    /// Takes local seconds apart; `seconds` are those since the epoch.
    pub(super) fn new(local: i64, seconds: i64, nanoseconds: i64) -> Self {
        let (days, of_day) = split_day(local);
        let (year, month, day) = civil_from_days(days);
        Self { days, of_day, year, month, day, offset: local - seconds, nanoseconds }
    }

    /// Appends the time by a pattern; the error is a letter that stands for nothing.
    pub(super) fn write(&self, pattern: &[u8], out: &mut Vec<u8>) -> Result<(), char> {
        let mut bytes = pattern.iter().copied();
        while let Some(byte) = bytes.next() {
            match byte {
                b'%' => self.letter(bytes.next().unwrap_or(b'%'), out)?,
                other => out.push(other),
            }
        }
        Ok(())
    }

    fn letter(&self, letter: u8, out: &mut Vec<u8>) -> Result<(), char> {
        let (hour, minute, second) = (self.of_day / 3_600, self.of_day / 60 % 60, self.of_day % 60);
        let twelve = if hour % 12 == 0 { 12 } else { hour % 12 };
        let weekday = (self.days + 3).rem_euclid(7);
        let month = MONTHS.get(self.month as usize - 1).copied().unwrap_or_default();
        let day = DAYS.get(weekday as usize).copied().unwrap_or_default();
        let half = if hour < 12 { "AM" } else { "PM" };
        let (year, month_number, day_number) = (self.year, self.month, self.day);
        // Writing to a buffer in memory does not fail.
        let _ = match letter {
            b'a' => write!(out, "{}", &day[..3]),
            b'b' => write!(out, "{}", &month[..3]),
            b'c' | b'm' => write!(out, "{month_number:02}"),
            b'C' => write!(out, "{:02}", year / 100),
            b'd' => write!(out, "{day_number:02}"),
            b'D' => write!(out, "{month_number:02}/{day_number:02}/{:02}", year % 100),
            b'e' => write!(out, "{day_number:>2}"),
            b'f' => self.write_fraction(out),
            b'F' => write!(out, "{year:04}-{month_number:02}-{day_number:02}"),
            b'g' => write!(out, "{:02}", iso_week(self.days).0 % 100),
            b'G' => write!(out, "{:04}", iso_week(self.days).0),
            b'h' | b'I' => write!(out, "{twelve:02}"),
            b'H' => write!(out, "{hour:02}"),
            b'i' => write!(out, "{minute:02}"),
            b'j' => write!(out, "{:03}", self.days - round::year(self.days) + 1),
            b'k' => write!(out, "{hour:02}"),
            b'l' => write!(out, "{twelve:02}"),
            b'M' => write!(out, "{month}"),
            b'n' => out.write_all(b"\n"),
            b'p' => write!(out, "{half}"),
            b'Q' => write!(out, "{}", month_number.div_ceil(3)),
            b'r' => write!(out, "{twelve:02}:{minute:02} {half}"),
            b'R' => write!(out, "{hour:02}:{minute:02}"),
            b's' | b'S' => write!(out, "{second:02}"),
            b't' => write!(out, "\t"),
            b'T' => write!(out, "{hour:02}:{minute:02}:{second:02}"),
            b'u' => write!(out, "{}", weekday + 1),
            b'V' => write!(out, "{:02}", iso_week(self.days).1),
            b'w' => write!(out, "{}", (weekday + 1) % 7),
            b'W' => write!(out, "{day}"),
            b'y' => write!(out, "{:02}", year % 100),
            b'Y' => write!(out, "{year:04}"),
            b'z' => {
                let sign = if self.offset < 0 { '-' } else { '+' };
                let minutes = self.offset.abs() / 60;
                write!(out, "{sign}{:02}{:02}", minutes / 60, minutes % 60)
            }
            b'%' => write!(out, "%"),
            other => return Err(char::from(other)),
        };
        Ok(())
    }

    fn write_fraction(&self, out: &mut Vec<u8>) -> std::io::Result<()> {
        write!(out, "{:06}", self.nanoseconds / 1_000)
    }
}
