//! ClickHouse's binary encoding of types: a byte for the family, then its arguments.

use std::sync::Arc;

use kinglet_types::{ChType, EnumValues, ErrorCode, IntervalUnit, JsonType, Result, SqlError, TupleFields};

use crate::aggregate::wire::{Reader, write_bytes, write_varint};

/// How deep types may nest in each other.
const MAX_DEPTH: usize = 64;
/// Longest list of arguments that is read.
const MOST: u64 = 1 << 16;

/// The code of a type without arguments.
const PLAIN: &[(u8, ChType)] = &[
    (0x00, ChType::Nothing),
    (0x01, ChType::UInt8),
    (0x02, ChType::UInt16),
    (0x03, ChType::UInt32),
    (0x04, ChType::UInt64),
    (0x05, ChType::UInt128),
    (0x06, ChType::UInt256),
    (0x07, ChType::Int8),
    (0x08, ChType::Int16),
    (0x09, ChType::Int32),
    (0x0A, ChType::Int64),
    (0x0B, ChType::Int128),
    (0x0C, ChType::Int256),
    (0x0D, ChType::Float32),
    (0x0E, ChType::Float64),
    (0x0F, ChType::Date),
    (0x10, ChType::Date32),
    (0x11, ChType::DateTime(None)),
    (0x15, ChType::String),
    (0x1D, ChType::Uuid),
    (0x28, ChType::Ipv4),
    (0x29, ChType::Ipv6),
    (0x2D, ChType::Bool),
    (0x32, ChType::Time),
];

const INTERVALS: [(u8, IntervalUnit); 11] = [
    (0x00, IntervalUnit::Nanosecond),
    (0x01, IntervalUnit::Microsecond),
    (0x02, IntervalUnit::Millisecond),
    (0x03, IntervalUnit::Second),
    (0x04, IntervalUnit::Minute),
    (0x05, IntervalUnit::Hour),
    (0x06, IntervalUnit::Day),
    (0x07, IntervalUnit::Week),
    (0x08, IntervalUnit::Month),
    (0x09, IntervalUnit::Quarter),
    (0x0A, IntervalUnit::Year),
];

/// Appends a type. One that has no code of its own is written by its name.
pub(crate) fn write_type(ty: &ChType, out: &mut Vec<u8>) {
    if let Some((code, _)) = PLAIN.iter().find(|(_, plain)| plain == ty) {
        return out.push(*code);
    }
    match ty {
        ChType::DateTime(Some(zone)) => {
            out.push(0x12);
            write_bytes(zone.as_bytes(), out);
        }
        ChType::DateTime64(precision, None) => out.extend([0x13, *precision]),
        ChType::DateTime64(precision, Some(zone)) => {
            out.extend([0x14, *precision]);
            write_bytes(zone.as_bytes(), out);
        }
        ChType::FixedString(length) => {
            out.push(0x16);
            write_varint(u64::from(*length), out);
        }
        ChType::Enum8(values) => {
            out.push(0x17);
            enumeration(values, out, |number, out| out.push(number as u8));
        }
        ChType::Enum16(values) => {
            out.push(0x18);
            enumeration(values, out, |number, out| out.extend(number.to_le_bytes()));
        }
        ChType::Decimal(precision, scale) => {
            let code = match precision {
                0..=9 => 0x19,
                10..=18 => 0x1A,
                19..=38 => 0x1B,
                _ => 0x1C,
            };
            out.extend([code, *precision, *scale]);
        }
        ChType::Array(element) => nested(0x1E, [&**element], out),
        ChType::Tuple(fields) => tuple(fields, out),
        ChType::Interval(unit) => {
            let code = INTERVALS.iter().find(|(_, known)| known == unit).map_or(0, |(code, _)| *code);
            out.extend([0x22, code]);
        }
        ChType::Nullable(inner) => nested(0x23, [&**inner], out),
        ChType::LowCardinality(inner) => nested(0x26, [&**inner], out),
        ChType::Map(key, value) => nested(0x27, [&**key, &**value], out),
        ChType::Variant(types) => {
            out.push(0x2A);
            write_varint(types.len() as u64, out);
            types.iter().for_each(|ty| write_type(ty, out));
        }
        ChType::Dynamic(max_types) => out.extend([0x2B, *max_types]),
        ChType::Json(of) => json(of, out),
        ChType::Time64(precision) => out.extend([0x34, *precision]),
        other => {
            out.push(0x2C);
            write_bytes(other.to_string().as_bytes(), out);
        }
    }
}

