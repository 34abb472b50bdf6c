//! Values from text, into a [`ColumnBuilder`].

use std::net::{Ipv4Addr, Ipv6Addr};

use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::json::{read_json_string, skip_json};
use super::{Cursor, GREATEST_DAY, LEAST_DAY, parse_date, parse_date_time, parse_decimal, parse_i256};
use crate::aggregate::wire::write_bytes;
use crate::column_builder::ColumnBuilder;
use crate::conversion::text_to_variant;
use crate::json::{parse_document, tag_element};
use crate::tagged::{tag, write_type};
use crate::{Environment, stored_precision};

/// Appends the value that `text` spells, in the spelling of `toString` and TabSeparated (unescaped).
///
/// # Errors
/// ClickHouse's error for the type: 6, 38, 41, 376, 467, 691, .. Nothing is appended then.
pub fn read_text(text: &[u8], builder: &mut ColumnBuilder, environment: &Environment) -> Result<()> {
    let before = builder.len();
    let ty = builder.ty().clone();
    let done = match ty.bare() {
        ChType::Array(_) | ChType::Tuple(_) | ChType::Map(..) | ChType::Nested(_) => {
            let mut cursor = Cursor::new(text);
            quoted(&mut cursor, builder, environment).and_then(|()| {
                cursor.space();
                if cursor.is_at_end() { Ok(()) } else { Err(fault(&ty, text)) }
            })
        }
        bare => scalar(text, bare, builder, environment),
    };
    if done.is_err() {
        builder.truncate(before);
    }
    done
}

fn fault(ty: &ChType, text: &[u8]) -> SqlError {
    let code = match ty.bare() {
        ChType::Date | ChType::Date32 if parse_date(text).is_some() => ErrorCode::CANNOT_PARSE_TEXT,
        ChType::Date | ChType::Date32 => ErrorCode::CANNOT_PARSE_DATE,
        ChType::DateTime(_) | ChType::DateTime64(..) => ErrorCode::CANNOT_PARSE_DATETIME,
        ChType::Uuid => ErrorCode::CANNOT_PARSE_UUID,
        ChType::Bool => ErrorCode::CANNOT_PARSE_BOOL,
        ChType::Ipv4 => ErrorCode::CANNOT_PARSE_IPV4,
        ChType::Ipv6 => ErrorCode::CANNOT_PARSE_IPV6,
        ChType::Enum8(_) | ChType::Enum16(_) => ErrorCode::UNKNOWN_ELEMENT_OF_ENUM,
        ChType::Float32 | ChType::Float64 if !starts_as_number(text) => ErrorCode::CANNOT_PARSE_NUMBER,
        bare if negative(text, bare) => ErrorCode::CANNOT_PARSE_NUMBER,
        _ if text.is_empty() && !ty.is_text() => ErrorCode::ATTEMPT_TO_READ_AFTER_EOF,
        ChType::FixedString(_) => {
            ErrorCode::from_name("TOO_LARGE_STRING_SIZE").unwrap_or(ErrorCode::BAD_ARGUMENTS)
        }
        _ => ErrorCode::CANNOT_PARSE_TEXT,
    };
    let shown = String::from_utf8_lossy(text.get(..100).unwrap_or(text));
    SqlError::new(code, format!("Cannot parse '{shown}' as {ty}"))
}

fn starts_as_number(text: &[u8]) -> bool {
    let digits = text.strip_prefix(b"-").or_else(|| text.strip_prefix(b"+")).unwrap_or(text);
    digits.strip_prefix(b".").unwrap_or(digits).first().is_some_and(u8::is_ascii_digit)
}

/// Whether a minus stands before a number that cannot have one.
fn negative(text: &[u8], ty: &ChType) -> bool {
    text.first() == Some(&b'-') && ty.integer_bits().is_some_and(|(_, signed)| !signed)
}

