//! Intervals and their units.

use kinglet_diagnostic::Span;

use super::expr::Alias;
use super::{Failure, Parse, Parser};
use crate::ast::{Expr, ExprKind, Literal, Syntax, Value};
use crate::lexer::Lexer;
use crate::token::TokenKind;
use crate::value;

/// A unit of time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct IntervalUnit {
    /// As `dateDiff` takes it.
    pub(super) name: &'static str,
    /// The function that makes an interval of it.
    pub(super) to_interval: &'static str,
    /// The function that takes it out of a date.
    extract: &'static str,
    /// Other spellings.
    others: &'static [&'static str],
}

const UNITS: [IntervalUnit; 11] = [
    unit("nanosecond", "toIntervalNanosecond", "toNanosecond", &["nanoseconds", "sql_tsi_nanosecond", "ns"]),
    unit("microsecond", "toIntervalMicrosecond", "toMicrosecond", &["microseconds", "sql_tsi_microsecond"]),
    unit(
        "millisecond",
        "toIntervalMillisecond",
        "toMillisecond",
        &["milliseconds", "sql_tsi_millisecond", "ms"],
    ),
    unit("second", "toIntervalSecond", "toSecond", &["seconds", "sql_tsi_second", "ss", "s"]),
    unit("minute", "toIntervalMinute", "toMinute", &["minutes", "sql_tsi_minute", "mi", "n"]),
    unit("hour", "toIntervalHour", "toHour", &["hours", "sql_tsi_hour", "hh", "h"]),
    unit("day", "toIntervalDay", "toDayOfMonth", &["days", "sql_tsi_day", "dd", "d"]),
    unit("week", "toIntervalWeek", "toISOWeek", &["weeks", "sql_tsi_week", "wk", "ww"]),
    unit("month", "toIntervalMonth", "toMonth", &["months", "sql_tsi_month", "mm", "m"]),
    unit("quarter", "toIntervalQuarter", "toQuarter", &["quarters", "sql_tsi_quarter", "qq", "q"]),
    unit("year", "toIntervalYear", "toYear", &["years", "sql_tsi_year", "yyyy", "yy"]),
];

const fn unit(
    name: &'static str,
    to_interval: &'static str,
    extract: &'static str,
    others: &'static [&'static str],
) -> IntervalUnit {
    IntervalUnit { name, to_interval, extract, others }
}

fn unit_named(word: &str) -> Option<IntervalUnit> {
    let is = |name: &str| name.eq_ignore_ascii_case(word);
    UNITS.into_iter().find(|unit| is(unit.name) || unit.others.iter().any(|other| is(other)))
}

/// What `EXTRACT` takes out of a date.
#[derive(Clone, Copy)]
pub(super) enum ExtractUnit {
    /// What a function of the date answers.
    Part(&'static str),
    /// Day of the week, Sunday being 0.
    SundayFirst,
    /// Which span of so many years.
    Spans(u64),
    /// Hours of the time zone's offset.
    ZoneHour,
    /// Minutes of the time zone's offset.
    ZoneMinute,
}

/// The unit of that name, for `EXTRACT` and `date_part`.
pub(super) fn extract_unit_named(word: &str) -> Option<ExtractUnit> {
    if let Some(unit) = unit_named(word) {
        return Some(ExtractUnit::Part(unit.extract));
    }
    Some(match word.to_ascii_lowercase().as_str() {
        "epoch" => ExtractUnit::Part("toUnixTimestamp"),
        "dow" => ExtractUnit::SundayFirst,
        "doy" => ExtractUnit::Part("toDayOfYear"),
        "isodow" => ExtractUnit::Part("toDayOfWeek"),
        "isoyear" => ExtractUnit::Part("toISOYear"),
        "century" => ExtractUnit::Spans(100),
        "decade" => ExtractUnit::Spans(10),
        "millennium" => ExtractUnit::Spans(1000),
        "timezone_hour" => ExtractUnit::ZoneHour,
        "timezone_minute" => ExtractUnit::ZoneMinute,
        _ => return None,
    })
}

/// The fields of an interval text such as `1:30`, and what separates each from the one before.
const YEAR_MONTH: [(&str, u8); 2] = [("year", 0), ("month", b'-')];
const DAY_TIME: [(&str, u8); 4] = [("day", 0), ("hour", b' '), ("minute", b':'), ("second", b':')];

impl Parser<'_> {
    /// Takes a unit of time.
    pub(super) fn interval_unit(&mut self) -> Option<IntervalUnit> {
        if self.kind() == TokenKind::Word
            && let Some(unit) = unit_named(self.token_text())
        {
            self.advance();
            return Some(unit);
        }
        self.note("interval unit");
        None
    }

