//! The bytes in memory of values, most significant first, as `hex` and `bin` show them.

use arrow::array::ArrayRef;
use kinglet_types::ChType;

use crate::text::{bytes_at, decimal_at, int_at};

/// How the bytes of a value are shown.
pub(super) enum Raw<'a> {
    /// Bytes in order.
    Text(&'a [u8]),
    /// A whole number: bytes from the highest that is not zero, at least one.
    Number(Vec<u8>),
    /// Bytes in memory order, least significant first, all of them.
    Memory(Vec<u8>),
}

/// The value at a row; `None` for types without bytes of their own.
pub(super) fn raw<'a>(array: &'a ArrayRef, row: usize, ty: &ChType) -> Option<Raw<'a>> {
    let number = |width: usize| Raw::Number(int_at(array, row).to_be_bytes()[8 - width..].to_vec());
    Some(match ty.bare() {
        ChType::String | ChType::FixedString(_) | ChType::AggregateFunction(_) => {
            Raw::Text(bytes_at(array, row))
        }
        ChType::Ipv6 | ChType::Uuid => Raw::Text(bytes_at(array, row)),
        ChType::Float32 => {
            use arrow::array::AsArray;
            let value = array.as_primitive_opt::<arrow::datatypes::Float32Type>()?.value(row);
            Raw::Memory(value.to_le_bytes().to_vec())
        }
        ChType::Float64 => {
            use arrow::array::AsArray;
            let value = array.as_primitive_opt::<arrow::datatypes::Float64Type>()?.value(row);
            Raw::Memory(value.to_le_bytes().to_vec())
        }
        ChType::Decimal(precision, _) => {
            let width = match precision {
                ..=9 => 4,
                10..=18 => 8,
                19..=38 => 16,
                _ => 32,
            };
            Raw::Memory(decimal_at(array, row).to_le_bytes()[..width].to_vec())
        }
        ChType::Date => number(2),
        ChType::DateTime(_) | ChType::Ipv4 => number(4),
        ty => match ty.integer_bits()? {
            (bits, _) if bits > 64 => Raw::Number(bytes_at(array, row).iter().rev().copied().collect()),
            (bits, _) => number(usize::from(bits / 8).max(1)),
        },
    })
}

/// Whether [`raw`] knows values of the type.
pub(super) fn has_bytes(ty: &ChType) -> bool {
    matches!(
        ty.bare(),
        ChType::String
            | ChType::FixedString(_)
            | ChType::AggregateFunction(_)
            | ChType::Ipv4
            | ChType::Ipv6
            | ChType::Uuid
            | ChType::Float32
            | ChType::Float64
            | ChType::Decimal(..)
            | ChType::Date
            | ChType::DateTime(_)
    ) || ty.bare().integer_bits().is_some()
}

/// Appends the digits of a value; `write` appends those of a byte.
pub(super) fn write_raw(value: &Raw<'_>, out: &mut Vec<u8>, write: fn(u8, &mut Vec<u8>)) {
    match value {
        Raw::Text(bytes) => bytes.iter().for_each(|byte| write(*byte, out)),
        Raw::Memory(bytes) => bytes.iter().for_each(|byte| write(*byte, out)),
        Raw::Number(bytes) => {
            let last = bytes.len().saturating_sub(1);
            let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(last);
            bytes[start.min(last)..].iter().for_each(|byte| write(*byte, out));
        }
    }
}
