//! Numbers to numbers: whole numbers wrap, floats are truncated, decimals are rescaled.

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::{DataType, Float64Type, i256};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::{Failure, arrow_cast};
use crate::arrow_type;
use crate::column_builder::ColumnBuilder;
use crate::text::{bytes_at, decimal_at, int_at};

/// Numbers and what is stored as one: Bool, Enum, IPv4, intervals.
pub(super) fn is_numeric(ty: &ChType) -> bool {
    ty.is_number() || matches!(ty, ChType::Enum8(_) | ChType::Enum16(_) | ChType::Ipv4 | ChType::Interval(_))
}

fn is_wide(ty: &ChType) -> bool {
    ty.integer_bits().is_some_and(|(bits, _)| bits > 64)
}

pub(super) fn convert(
    array: &ArrayRef,
    from: &ChType,
    target: &ChType,
    failure: Failure,
) -> Result<ArrayRef> {
    let to = target.bare();
    let accurate = matches!(failure, Failure::Accurate | Failure::AccurateNull);
    let narrow = !is_wide(from) && !is_wide(to) && !from.is_decimal() && !to.is_decimal();
    if narrow && !accurate {
        if to.is_float() && *to != ChType::Bool {
            return arrow_cast(array, &arrow_type(to));
        }
        if lossless(from, to) {
            return arrow_cast(array, &arrow_type(to));
        }
    }
    let mut builder = ColumnBuilder::new(target);
    for row in 0..array.len() {
        match append(array, row, from, to, accurate, &mut builder) {
            Ok(true) => {}
            Ok(false) if matches!(failure, Failure::AccurateNull | Failure::Null) => builder.append_null(),
            Ok(false) if failure == Failure::Default => builder.append_default(),
            Ok(false) => {
                let message = format!("Value in column {from} cannot be safely converted into type {to}");
                return Err(SqlError::new(ErrorCode::CANNOT_CONVERT_TYPE, message));
            }
            Err(_) if matches!(failure, Failure::AccurateNull | Failure::Null) => builder.append_null(),
            Err(_) if failure == Failure::Default => builder.append_default(),
            Err(error) => return Err(error),
        }
    }
    builder.finish()
}

/// Whether every value of the integer type `from` is one of `to`.
fn lossless(from: &ChType, to: &ChType) -> bool {
    if matches!(to, ChType::Bool | ChType::Enum8(_) | ChType::Enum16(_)) {
        return false;
    }
    match (from.integer_bits(), to.integer_bits()) {
        (Some((a, x)), Some((b, y))) => *from == ChType::Bool || (x == y && a <= b) || (!x && y && a < b),
        _ => false,
    }
}

/// Appends one value; false when it is out of range.
fn append(
    array: &ArrayRef,
    row: usize,
    from: &ChType,
    to: &ChType,
    accurate: bool,
    builder: &mut ColumnBuilder,
) -> Result<bool> {
    if let ChType::Enum8(values) | ChType::Enum16(values) = to {
        let number = int_at(array, row);
        if i16::try_from(number).ok().and_then(|n| values.name(n)).is_none() {
            let message = format!("Unexpected value {number} in enum");
            return Err(SqlError::new(ErrorCode::UNKNOWN_ELEMENT_OF_ENUM, message));
        }
        builder.append_int(number);
        return Ok(true);
    }
    match to {
        ChType::Bool => builder.append_int(i64::from(as_float(array, row, from) != 0.0)),
        ChType::Float32 | ChType::Float64 => {
            let value = as_float(array, row, from);
            let kept = *to == ChType::Float64 || f64::from(value as f32) == value || from.is_float();
            if accurate && !kept {
                return Ok(false);
            }
            builder.append_float(value);
        }
        ChType::Decimal(precision, scale) => {
            let Some(value) = unscaled(array, row, from, *scale) else {
                let message = format!("Convert overflow: value is out of range of {to}");
                return Err(SqlError::new(ErrorCode::DECIMAL_OVERFLOW, message));
            };
            let limit = i256::from_i128(10).checked_pow(u32::from(*precision)).unwrap_or(i256::MAX);
            if value >= limit || value <= limit.wrapping_neg() {
                let message = format!("Convert overflow: value is out of range of {to}");
                return Err(SqlError::new(ErrorCode::DECIMAL_OVERFLOW, message));
            }
            builder.append_wide(value);
        }
        _ if is_wide(to) || is_wide(from) || from.is_decimal() => {
            let value = unscaled(array, row, from, 0).unwrap_or(i256::ZERO);
            if accurate && !in_range(value, to) {
                return Ok(false);
            }
            if is_wide(to) { builder.append_wide(value) } else { builder.append_int(low_bits(value)) }
        }
        _ if from.is_float() => {
            let value = as_float(array, row, from);
            if accurate && (value.fract() != 0.0 || !value.is_finite() || !in_range_f64(value, to)) {
                return Ok(false);
            }
            builder.append_int(truncated(value, to));
        }
        _ => {
            let value = int_at(array, row);
            let exact = if *from == ChType::UInt64 {
                i256::from_i128((value as u64).into())
            } else {
                i256::from_i128(value.into())
            };
            if accurate && !in_range(exact, to) {
                return Ok(false);
            }
            builder.append_int(value);
        }
    }
    Ok(true)
}

