//! The type ClickHouse gives a JSON value without a declared type, and the value tagged with it.

use std::sync::Arc;

use kinglet_types::{ChType, JsonType, Result};

use super::document::tagged_at;
use super::parse::parse_document;
use crate::aggregate::wire::write_bytes;
use crate::calendar::days_from_civil;
use crate::function::parse_best_effort;
use crate::tagged::write_type;
use crate::text::{Cursor, parse_float, read_json, read_json_string, skip_json};
use crate::{ColumnBuilder, Environment};

/// Deepest nesting of arrays that is looked into.
const MAX_DEPTH: usize = 200;

/// Appends a JSON value with its type. `false` (and nothing) for null and for what is no value.
///
/// # Errors
/// 117 for an object that cannot be read.
pub(crate) fn tag_json(
    value: &[u8],
    of: &JsonType,
    environment: &Environment,
    out: &mut Vec<u8>,
) -> Result<bool> {
    tag_value(value, of, environment, true, out)
}

/// [`tag_json`] of an element of an array of values of several types, in which texts stay texts.
pub(crate) fn tag_element(value: &[u8], environment: &Environment, out: &mut Vec<u8>) -> Result<bool> {
    tag_value(value, &JsonType::default(), environment, false, out)
}

fn tag_value(
    value: &[u8],
    of: &JsonType,
    environment: &Environment,
    times: bool,
    out: &mut Vec<u8>,
) -> Result<bool> {
    let Some(first) = value.first() else { return Ok(false) };
    match first {
        b'"' => {
            let mut text = Vec::new();
            if read_json_string(&mut Cursor::new(value), &mut text).is_none() {
                return Ok(false);
            }
            match time_of(&text, environment).filter(|_| times) {
                Some(time) => time.write(out),
                None => string(&text, out),
            }
        }
        b'-' | b'0'..=b'9' => return Ok(number(value, out)),
        b'[' => {
            let ty = finished(infer_array(value, environment, 0));
            let ty = with_limits(ty, of);
            let mut builder = ColumnBuilder::new(&ty);
            read_json(&mut Cursor::new(value), &mut builder, environment)?;
            out.extend(tagged_at(&builder.finish()?, &ty)?);
        }
        b'{' => {
            let of = if times { of.nested() } else { of.clone() };
            let document = parse_document(value, &of, environment)?;
            write_type(&ChType::Json(Arc::new(of)), out);
            out.extend(document);
        }
        _ => match value {
            b"true" => out.extend([0x2D, 1]),
            b"false" => out.extend([0x2D, 0]),
            _ => return Ok(false),
        },
    }
    Ok(true)
}

fn string(text: &[u8], out: &mut Vec<u8>) {
    out.push(0x15);
    write_bytes(text, out);
}

fn number(value: &[u8], out: &mut Vec<u8>) -> bool {
    match number_type(value) {
        Some(ChType::Int64) => match parse(value) {
            Some(number) => typed(0x0A, i64::to_le_bytes(number), out),
            None => return false,
        },
        Some(ChType::UInt64) => match parse(value) {
            Some(number) => typed(0x04, u64::to_le_bytes(number), out),
            None => return false,
        },
        Some(ChType::Float64) => match parse_float(value).filter(|float| float.is_finite()) {
            Some(number) => typed(0x0E, number.to_le_bytes(), out),
            None => return false,
        },
        Some(_) => string(value, out),
        None => return false,
    }
    true
}

fn typed(code: u8, bytes: [u8; 8], out: &mut Vec<u8>) {
    out.push(code);
    out.extend(bytes);
}

fn parse<T: std::str::FromStr>(digits: &[u8]) -> Option<T> {
    std::str::from_utf8(digits).ok()?.parse().ok()
}

