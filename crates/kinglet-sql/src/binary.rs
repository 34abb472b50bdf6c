//! ClickHouse's binary encoding of values (`RowBinary`), which aggregate states use too.

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::DataType;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::aggregate::wire::{Reader, write_bytes, write_varint};
use crate::column_builder::ColumnBuilder;
use crate::function::result::internal;
use crate::tagged::{skip_tagged, skip_value, untag, write_type};
use crate::text::bytes_at;

/// Longest array that is read, in elements: a damaged length must not ask for all memory.
const LONGEST: u64 = 1 << 30;
/// The number of the alternative of a Variant that is NULL.
const NO_VARIANT: u8 = 0xFF;

/// Bytes of a value of a type stored in a fixed number of bytes, as ClickHouse stores it.
pub(crate) fn width(ty: &ChType) -> Option<usize> {
    Some(match ty {
        ChType::Bool | ChType::Enum8(_) => 1,
        ChType::Date | ChType::Enum16(_) => 2,
        ChType::Date32 | ChType::DateTime(_) | ChType::Ipv4 | ChType::Float32 => 4,
        ChType::Time => 4,
        ChType::DateTime64(..) | ChType::Time64(_) | ChType::Float64 | ChType::Interval(_) => 8,
        ChType::Uuid | ChType::Ipv6 => 16,
        ChType::Decimal(0..=9, _) => 4,
        ChType::Decimal(10..=18, _) => 8,
        ChType::Decimal(19..=38, _) => 16,
        ChType::Decimal(..) => 32,
        ChType::FixedString(length) => *length as usize,
        other => usize::from(other.integer_bits()?.0) / 8,
    })
}

/// Appends the value at `row` of a column of type `ty`.
///
/// # Errors
/// 49 when the column is not laid out as the type.
pub fn write_value(array: &ArrayRef, row: usize, ty: &ChType, out: &mut Vec<u8>) -> Result<()> {
    match ty {
        ChType::LowCardinality(inner) => write_value(array, row, inner, out),
        ChType::Nullable(inner) => {
            let null = array.is_null(row) || **inner == ChType::Nothing;
            out.push(u8::from(null));
            if null { Ok(()) } else { write_value(array, row, inner, out) }
        }
        ChType::Nothing => Ok(()),
        ChType::Array(element) => {
            let list = array.as_list_opt::<i32>().ok_or_else(|| internal("an array of another layout"))?;
            write_values(&list.value(row), element, out)
        }
        ChType::Tuple(elements) => {
            let fields = array.as_struct_opt().ok_or_else(|| internal("a tuple of another layout"))?;
            let columns = fields.columns().iter().zip(elements.iter());
            columns.into_iter().try_for_each(|(column, (_, ty))| write_value(column, row, ty, out))
        }
        ChType::Map(key, value) => {
            let map = array.as_map_opt().ok_or_else(|| internal("a map of another layout"))?;
            let entries = map.value(row);
            write_varint(entries.len() as u64, out);
            for at in 0..entries.len() {
                write_value(entries.column(0), at, key, out)?;
                write_value(entries.column(1), at, value, out)?;
            }
            Ok(())
        }
        ChType::Nested(_) => match ty.element() {
            Some(element) => write_value(array, row, &ChType::array(element), out),
            None => Ok(()),
        },
        ChType::Dynamic(_) => {
            let value = if array.is_null(row) { crate::json::NOTHING } else { bytes_at(array, row) };
            out.extend_from_slice(value);
            Ok(())
        }
        ChType::Variant(types) => {
            if array.is_null(row) {
                out.push(NO_VARIANT);
                return Ok(());
            }
            let (ty, value) = untag(bytes_at(array, row))?;
            let at = types.iter().position(|known| *known == ty);
            out.push(at.and_then(|at| u8::try_from(at).ok()).unwrap_or(NO_VARIANT));
            out.extend_from_slice(value);
            Ok(())
        }
        ChType::Json(of) => crate::json::to_wire(bytes_at(array, row), of, out),
        _ => write_scalar(array, row, ty, out),
    }
}

