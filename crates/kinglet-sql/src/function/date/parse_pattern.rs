//! Times read by a pattern: MySQL's `%` letters or Joda's.

use arrow::array::ArrayRef;
use chrono_tz::Tz;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::moments::{parse_zone, per_second};
use super::pattern_reader::Reader;
use crate::conversion::Failure;
use crate::function::{Args, Call, Column, Function, Spec, result};

/// A function that reads times by a pattern.
pub(in crate::function) struct ParsePattern {
    pub(super) spec: &'static Spec,
    pub(super) joda: bool,
    /// Whether the answer is a DateTime64.
    pub(super) wide: bool,
    pub(super) failure: Failure,
}

impl ParsePattern {
    fn digits(&self, pattern: &str) -> u8 {
        if self.joda {
            pattern.bytes().filter(|byte| *byte == b'S').count().min(9) as u8
        } else if pattern.contains("%f") {
            6
        } else {
            0
        }
    }

    fn default_pattern(&self) -> &'static str {
        if self.wide { "%Y-%m-%d %H:%i:%s.%f" } else { "%Y-%m-%d %H:%i:%s" }
    }
}

impl Function for ParsePattern {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(if self.joda { 2..=3 } else { 1..=3 })?;
        for at in 0..args.len() {
            args.expect(at, ChType::is_text)?;
        }
        let zone = if args.len() > 2 {
            let name = args.constant_text(2)?;
            parse_zone(&name)?;
            name
        } else {
            args.environment.time_zone.name().to_owned()
        };
        let zone = Some(zone.as_str().into());
        let ty = if self.wide {
            let pattern =
                if args.len() > 1 { args.constant_text(1)? } else { self.default_pattern().to_owned() };
            ChType::DateTime64(self.digits(&pattern), zone)
        } else {
            ChType::DateTime(zone)
        };
        Ok(if self.failure == Failure::Null { ty.nullable() } else { ty })
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        let patterns = if call.args.len() > 1 { Some(call.bytes(1)?) } else { None };
        let zone: Tz = match call.args.get(2).and_then(Column::text_value) {
            Some(name) => parse_zone(&name)?,
            None => call.environment.zone_of(call.result.bare()),
        };
        let unit = per_second(call.result).unwrap_or(1);
        let range = if self.wide { i64::MIN..=i64::MAX } else { 0..=i64::from(u32::MAX) };
        result::nullable_ints(call.result, call.rows, |row| {
            let pattern =
                patterns.as_ref().map_or(self.default_pattern().as_bytes(), |patterns| patterns.get(row));
            let text = texts.get(row);
            let read = Reader::read(text, pattern, self.joda, zone);
            let refused = |why: String| {
                let message = format!("Cannot parse '{}': {why}", String::from_utf8_lossy(text));
                SqlError::new(ErrorCode::CANNOT_PARSE_DATETIME, message)
            };
            let value = read.and_then(|(seconds, nanoseconds)| {
                if range.contains(&seconds) {
                    Ok(seconds.saturating_mul(unit) + nanoseconds / (1_000_000_000 / unit))
                } else {
                    Err("the time is out of range".to_owned())
                }
            });
            match (value, self.failure) {
                (Ok(value), _) => Ok(Some(value)),
                (Err(_), Failure::Null) => Ok(None),
                (Err(_), Failure::Default) => Ok(Some(0)),
                (Err(why), _) => Err(refused(why)),
            }
        })
    }
}