fn nested<const N: usize>(code: u8, inner: [&ChType; N], out: &mut Vec<u8>) {
    out.push(code);
    inner.iter().for_each(|ty| write_type(ty, out));
}

fn enumeration(values: &EnumValues, out: &mut Vec<u8>, number: impl Fn(i16, &mut Vec<u8>)) {
    write_varint(values.entries().len() as u64, out);
    for (name, value) in values.entries() {
        write_bytes(name.as_bytes(), out);
        number(*value, out);
    }
}

fn tuple(fields: &TupleFields, out: &mut Vec<u8>) {
    let named = fields.iter().all(|(name, _)| name.is_some()) && !fields.is_empty();
    out.push(if named { 0x20 } else { 0x1F });
    write_varint(fields.len() as u64, out);
    for (name, ty) in fields.iter() {
        if let (true, Some(name)) = (named, name) {
            write_bytes(name.as_bytes(), out);
        }
        write_type(ty, out);
    }
}

fn json(of: &JsonType, out: &mut Vec<u8>) {
    out.extend([0x30, 0]);
    write_varint(u64::from(of.max_paths), out);
    out.push(of.max_types);
    write_varint(of.typed.len() as u64, out);
    for (path, ty) in &of.typed {
        write_bytes(path.as_bytes(), out);
        write_type(ty, out);
    }
    for texts in [&of.skip, &of.skip_patterns] {
        write_varint(texts.len() as u64, out);
        texts.iter().for_each(|text| write_bytes(text.as_bytes(), out));
    }
}

/// Reads a type that [`write_type`] or ClickHouse wrote.
///
/// # Errors
/// 33 when the bytes end too early, 117 for a code that is none.
pub(crate) fn read_type(bytes: &mut Reader<'_>) -> Result<ChType> {
    read(bytes, 0)
}

fn damaged() -> SqlError {
    SqlError::new(ErrorCode::INCORRECT_DATA, "The bytes of a Dynamic value name no type")
}

fn read(bytes: &mut Reader<'_>, depth: usize) -> Result<ChType> {
    if depth > MAX_DEPTH {
        return Err(damaged());
    }
    let [code] = bytes.array::<1>()?;
    if let Some((_, ty)) = PLAIN.iter().find(|(known, _)| *known == code) {
        return Ok(ty.clone());
    }
    let inner = |bytes: &mut Reader<'_>| read(bytes, depth + 1);
    Ok(match code {
        0x12 => ChType::DateTime(Some(text(bytes)?)),
        0x13 => ChType::DateTime64(bounded(bytes, 9)?, None),
        0x14 => ChType::DateTime64(bounded(bytes, 9)?, Some(text(bytes)?)),
        0x16 => match u32::try_from(bytes.varint()?) {
            Ok(length @ 1..=0xFF_FFFF) => ChType::FixedString(length),
            _ => return Err(damaged()),
        },
        0x17 => ChType::Enum8(read_enumeration(bytes, |bytes| Ok(i8::from_le_bytes(bytes.array()?).into()))?),
        0x18 => ChType::Enum16(read_enumeration(bytes, |bytes| Ok(i16::from_le_bytes(bytes.array()?)))?),
        0x19..=0x1C => {
            let precision = bounded(bytes, 76)?;
            ChType::Decimal(precision, bounded(bytes, precision)?)
        }
        0x1E => ChType::array(inner(bytes)?),
        0x1F | 0x20 => {
            let count = count(bytes)?;
            let field = |_| {
                let name = if code == 0x20 { Some(text(bytes)?) } else { None };
                Ok((name, read(bytes, depth + 1)?))
            };
            ChType::Tuple((0..count).map(field).collect::<Result<Vec<_>>>()?.into())
        }
        0x22 => {
            let [unit] = bytes.array::<1>()?;
            let known = INTERVALS.iter().find(|(known, _)| *known == unit);
            ChType::Interval(known.ok_or_else(damaged)?.1)
        }
        0x23 => ChType::Nullable(Arc::new(inner(bytes)?)),
        0x26 => ChType::LowCardinality(Arc::new(inner(bytes)?)),
        0x27 => ChType::map(inner(bytes)?, inner(bytes)?),
        0x2A => {
            let count = count(bytes)?;
            ChType::Variant((0..count).map(|_| inner(bytes)).collect::<Result<Vec<_>>>()?.into())
        }
        0x2B => ChType::Dynamic(bounded(bytes, 254)?),
        0x2C => ChType::parse(&text(bytes)?).map_err(|_| damaged())?,
        0x30 => ChType::Json(Arc::new(read_json(bytes, depth)?)),
        0x34 => ChType::Time64(bounded(bytes, 9)?),
        _ => return Err(damaged()),
    })
}