/// Appends a scalar spelled by the whole of `text`.
fn scalar(text: &[u8], ty: &ChType, builder: &mut ColumnBuilder, environment: &Environment) -> Result<()> {
    let wrong = || fault(ty, text);
    match ty {
        ChType::String | ChType::AggregateFunction(_) => builder.append_bytes(text),
        ChType::Json(of) => builder.append_bytes(&parse_document(text, of, environment)?),
        ChType::Dynamic(_) => builder.append_bytes(&tagged_text(text)),
        ChType::Variant(types) => builder.append_bytes(&text_to_variant(text, types, environment)?),
        ChType::FixedString(length) if text.len() <= *length as usize => builder.append_bytes(text),
        ChType::Float32 | ChType::Float64 => builder.append_float(parse_float(text).ok_or_else(wrong)?),
        ChType::Bool => builder.append_int(parse_bool(text).ok_or_else(wrong)?.into()),
        ChType::Decimal(precision, scale) => {
            let value = parse_decimal(text, *scale).ok_or_else(wrong)?;
            builder.append_wide(fitting(value, *precision, ty)?);
        }
        _ if negative(text, ty) => return Err(wrong()),
        ChType::Int128 | ChType::Int256 | ChType::UInt128 | ChType::UInt256 => {
            builder.append_wide(parse_i256(text).ok_or_else(wrong)?);
        }
        ChType::Date | ChType::Date32 => builder.append_int(date(text, ty, environment).ok_or_else(wrong)?),
        ChType::DateTime(_) => {
            let zone = environment.zone_of(ty);
            let seconds = parse_date_time(text, 0, zone).ok_or_else(wrong)?;
            builder.append_int(seconds.clamp(0, i64::from(u32::MAX)));
        }
        ChType::DateTime64(precision, _) => {
            let zone = environment.zone_of(ty);
            let ticks = parse_date_time(text, *precision, zone).ok_or_else(wrong)?;
            let factor = 10_i64.pow(u32::from(stored_precision(*precision) - precision));
            builder.append_int(ticks.checked_mul(factor).ok_or_else(wrong)?);
        }
        ChType::Time | ChType::Time64(_) => builder.append_int(time_of_day(text, ty).ok_or_else(wrong)?),
        ChType::Uuid => builder.append_bytes(&parse_uuid(text).ok_or_else(wrong)?),
        ChType::Ipv4 => {
            builder.append_int(parse_ipv4(text).ok_or_else(wrong)?.into());
        }
        ChType::Ipv6 => builder.append_bytes(&parse_ipv6(text).ok_or_else(wrong)?),
        ChType::Enum8(values) | ChType::Enum16(values) => {
            let by_number = || std::str::from_utf8(text).ok()?.parse::<i16>().ok();
            let number = values.number(text).or_else(|| by_number().filter(|n| values.name(*n).is_some()));
            builder.append_int(number.ok_or_else(wrong)?.into());
        }
        ChType::UInt64 => builder.append_int(parse_u64(text).ok_or_else(wrong)? as i64),
        _ if ty.is_integer() || matches!(ty, ChType::Interval(_)) => {
            builder.append_int(parse_i64(text).ok_or_else(wrong)?);
        }
        _ => return Err(wrong()),
    }
    Ok(())
}

/// A text as a value of a Dynamic.
fn tagged_text(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() + 3);
    write_type(&ChType::String, &mut out);
    write_bytes(text, &mut out);
    out
}

/// The value if it has at most `precision` digits.
fn fitting(value: arrow::datatypes::i256, precision: u8, ty: &ChType) -> Result<arrow::datatypes::i256> {
    let digits = value.wrapping_abs().to_string().len();
    if digits > usize::from(precision) {
        let message = format!("A number is too large for {ty}");
        return Err(SqlError::new(
            ErrorCode::from_name("ARGUMENT_OUT_OF_BOUND").unwrap_or(ErrorCode::BAD_ARGUMENTS),
            message,
        ));
    }
    Ok(value)
}

fn date(text: &[u8], ty: &ChType, environment: &Environment) -> Option<i64> {
    let days = match parse_date(text) {
        Some((days, rest)) if rest.is_empty() || is_time(rest) => {
            // The least value stands for a day that there is not.
            days.unwrap_or(if *ty == ChType::Date { 0 } else { -25_567 })
        }
        _ if text.iter().all(u8::is_ascii_digit) && text.len() != 8 => {
            let number = parse_i64(text)?;
            if number > 65_535 {
                crate::calendar::to_local(number, environment.time_zone).div_euclid(86_400)
            } else {
                number
            }
        }
        _ => return None,
    };
    Some(if *ty == ChType::Date { days.clamp(0, 65_535) } else { days.clamp(LEAST_DAY, GREATEST_DAY) })
}

/// ` hh:mm:ss[.fraction]` after a date, or the same after a T.
fn is_time(text: &[u8]) -> bool {
    let Some((b' ' | b'T', clock)) = text.split_first() else { return false };
    clock.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.'))
}