fn write_values(values: &ArrayRef, ty: &ChType, out: &mut Vec<u8>) -> Result<()> {
    write_varint(values.len() as u64, out);
    (0..values.len()).try_for_each(|row| write_value(values, row, ty, out))
}

fn write_scalar(array: &ArrayRef, row: usize, ty: &ChType, out: &mut Vec<u8>) -> Result<()> {
    if let Some(texts) = array.as_binary_view_opt() {
        write_bytes(texts.value(row), out);
        return Ok(());
    }
    let width = width(ty).ok_or_else(|| internal(format!("no binary form of {ty}")))?;
    if let Some(unit) = finer_unit(ty) {
        let ticks = crate::text::int_at(array, row).div_euclid(unit);
        out.extend(ticks.to_le_bytes());
        return Ok(());
    }
    match array.data_type() {
        DataType::Boolean => out.push(u8::from(array.as_boolean().value(row))),
        DataType::FixedSizeBinary(_) => {
            let bytes = array.as_fixed_size_binary().value(row);
            if *ty == ChType::Uuid {
                out.extend(halves_reversed(bytes));
            } else {
                out.extend_from_slice(bytes);
            }
        }
        other => {
            let stored = other.primitive_width().ok_or_else(|| internal("a column of another layout"))?;
            let data = array.to_data();
            let start = (data.offset() + row) * stored;
            let bytes =
                data.buffers().first().and_then(|buffer| buffer.get(start..start + width.min(stored)));
            out.extend_from_slice(bytes.ok_or_else(|| internal("a value past the column's end"))?);
        }
    }
    Ok(())
}

/// How many stored units a unit of a time with fractions of seconds has, where they are stored finer than their type is.
fn finer_unit(ty: &ChType) -> Option<i64> {
    let ChType::DateTime64(precision, _) = ty else { return None };
    let finer = crate::stored_precision(*precision).checked_sub(*precision).filter(|finer| *finer > 0)?;
    Some(10_i64.pow(finer.into()))
}

/// UUIDs are two little-endian halves in ClickHouse.
fn halves_reversed(bytes: &[u8]) -> impl Iterator<Item = u8> + '_ {
    bytes.chunks(8).flat_map(|half| half.iter().rev().copied())
}

/// Reads a value that [`write_value`] wrote and appends it to a builder of its type.
///
/// # Errors
/// 33 when the bytes end too early.
pub fn read_value(bytes: &mut Reader<'_>, ty: &ChType, out: &mut ColumnBuilder) -> Result<()> {
    match ty {
        ChType::LowCardinality(inner) => read_value(bytes, inner, out),
        ChType::Nullable(inner) => match bytes.array::<1>()? {
            [0] => read_value(bytes, inner, out),
            _ => {
                out.append_null();
                Ok(())
            }
        },
        ChType::Nothing => {
            out.append_default();
            Ok(())
        }
        ChType::Array(element) => {
            let count = count(bytes)?;
            let elements = out.elements().ok_or_else(|| internal("a builder of another type"))?;
            (0..count).try_for_each(|_| read_value(bytes, element, elements))?;
            out.close();
            Ok(())
        }
        ChType::Tuple(types) => {
            let fields = out.fields().iter_mut().zip(types.iter());
            fields.into_iter().try_for_each(|(field, (_, ty))| read_value(bytes, ty, field))?;
            out.close();
            Ok(())
        }
        ChType::Map(key, value) => {
            for _ in 0..count(bytes)? {
                let (keys, values) = out.entries().ok_or_else(|| internal("a builder of another type"))?;
                read_value(bytes, key, keys)?;
                read_value(bytes, value, values)?;
            }
            out.close();
            Ok(())
        }
        ChType::Dynamic(_) => {
            let before = bytes.rest();
            skip_tagged(bytes)?;
            match before.get(..before.len() - bytes.rest().len()) {
                Some(value) if value != crate::json::NOTHING => out.append_bytes(value),
                _ => out.append_null(),
            }
            Ok(())
        }
        ChType::Variant(types) => {
            let [at] = bytes.array::<1>()?;
            let Some(ty) = types.get(usize::from(at)) else {
                out.append_null();
                return Ok(());
            };
            let before = bytes.rest();
            skip_value(bytes, ty)?;
            let mut value = Vec::new();
            write_type(ty, &mut value);
            value.extend_from_slice(before.get(..before.len() - bytes.rest().len()).unwrap_or_default());
            out.append_bytes(&value);
            Ok(())
        }
        ChType::Json(of) => {
            out.append_bytes(&crate::json::from_wire(bytes, of)?);
            Ok(())
        }
        _ => read_scalar(bytes, ty, out),
    }
}