fn bounded(bytes: &mut Reader<'_>, most: u8) -> Result<u8> {
    match bytes.array::<1>()? {
        [value] if value <= most => Ok(value),
        _ => Err(damaged()),
    }
}

fn count(bytes: &mut Reader<'_>) -> Result<u64> {
    bytes.varint().and_then(|count| if count > MOST { Err(damaged()) } else { Ok(count) })
}

fn text(bytes: &mut Reader<'_>) -> Result<Arc<str>> {
    std::str::from_utf8(bytes.bytes()?).map(Arc::from).map_err(|_| damaged())
}

fn read_enumeration(
    bytes: &mut Reader<'_>,
    number: impl Fn(&mut Reader<'_>) -> Result<i16>,
) -> Result<Arc<EnumValues>> {
    let count = count(bytes)?;
    let entry = |_| Ok((text(bytes)?, number(bytes)?));
    let entries = (0..count).map(entry).collect::<Result<Vec<_>>>()?;
    EnumValues::new(entries).map(Arc::new).ok_or_else(damaged)
}

fn read_json(bytes: &mut Reader<'_>, depth: usize) -> Result<JsonType> {
    bytes.take(1)?;
    let max_paths = u32::try_from(bytes.varint()?).map_err(|_| damaged())?;
    let [max_types] = bytes.array::<1>()?;
    let paths = count(bytes)?;
    let typed = |_| Ok((text(bytes)?, read(bytes, depth + 1)?));
    let typed = (0..paths).map(typed).collect::<Result<Vec<_>>>()?;
    let texts = |bytes: &mut Reader<'_>| {
        let count = count(bytes)?;
        (0..count).map(|_| text(bytes)).collect::<Result<Vec<_>>>()
    };
    Ok(JsonType { max_types, max_paths, typed, skip: texts(bytes)?, skip_patterns: texts(bytes)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_come_back_and_have_clickhouses_bytes() {
        let cases: &[(&str, &[u8])] = &[
            ("Array(Nullable(Int64))", &[0x1E, 0x23, 0x0A]),
            ("DateTime64(3, 'UTC')", &[0x14, 3, 3, b'U', b'T', b'C']),
            ("Decimal(9, 2)", &[0x19, 9, 2]),
            ("Tuple(a UInt8)", &[0x20, 1, 1, b'a', 1]),
            ("LowCardinality(String)", &[0x26, 0x15]),
            ("Enum8('a' = 1)", &[0x17, 1, 1, b'a', 1]),
            ("IntervalYear", &[0x22, 0x0A]),
            ("JSON(max_dynamic_types=16, max_dynamic_paths=256)", &[0x30, 0, 0x80, 2, 16, 0, 0, 0]),
            (
                "JSON(max_dynamic_types=7, a String, SKIP x, SKIP REGEXP 'rr')",
                &[0x30, 0, 0x80, 8, 7, 1, 1, b'a', 0x15, 1, 1, b'x', 1, 2, b'r', b'r'],
            ),
            ("Variant(String, UInt8)", &[0x2A, 2, 0x15, 1]),
            ("Dynamic(max_types=3)", &[0x2B, 3]),
            ("Map(String, UInt8)", &[0x27, 0x15, 1]),
        ];
        for (text, wanted) in cases {
            let ty = ChType::parse(text).expect("a type of the table");
            let mut out = Vec::new();
            write_type(&ty, &mut out);
            assert_eq!(out, *wanted, "{text}");
            assert_eq!(read_type(&mut Reader::new(&out)), Ok(ty));
        }
        for bytes in [&[0xFF][..], &[0x1E], &[0x13, 10], &[0x1E; 100]] {
            assert!(read_type(&mut Reader::new(bytes)).is_err());
        }
    }
}
