//! Times written by Joda's letters.

use std::io::Write;

use kinglet_types::{ErrorCode, Result, SqlError};

use super::moments::Moments;
use super::number::iso_week;
use super::pattern::{DAYS, MONTHS};
use super::round;
use crate::calendar::civil_from_days;

/// Appends the time of a row by a pattern.
///
/// # Errors
/// 48 for a letter that is not supported, 36 for an open quote.
pub(super) fn write(moments: &Moments, row: usize, pattern: &[u8], out: &mut Vec<u8>) -> Result<()> {
    let (days, of_day) = (moments.days(row), moments.of_day(row));
    let (year, month, day) = civil_from_days(days);
    let hour = of_day / 3_600;
    let weekday = (days + 3).rem_euclid(7);
    let mut rest = pattern;
    while let Some(&letter) = rest.first() {
        if letter == b'\'' {
            let Some(end) = rest[1..].iter().position(|byte| *byte == b'\'') else {
                return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, "No closing single quote for literal"));
            };
            out.extend_from_slice(if end == 0 { b"'" } else { &rest[1..=end] });
            rest = &rest[end + 2..];
            continue;
        }
        let count = rest.iter().take_while(|byte| **byte == letter).count();
        rest = &rest[count..];
        let mut padded = |number: i64| {
            let _ = write!(out, "{number:0count$}");
        };
        match letter {
            b'G' => out.extend_from_slice(if year > 0 { b"AD" } else { b"BC" }),
            b'C' => padded(year / 100),
            b'Y' | b'y' if count == 2 => padded(year % 100),
            b'Y' | b'y' => padded(year),
            b'x' if count == 2 => padded(iso_week(days).0 % 100),
            b'x' => padded(iso_week(days).0),
            b'w' => padded(iso_week(days).1),
            b'e' => padded(weekday + 1),
            b'E' => {
                let name = DAYS[weekday as usize];
                out.extend_from_slice(if count <= 3 { &name.as_bytes()[..3] } else { name.as_bytes() });
            }
            b'D' => padded(days - round::year(days) + 1),
            b'M' if count >= 3 => {
                let name = MONTHS[month as usize - 1];
                out.extend_from_slice(if count == 3 { &name.as_bytes()[..3] } else { name.as_bytes() });
            }
            b'M' => padded(month.into()),
            b'd' => padded(day.into()),
            b'a' => out.extend_from_slice(if hour < 12 { b"AM" } else { b"PM" }),
            b'K' => padded(hour % 12),
            b'h' => padded(if hour % 12 == 0 { 12 } else { hour % 12 }),
            b'H' => padded(hour),
            b'k' => padded(if hour == 0 { 24 } else { hour }),
            b'm' => padded(of_day / 60 % 60),
            b's' => padded(of_day % 60),
            b'S' => {
                let digits = format!("{:09}", moments.nanoseconds(row));
                out.extend(digits.bytes().chain(std::iter::repeat(b'0')).take(count));
            }
            b'z' => out.extend_from_slice(moments.zone.name().as_bytes()),
            b'a'..=b'z' | b'A'..=b'Z' => {
                let message =
                    format!("format is not supported for {}", char::from(letter).to_string().repeat(count));
                return Err(SqlError::new(ErrorCode::NOT_IMPLEMENTED, message));
            }
            other => out.extend(std::iter::repeat_n(other, count)),
        }
    }
    Ok(())
}