    pub(super) fn extract_unit(&mut self) -> Parse<ExtractUnit> {
        if self.kind() == TokenKind::Word
            && let Some(unit) = extract_unit_named(self.token_text())
        {
            self.advance();
            return Ok(unit);
        }
        self.fail("interval unit")
    }

    /// `INTERVAL n UNIT`, `INTERVAL '5 minutes 3 seconds'` or `INTERVAL '1:30' HOUR TO MINUTE`.
    pub(super) fn interval(&mut self) -> Parse<Expr> {
        let start = self.advance().span;
        if self.kind() == TokenKind::String
            && let Some(parts) = self.attempt(|parser| parser.interval_text(start))
        {
            let span = self.since(start);
            return self.interval_parts(parts, start, span);
        }
        let count = self.interval_count()?;
        let Some(unit) = self.interval_unit() else { return Err(Failure) };
        let span = self.since(start);
        self.function(unit.to_interval, start, Syntax::Interval, vec![count], span)
    }

    /// The count of an interval: any expression up to the unit, which is no alias.
    fn interval_count(&mut self) -> Parse<Expr> {
        let expr = self.nested(|parser| parser.climb(0))?;
        if self.kind() == TokenKind::Word && unit_named(self.token_text()).is_some() {
            return Ok(expr);
        }
        self.aliased(expr, Alias::BareInside)
    }

    fn interval_parts(&mut self, mut parts: Vec<Expr>, start: Span, span: Span) -> Parse<Expr> {
        match parts.len() {
            1 => parts.pop().ok_or(Failure),
            _ => self.function("tuple", start, Syntax::IntervalText, parts, span),
        }
    }

    /// The intervals inside a string; fails where it is a plain count.
    fn interval_text(&mut self, start: Span) -> Parse<Vec<Expr>> {
        let span = self.span();
        let text = self.string()?;
        let mut parts = Vec::new();
        let mut lexer = Lexer::new(&text);
        loop {
            let token = lexer.next_significant();
            if token.kind == TokenKind::End && !parts.is_empty() {
                return Ok(parts);
            }
            let number = token.span.text(&text);
            let unit = lexer.next_significant();
            let value = value::number(number, false).filter(|_| token.kind == TokenKind::Number);
            match (value, unit_named(unit.span.text(&text))) {
                (Some(value), Some(unit)) => parts.push(self.interval_part(unit, value, start, span)?),
                (_, None)
                    if parts.is_empty() && unit.kind != TokenKind::End || token.kind == TokenKind::Minus =>
                {
                    return self.compound_interval(&text, start, span);
                }
                _ => return Err(Failure),
            }
        }
    }

    fn interval_part(&mut self, unit: IntervalUnit, value: Value, start: Span, span: Span) -> Parse<Expr> {
        let text = match &value {
            Value::UInt64(number) => number.to_string(),
            _ => String::new(),
        };
        let count = Expr::new(ExprKind::Literal(Box::new(Literal { value, text })), span);
        self.function(unit.to_interval, start, Syntax::Interval, vec![count], span)
    }

    /// The fields of `'1:30' HOUR TO MINUTE`.
    fn compound_interval(&mut self, text: &str, start: Span, span: Span) -> Parse<Vec<Expr>> {
        let from = self.interval_unit().ok_or(Failure)?;
        self.expect_words("TO")?;
        let to = self.interval_unit().ok_or(Failure)?;
        let fields = fields_between(from.name, to.name).ok_or(Failure)?;
        let negative = text.starts_with('-');
        let mut rest = text.strip_prefix(['-', '+']).unwrap_or(text);
        let mut parts = Vec::new();
        for (position, (name, separator)) in fields.iter().enumerate() {
            if position > 0 {
                rest = rest.strip_prefix(char::from(*separator)).ok_or(Failure)?;
            }
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (number, after) = rest.split_at(digits);
            rest = after;
            let number: u64 = number.parse().map_err(|_| Failure)?;
            let limit = match *name {
                _ if position == 0 => i64::MAX as u64,
                "month" => 11,
                "hour" => 23,
                _ => 59,
            };
            let unit = unit_named(name).filter(|_| number <= limit).ok_or(Failure)?;
            let mut part = self.interval_part(unit, Value::UInt64(number), start, span)?;
            if negative {
                part = self.function("negate", start, Syntax::Call, vec![part], span)?;
            }
            parts.push(part);
        }
        if rest.is_empty() { Ok(parts) } else { Err(Failure) }
    }
}

fn fields_between(from: &str, to: &str) -> Option<&'static [(&'static str, u8)]> {
    let groups: [&'static [(&'static str, u8)]; 2] = [&YEAR_MONTH, &DAY_TIME];
    groups.into_iter().find_map(|group| {
        let first = group.iter().position(|(name, _)| *name == from)?;
        let last = group.iter().position(|(name, _)| *name == to)?;
        if first < last { group.get(first..=last) } else { None }
    })
}