/// A float as a whole number, as C++ on x86-64 truncates it.
fn truncated(value: f64, to: &ChType) -> i64 {
    if *to == ChType::UInt64 && value >= 9.223_372_036_854_776e18 {
        (value as u64) as i64
    } else {
        value as i64
    }
}

fn low_bits(value: i256) -> i64 {
    let bytes = value.to_le_bytes();
    bytes.first_chunk::<8>().map_or(0, |low| i64::from_le_bytes(*low))
}

fn in_range(value: i256, to: &ChType) -> bool {
    let Some((bits, signed)) = to.integer_bits() else { return true };
    if bits >= 256 {
        return signed || value >= i256::ZERO;
    }
    let two = i256::from_i128(2);
    let (low, high) = if signed {
        let half = two.wrapping_pow(u32::from(bits) - 1);
        (half.wrapping_neg(), half)
    } else {
        (i256::ZERO, two.wrapping_pow(bits.into()))
    };
    value >= low && value < high
}

fn in_range_f64(value: f64, to: &ChType) -> bool {
    i256::from_f64(value).is_some_and(|value| in_range(value, to))
}

/// The number as Float64.
pub(crate) fn as_float(array: &ArrayRef, row: usize, from: &ChType) -> f64 {
    match array.data_type() {
        DataType::Float64 => array.as_primitive::<Float64Type>().value(row),
        DataType::Float32 => f64::from(array.as_primitive::<arrow::datatypes::Float32Type>().value(row)),
        DataType::UInt64 => int_at(array, row) as u64 as f64,
        DataType::FixedSizeBinary(_) => to_f64(wide_at(array, row, from)),
        _ => match from {
            ChType::Decimal(_, scale) => to_f64(decimal_at(array, row)) / 10_f64.powi((*scale).into()),
            _ => int_at(array, row) as f64,
        },
    }
}

fn to_f64(value: i256) -> f64 {
    value.to_i128().map_or_else(|| value.to_string().parse().unwrap_or(f64::NAN), |v| v as f64)
}

/// A whole number stored in 16 or 32 little-endian bytes. UInt256 above the signed range wraps.
pub(crate) fn wide_at(array: &ArrayRef, row: usize, ty: &ChType) -> i256 {
    let bytes = bytes_at(array, row);
    let negative =
        ty.integer_bits().is_some_and(|(_, signed)| signed) && bytes.last().is_some_and(|b| *b >= 0x80);
    let mut all = [if negative { 0xff } else { 0 }; 32];
    for (to, from) in all.iter_mut().zip(bytes) {
        *to = *from;
    }
    i256::from_le_bytes(all)
}

/// The number times 10^`scale`, cut to a whole number. `None` when it does not fit.
pub(crate) fn unscaled(array: &ArrayRef, row: usize, from: &ChType, scale: u8) -> Option<i256> {
    let ten = i256::from_i128(10);
    let power = |n: u8| ten.checked_pow(n.into());
    match from {
        ChType::Decimal(_, have) if *have <= scale => {
            decimal_at(array, row).checked_mul(power(scale - have)?)
        }
        ChType::Decimal(_, have) => decimal_at(array, row).checked_div(power(have - scale)?),
        ChType::Float32 => {
            i256::from_f64(f64::from(as_float(array, row, from) as f32 * 10_f32.powi(scale.into())))
        }
        _ if from.is_float() => i256::from_f64(as_float(array, row, from) * 10_f64.powi(scale.into())),
        _ if is_wide(from) => wide_at(array, row, from).checked_mul(power(scale)?),
        ChType::UInt64 => i256::from_i128((int_at(array, row) as u64).into()).checked_mul(power(scale)?),
        _ => i256::from_i128(int_at(array, row).into()).checked_mul(power(scale)?),
    }
}