fn time_of_day(text: &[u8], ty: &ChType) -> Option<i64> {
    let digits = if let ChType::Time64(precision) = ty { *precision } else { 0 };
    let text = std::str::from_utf8(text).ok()?;
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let mut parts = text.splitn(3, ':');
    let (hours, minutes): (i64, i64) =
        (parts.next()?.parse().ok()?, parts.next().unwrap_or("0").parse().ok()?);
    let seconds = parse_decimal(parts.next().unwrap_or("0").as_bytes(), digits)?.to_i128()?;
    let unit = 10_i64.pow(u32::from(digits));
    let ticks =
        (hours * 3_600 + minutes * 60).checked_mul(unit)?.checked_add(i64::try_from(seconds).ok()?)?;
    Some(if negative { -ticks } else { ticks })
}

pub(crate) fn parse_i64(text: &[u8]) -> Option<i64> {
    let text = text.strip_prefix(b"+").unwrap_or(text);
    let text = std::str::from_utf8(text).ok()?;
    text.parse().ok().or_else(|| wrapped(text))
}

/// A whole number of any length, as its lowest 64 bits.
fn wrapped(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let value = digits
        .bytes()
        .fold(0_i64, |value, digit| value.wrapping_mul(10).wrapping_add(i64::from(digit - b'0')));
    Some(if digits.len() < text.len() { value.wrapping_neg() } else { value })
}

pub(crate) fn parse_u64(text: &[u8]) -> Option<u64> {
    let text = text.strip_prefix(b"+").unwrap_or(text);
    let text = std::str::from_utf8(text).ok()?;
    text.parse().ok().or_else(|| wrapped(text).map(|value| value as u64))
}

pub(crate) fn parse_float(text: &[u8]) -> Option<f64> {
    let text = std::str::from_utf8(text).ok()?;
    match text.to_ascii_lowercase().as_str() {
        "" => None,
        "nan" | "+nan" | "-nan" => Some(f64::NAN),
        "inf" | "+inf" | "infinity" | "+infinity" => Some(f64::INFINITY),
        "-inf" | "-infinity" => Some(f64::NEG_INFINITY),
        other => other.parse().ok(),
    }
}

pub(crate) fn parse_bool(text: &[u8]) -> Option<bool> {
    Some(match text.to_ascii_lowercase().as_slice() {
        b"true" | b"1" | b"t" | b"yes" | b"y" | b"on" | b"enable" | b"enabled" => true,
        b"false" | b"0" | b"f" | b"no" | b"n" | b"off" | b"disable" | b"disabled" => false,
        _ => return None,
    })
}