/// The type of a number by JSON's grammar: Int64, else UInt64, else String for whole ones; Float64.
fn number_type(value: &[u8]) -> Option<ChType> {
    let mut cursor = Cursor::new(value.strip_prefix(b"-").unwrap_or(value));
    let digit = |byte: u8| byte.is_ascii_digit();
    let whole = cursor.take_while(digit);
    if whole.is_empty() || whole.len() > 1 && whole.first() == Some(&b'0') {
        return None;
    }
    let mut float = false;
    if cursor.peek() == Some(b'.') {
        cursor.byte();
        float = true;
        if cursor.take_while(digit).is_empty() {
            return None;
        }
    }
    if matches!(cursor.peek(), Some(b'e' | b'E')) {
        cursor.byte();
        float = true;
        if matches!(cursor.peek(), Some(b'+' | b'-')) {
            cursor.byte();
        }
        if cursor.take_while(digit).is_empty() {
            return None;
        }
    }
    if !cursor.is_at_end() {
        return None;
    }
    Some(match float {
        true => ChType::Float64,
        false if parse::<i64>(value).is_some() => ChType::Int64,
        false if parse::<u64>(value).is_some() => ChType::UInt64,
        false => ChType::String,
    })
}

/// A text that spells a date or a time.
enum Time {
    Days(u16),
    Seconds(u32),
    Nanoseconds(i64),
}

impl Time {
    fn ty(&self) -> ChType {
        match self {
            Self::Days(_) => ChType::Date,
            Self::Seconds(_) => ChType::DateTime(None),
            Self::Nanoseconds(_) => ChType::DateTime64(9, None),
        }
    }

    fn write(&self, out: &mut Vec<u8>) {
        write_type(&self.ty(), out);
        match self {
            Self::Days(days) => out.extend(days.to_le_bytes()),
            Self::Seconds(seconds) => out.extend(seconds.to_le_bytes()),
            Self::Nanoseconds(ticks) => out.extend(ticks.to_le_bytes()),
        }
    }
}

fn time_of(text: &[u8], environment: &Environment) -> Option<Time> {
    if text.len() < 8 || text.len() > 40 {
        return None;
    }
    let trimmed = text.trim_ascii_start();
    let separator = trimmed.get(4)?;
    if !trimmed.get(..4)?.iter().all(u8::is_ascii_digit) || !matches!(separator, b'-' | b'/') {
        return None;
    }
    let days = plain_date(text);
    if let Some(days) = days.and_then(|days| u16::try_from(days).ok()) {
        return Some(Time::Days(days));
    }
    let (seconds, nanoseconds) = parse_best_effort(text, environment.time_zone, false)?;
    if !text.contains(&b'.')
        && let Ok(seconds) = u32::try_from(seconds)
    {
        return Some(Time::Seconds(seconds));
    }
    let ticks = seconds.checked_mul(1_000_000_000)?.checked_add(nanoseconds)?;
    Some(Time::Nanoseconds(ticks))
}

/// Days of `YYYY-MM-DD` or `YYYY/MM/DD`, month and day of one or two digits; a day past the month's end counts on.
fn plain_date(text: &[u8]) -> Option<i64> {
    let separator = *text.get(4)?;
    let mut parts = text.split(|byte| *byte == separator);
    let mut next = |longest: usize| {
        let part = parts.next()?;
        let digits = (1..=longest).contains(&part.len()) && part.iter().all(u8::is_ascii_digit);
        if digits { parse::<u32>(part) } else { None }
    };
    let (year, month, day) = (next(4)?, next(2)?, next(2)?);
    let valid = parts.next().is_none() && (1..=12).contains(&month) && (1..=31).contains(&day);
    valid.then(|| days_from_civil(year.into(), month, day))
}

/// The type of a value, Nothing for null and `Array(Nothing)` for an array that shows none.
fn infer(value: &[u8], environment: &Environment, depth: usize) -> ChType {
    match value.first() {
        Some(b'"') => {
            let mut text = Vec::new();
            let _ = read_json_string(&mut Cursor::new(value), &mut text);
            time_of(&text, environment).map_or(ChType::String, |time| time.ty())
        }
        Some(b'[') => infer_array(value, environment, depth + 1),
        Some(b'{') => ChType::json(),
        Some(b't' | b'f') => ChType::Bool,
        Some(b'n') | None => ChType::Nothing,
        Some(_) => number_type(value).unwrap_or(ChType::String),
    }
}