fn count(bytes: &mut Reader<'_>) -> Result<u64> {
    let count = bytes.varint()?;
    if count > LONGEST {
        return Err(SqlError::new(
            ErrorCode::CANNOT_READ_ALL_DATA,
            format!("An array of {count} elements is too long"),
        ));
    }
    Ok(count)
}

fn read_scalar(bytes: &mut Reader<'_>, ty: &ChType, out: &mut ColumnBuilder) -> Result<()> {
    let Some(width) = width(ty) else {
        out.append_bytes(bytes.bytes()?);
        return Ok(());
    };
    let raw = bytes.take(width)?;
    let mut wide = [0_u8; 8];
    let filled = width.min(8);
    wide[..filled].copy_from_slice(&raw[..filled]);
    let number = u64::from_le_bytes(wide);
    match ty {
        ChType::FixedString(_) | ChType::Ipv6 => out.append_bytes(raw),
        ChType::Uuid => out.append_bytes(&halves_reversed(raw).collect::<Vec<u8>>()),
        ChType::Float32 => out.append_float(f64::from(f32::from_bits(number as u32))),
        ChType::Float64 => out.append_float(f64::from_bits(number)),
        ChType::Decimal(..) => out.append_wide(sign_extended(raw)),
        other if width > 8 => {
            out.append_wide(sign_extended(raw));
            debug_assert!(other.is_integer());
        }
        other if finer_unit(other).is_some() => {
            out.append_int((number as i64).saturating_mul(finer_unit(other).unwrap_or(1)));
        }
        other if is_signed(other) => out.append_int((number as i64) << (64 - 8 * width) >> (64 - 8 * width)),
        _ => out.append_int(number as i64),
    }
    Ok(())
}

fn is_signed(ty: &ChType) -> bool {
    match ty {
        ChType::Date32
        | ChType::Time
        | ChType::Time64(_)
        | ChType::DateTime64(..)
        | ChType::Enum8(_)
        | ChType::Enum16(_)
        | ChType::Interval(_) => true,
        other => other.integer_bits().is_some_and(|(_, signed)| signed),
    }
}

fn sign_extended(raw: &[u8]) -> arrow::datatypes::i256 {
    let fill = if raw.last().is_some_and(|byte| byte & 0x80 != 0) { 0xFF } else { 0 };
    let mut bytes = [fill; 32];
    bytes[..raw.len().min(32)].copy_from_slice(&raw[..raw.len().min(32)]);
    arrow::datatypes::i256::from_le_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_all_layouts_come_back() {
        let ty = ChType::parse(
            "Tuple(Array(Nullable(Int16)), String, Date, Decimal(9, 2), UUID, Map(String, UInt8))",
        );
        let ty = ty.expect("a type");
        let mut written = vec![2, 0, 0xFE, 0xFF, 1, 3, b'a', b'b', b'c', 0x10, 0x4E, 150, 0, 0, 0];
        written.extend(1..=16);
        written.extend([1, 1, b'k', 7]);
        let mut builder = ColumnBuilder::new(&ty);
        read_value(&mut Reader::new(&written), &ty, &mut builder).expect("a value");
        let array = builder.finish().expect("a column");
        let mut out = Vec::new();
        write_value(&array, 0, &ty, &mut out).expect("a value");
        assert_eq!(out, written);
    }
}