pub(crate) fn parse_uuid(text: &[u8]) -> Option<[u8; 16]> {
    let dashed = text.len() == 36 && [8, 13, 18, 23].iter().all(|at| text.get(*at) == Some(&b'-'));
    let digits: Vec<u8> = text.iter().copied().filter(|b| !(dashed && *b == b'-')).collect();
    if digits.len() != 32 {
        return None;
    }
    let mut out = [0; 16];
    for (byte, pair) in out.iter_mut().zip(digits.chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(out)
}

/// Four numbers up to 255; zeros may lead.
pub(crate) fn parse_ipv4(text: &[u8]) -> Option<u32> {
    let mut parts = text.split(|byte| *byte == b'.');
    let mut address = 0_u32;
    for _ in 0..4 {
        let part = parts.next().filter(|part| !part.is_empty() && part.iter().all(u8::is_ascii_digit))?;
        let number = parse_u64(part).filter(|number| *number <= 255)?;
        address = address << 8 | number as u32;
    }
    parts.next().is_none().then_some(address)
}

pub(crate) fn parse_ipv6(text: &[u8]) -> Option<[u8; 16]> {
    let text = std::str::from_utf8(text).ok()?;
    match text.parse::<Ipv6Addr>() {
        Ok(address) => Some(address.octets()),
        Err(_) => text.parse::<Ipv4Addr>().ok().map(|v4| v4.to_ipv6_mapped().octets()),
    }
}

/// Reads one value in the spelling of SQL literals (and of values inside arrays).
pub(crate) fn quoted(
    cursor: &mut Cursor<'_>,
    builder: &mut ColumnBuilder,
    environment: &Environment,
) -> Result<()> {
    cursor.space();
    let rest = cursor.rest();
    let ty = builder.ty().clone();
    let wrong = |rest: &[u8]| fault(&ty, rest);
    if cursor.eat_word(b"NULL") || rest.starts_with(b"\\N") {
        if rest.starts_with(b"\\N") {
            cursor.take(2);
        }
        builder.append_null();
        return Ok(());
    }
    match ty.bare() {
        ChType::Array(_) | ChType::Nested(_) => {
            let Some(elements) = builder.elements() else { return Err(wrong(rest)) };
            sequence(cursor, b'[', b']', |cursor, _| quoted(cursor, elements, environment))
                .map_err(|e| e.or(&ty, rest))?;
            builder.close();
        }
        ChType::Tuple(fields) => {
            let count = fields.len();
            let fields = builder.fields();
            let read = sequence(cursor, b'(', b')', |cursor, at| match fields.get_mut(at) {
                Some(field) => quoted(cursor, field, environment),
                None => Err(fault(&ChType::Nothing, rest)),
            })
            .map_err(|e| e.or(&ty, rest))?;
            if read != count {
                return Err(wrong(rest));
            }
            builder.close();
        }
        ChType::Map(..) => {
            let Some((keys, values)) = builder.entries() else { return Err(wrong(rest)) };
            sequence(cursor, b'{', b'}', |cursor, _| {
                quoted(cursor, keys, environment)?;
                if !(cursor.eat(b':') || cursor.eat(b'=')) {
                    return Err(fault(&ty, rest));
                }
                quoted(cursor, values, environment)
            })
            .map_err(|e| e.or(&ty, rest))?;
            builder.close();
        }
        bare => {
            let text = match cursor.peek() {
                Some(quote @ (b'\'' | b'"')) => {
                    let text = quoted_text(cursor, quote).ok_or_else(|| wrong(rest))?;
                    if matches!(bare, ChType::Variant(types) if types.contains(&ChType::String)) {
                        builder.append_bytes(&tagged_text(&text));
                        return Ok(());
                    }
                    text
                }
                _ if matches!(bare, ChType::Dynamic(_)) => {
                    let text = cursor.take_while(|b| !b",])}:".contains(&b) && !b.is_ascii_whitespace());
                    append_any(text, builder, environment)?;
                    return Ok(());
                }
                _ => cursor.take_while(|b| !b",])}:".contains(&b) && !b.is_ascii_whitespace()).to_vec(),
            };
            scalar(&text, bare, builder, environment)?;
        }
    }
    Ok(())
}

/// An error of one element, or of the sequence around it.
enum Broken {
    Element(SqlError),
    Sequence,
}

impl Broken {
    fn or(self, ty: &ChType, text: &[u8]) -> SqlError {
        match self {
            Self::Element(error) => error,
            Self::Sequence => fault(ty, text),
        }
    }
}

fn sequence(
    cursor: &mut Cursor<'_>,
    open: u8,
    close: u8,
    mut element: impl FnMut(&mut Cursor<'_>, usize) -> Result<()>,
) -> Result<usize, Broken> {
    if !cursor.eat(open) {
        return Err(Broken::Sequence);
    }
    let mut count = 0;
    while !cursor.eat(close) {
        if count > 0 && !cursor.eat(b',') {
            return Err(Broken::Sequence);
        }
        if count > 0 && cursor.eat(close) {
            break;
        }
        element(cursor, count).map_err(Broken::Element)?;
        count += 1;
    }
    Ok(count)
}

/// A text in quotes with backslash escapes or doubled quotes.
fn quoted_text(cursor: &mut Cursor<'_>, quote: u8) -> Option<Vec<u8>> {
    cursor.byte()?;
    let mut out = Vec::new();
    loop {
        out.extend_from_slice(cursor.take_while(|b| b != quote && b != b'\\'));
        match cursor.byte()? {
            b'\\' => out.push(match cursor.byte()? {
                b'n' => b'\n',
                b't' => b'\t',
                b'r' => b'\r',
                b'0' => 0,
                b'b' => 0x08,
                b'f' => 0x0c,
                other => other,
            }),
            _ if cursor.peek() == Some(quote) => {
                cursor.byte();
                out.push(quote);
            }
            _ => return Some(out),
        }
    }
}

/// Reads one JSON value. `null` becomes NULL, or the default where the type has none.
pub(crate) fn json(
    cursor: &mut Cursor<'_>,
    builder: &mut ColumnBuilder,
    environment: &Environment,
) -> Result<()> {
    cursor.space();
    let rest = cursor.rest();
    let ty = builder.ty().clone();
    let wrong = || fault(&ty, rest.get(..60).unwrap_or(rest));
    if rest.starts_with(b"null") {
        cursor.take(4);
        builder.append_null();
        return Ok(());
    }
    match (ty.bare(), cursor.peek()) {
        (ChType::Array(_) | ChType::Nested(_), Some(b'[')) => {
            let Some(elements) = builder.elements() else { return Err(wrong()) };
            sequence(cursor, b'[', b']', |cursor, _| json(cursor, elements, environment))
                .map_err(|e| e.or(&ty, rest))?;
            builder.close();
        }
        (ChType::Tuple(_), Some(b'[')) => {
            let fields = builder.fields();
            sequence(cursor, b'[', b']', |cursor, at| match fields.get_mut(at) {
                Some(field) => json(cursor, field, environment),
                None => Err(fault(&ChType::Nothing, rest)),
            })
            .map_err(|e| e.or(&ty, rest))?;
            builder.close();
        }
        (ChType::Tuple(names), Some(b'{')) => {
            let base = builder.len();
            let fields = builder.fields();
            sequence(cursor, b'{', b'}', |cursor, _| {
                let mut key = Vec::new();
                let read = read_json_string(cursor, &mut key).is_some() && cursor.eat(b':');
                let at =
                    names.iter().position(|(name, _)| name.as_ref().is_some_and(|n| n.as_bytes() == key));
                match at.and_then(|at| fields.get_mut(at)) {
                    Some(field) if read && field.len() == base => json(cursor, field, environment),
                    _ if read => skip_json(cursor).map(|_| ()).ok_or_else(|| fault(&ChType::Nothing, rest)),
                    _ => Err(fault(&ChType::Nothing, rest)),
                }
            })
            .map_err(|e| e.or(&ty, rest))?;
            builder.close();
        }
        (ChType::Map(..), Some(b'{')) => {
            let Some((keys, values)) = builder.entries() else { return Err(wrong()) };
            sequence(cursor, b'{', b'}', |cursor, _| {
                let mut key = Vec::new();
                if read_json_string(cursor, &mut key).is_none() || !cursor.eat(b':') {
                    return Err(fault(&ChType::Nothing, rest));
                }
                read_text(&key, keys, environment)?;
                json(cursor, values, environment)
            })
            .map_err(|e| e.or(&ty, rest))?;
            builder.close();
        }
        (ChType::Json(of), _) => {
            let text = skip_json(cursor).ok_or_else(wrong)?;
            builder.append_bytes(&parse_document(text, of, environment)?);
        }
        (ChType::Dynamic(_), _) => {
            let text = skip_json(cursor).ok_or_else(wrong)?;
            append_any(text, builder, environment)?;
        }
        (ChType::Variant(types), _) => {
            let text = skip_json(cursor).ok_or_else(wrong)?;
            builder.append_bytes(&json_to_variant(text, types, environment)?);
        }
        (_, Some(b'"')) => {
            let mut text = Vec::new();
            read_json_string(cursor, &mut text).ok_or_else(wrong)?;
            read_text(&text, builder, environment)?;
        }
        _ => {
            let text = skip_json(cursor).ok_or_else(wrong)?;
            let text = match text {
                b"true" if ty.is_number() && *ty.bare() != ChType::Bool => b"1",
                b"false" if ty.is_number() && *ty.bare() != ChType::Bool => b"0",
                text => text,
            };
            read_text(text, builder, environment)?;
        }
    }
    Ok(())
}

/// Appends a JSON value to a Dynamic, as a text if it is no JSON.
fn append_any(text: &[u8], builder: &mut ColumnBuilder, environment: &Environment) -> Result<()> {
    let mut tagged = Vec::new();
    if tag_element(text, environment, &mut tagged)? {
        builder.append_bytes(&tagged);
    } else if text == b"null" {
        builder.append_null();
    } else {
        builder.append_bytes(&tagged_text(text));
    }
    Ok(())
}

/// A JSON value as one of `types`: a text where it is quoted, else the first that reads it.
fn json_to_variant(text: &[u8], types: &[ChType], environment: &Environment) -> Result<Vec<u8>> {
    if text.first() == Some(&b'"') {
        let mut content = Vec::new();
        if read_json_string(&mut Cursor::new(text), &mut content).is_some() {
            return text_to_variant(&content, types, environment);
        }
    }
    for ty in types.iter().filter(|ty| !ty.is_text()) {
        let mut builder = ColumnBuilder::new(ty);
        let compound = matches!(text.first(), Some(b'[' | b'{'));
        if compound && json(&mut Cursor::new(text), &mut builder, environment).is_ok() && builder.len() == 1 {
            let tagged = tag(&builder.finish()?, ty)?;
            return Ok(super::bytes_at(&tagged, 0).to_vec());
        }
    }
    text_to_variant(text, types, environment)
}