/// The type of an array; elements are Nullable where that is a type.
fn infer_array(value: &[u8], environment: &Environment, depth: usize) -> ChType {
    if depth > MAX_DEPTH {
        return ChType::array(ChType::dynamic());
    }
    let (mut types, mut nulls, mut negative): (Vec<ChType>, bool, bool) = (Vec::new(), false, false);
    let mut cursor = Cursor::new(value);
    cursor.byte();
    while !cursor.eat(b']') {
        cursor.eat(b',');
        cursor.space();
        let Some(element) = skip_json(&mut cursor) else { break };
        negative |= element.first() == Some(&b'-');
        match infer(element, environment, depth) {
            ChType::Nothing => nulls = true,
            ty if types.contains(&ty) => {}
            ty => types.push(ty),
        }
    }
    let element = types.into_iter().map(Some).reduce(|a, b| unified(&a?, &b?, negative));
    ChType::array(match element {
        None => ChType::Nothing,
        Some(None) => ChType::dynamic(),
        Some(Some(ty @ ChType::Json(_))) if nulls => ChType::Nullable(Arc::new(ty)),
        Some(Some(ty)) => ty,
    })
}

/// The type two elements of an array share; `None` where they share none.
fn unified(a: &ChType, b: &ChType, negative: bool) -> Option<ChType> {
    use ChType::{Array, Bool, Date, DateTime, DateTime64, Float64, Int64, Nothing, String, UInt64};
    if a == b {
        return Some(a.clone());
    }
    let is_time = |ty: &ChType| matches!(ty, Date | DateTime(_) | DateTime64(..));
    Some(match (a, b) {
        (Int64 | UInt64, Int64 | UInt64) if negative => return None,
        (Int64 | UInt64, Int64 | UInt64) => UInt64,
        (Bool, other @ (Int64 | UInt64 | Float64)) | (other @ (Int64 | UInt64 | Float64), Bool) => {
            other.clone()
        }
        (Float64, Int64 | UInt64) | (Int64 | UInt64, Float64) => Float64,
        (String, other) | (other, String) if is_time(other) || *other == Bool => String,
        (x, y) if is_time(x) && is_time(y) => {
            if matches!(x, DateTime64(..)) || matches!(y, DateTime64(..)) {
                DateTime64(9, None)
            } else {
                DateTime(None)
            }
        }
        (Array(x), Array(y)) if **x == Nothing => ChType::Array(Arc::clone(y)),
        (Array(x), Array(y)) if **y == Nothing => ChType::Array(Arc::clone(x)),
        (Array(x), Array(y)) => ChType::array(unified(x, y, negative)?),
        (ChType::Nullable(x), ChType::Json(_)) | (ChType::Json(_), ChType::Nullable(x)) => {
            ChType::Nullable(Arc::clone(x))
        }
        _ => return None,
    })
}

/// Scalars inside arrays are Nullable, unknown ones Strings.
fn finished(ty: ChType) -> ChType {
    match ty {
        ChType::Array(element) => ChType::array(match element.as_ref() {
            inner @ ChType::Array(_) => finished(inner.clone()),
            ChType::Nothing => ChType::String.nullable(),
            json @ ChType::Json(_) => json.clone(),
            other => other.clone().nullable(),
        }),
        other => other,
    }
}

/// Objects inside arrays with the limits that the document's type leaves them.
fn with_limits(ty: ChType, of: &JsonType) -> ChType {
    match ty {
        ChType::Array(element) => ChType::array(with_limits(element.as_ref().clone(), of)),
        ChType::Nullable(inner) => ChType::Nullable(Arc::new(with_limits(inner.as_ref().clone(), of))),
        ChType::Json(_) => ChType::Json(Arc::new(of.nested())),
        other => other,
    }
}
