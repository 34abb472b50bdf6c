//! Mixing of whole numbers, and the ways ClickHouse joins two hashes.

use arrow::array::{ArrayRef, AsArray};
use arrow::datatypes::{Float32Type, Float64Type};
use kinglet_types::ChType;

use crate::text::{decimal_at, int_at};

/// ClickHouse's `intHash64` of numbers: the finaliser of MurmurHash3 over the number and a constant.
pub(super) fn int_hash_64(value: u64) -> u64 {
    crate::hash::int_hash_64(value ^ 0x4cf2_d2ba_ae6d_a887)
}

/// ClickHouse's `intHash32` : T. Wang's 64 to 32 bit mix.
pub(super) fn int_hash_32(value: u64) -> u32 {
    let mut key = value ^ 0x75d9_543d_e018_bf45;
    key = (!key).wrapping_add(key << 18);
    key ^= key.rotate_right(31);
    key = key.wrapping_mul(21);
    key ^= key.rotate_right(11);
    key = key.wrapping_add(key << 6);
    key ^= key.rotate_right(22);
    key as u32
}

/// The bits of a number of at most 64 and its width in bytes; `None` for other values.
pub(super) fn number_bits(array: &ArrayRef, row: usize, ty: &ChType) -> Option<(u64, usize)> {
    let cut = |value: i64, width: usize| match width {
        8 => (value as u64, 8),
        _ => (value as u64 & ((1 << (8 * width)) - 1), width),
    };
    Some(match ty {
        ChType::Float32 => (array.as_primitive_opt::<Float32Type>()?.value(row).to_bits().into(), 4),
        ChType::Float64 => (array.as_primitive_opt::<Float64Type>()?.value(row).to_bits(), 8),
        ChType::Decimal(precision, _) if *precision <= 18 => {
            let value = decimal_at(array, row).to_i128()? as i64;
            cut(value, if *precision <= 9 { 4 } else { 8 })
        }
        ChType::Date => cut(int_at(array, row), 2),
        ChType::Date32 | ChType::DateTime(_) | ChType::Ipv4 => cut(int_at(array, row), 4),
        ChType::DateTime64(..) | ChType::Interval(_) => (int_at(array, row) as u64, 8),
        ChType::Enum8(_) => cut(int_at(array, row), 1),
        ChType::Enum16(_) => cut(int_at(array, row), 2),
        _ => match ty.integer_bits()? {
            (bits, _) if bits > 64 => return None,
            (bits, _) => cut(int_at(array, row), usize::from(bits / 8).max(1)),
        },
    })
}

/// CityHash's `Hash128to64` (G. Pike and J. Alakuijala).
pub(super) fn join_city(_: (u64, u64), low: u128, high: u128) -> u128 {
    const MUL: u64 = 0x9ddf_ea08_eb38_2d69;
    let (low, high) = (low as u64, high as u64);
    let mut a = (low ^ high).wrapping_mul(MUL);
    a ^= a >> 47;
    let mut b = (high ^ a).wrapping_mul(MUL);
    b ^= b >> 47;
    b.wrapping_mul(MUL).into()
}

/// Two hashes of 32 bits.
pub(super) fn join_32(_: (u64, u64), left: u128, right: u128) -> u128 {
    u128::from(int_hash_32(left as u64) ^ right as u32)
}

/// Two hashes of 64 bits, the first one mixed.
pub(super) fn join_mixed(_: (u64, u64), left: u128, right: u128) -> u128 {
    u128::from(int_hash_64(left as u64) ^ right as u64)
}
