//! Conversions beyond CAST.

mod accurate_cast_or_default;
mod or_default;
mod reinterpret;
mod reinterpret_as;
mod reinterpret_as_date;
mod reinterpret_as_date_time;
mod reinterpret_as_fixed_string;
mod reinterpret_as_float32;
mod reinterpret_as_float64;
mod reinterpret_as_int128;
mod reinterpret_as_int16;
mod reinterpret_as_int256;
mod reinterpret_as_int32;
mod reinterpret_as_int64;
mod reinterpret_as_int8;
mod reinterpret_as_string;
mod reinterpret_as_uint128;
mod reinterpret_as_uint16;
mod reinterpret_as_uint256;
mod reinterpret_as_uint32;
mod reinterpret_as_uint64;
mod reinterpret_as_uint8;
mod reinterpret_as_uuid;
mod to_decimal_string;
mod to_low_cardinality;

pub(crate) use or_default::{expect_default, or_default};

use super::Function;

/// Add a function here, in alphabetical order of the files.
pub(super) static ALL: &[&dyn Function] = &[
    &accurate_cast_or_default::AccurateCastOrDefault,
    &reinterpret_as::REINTERPRET_AS,
    &reinterpret_as_date::REINTERPRET_AS_DATE,
    &reinterpret_as_date_time::REINTERPRET_AS_DATE_TIME,
    &reinterpret_as_fixed_string::REINTERPRET_AS_FIXED_STRING,
    &reinterpret_as_float32::REINTERPRET_AS_FLOAT32,
    &reinterpret_as_float64::REINTERPRET_AS_FLOAT64,
    &reinterpret_as_int128::REINTERPRET_AS_INT128,
    &reinterpret_as_int16::REINTERPRET_AS_INT16,
    &reinterpret_as_int256::REINTERPRET_AS_INT256,
    &reinterpret_as_int32::REINTERPRET_AS_INT32,
    &reinterpret_as_int64::REINTERPRET_AS_INT64,
    &reinterpret_as_int8::REINTERPRET_AS_INT8,
    &reinterpret_as_string::REINTERPRET_AS_STRING,
    &reinterpret_as_uint128::REINTERPRET_AS_UINT128,
    &reinterpret_as_uint16::REINTERPRET_AS_UINT16,
    &reinterpret_as_uint256::REINTERPRET_AS_UINT256,
    &reinterpret_as_uint32::REINTERPRET_AS_UINT32,
    &reinterpret_as_uint64::REINTERPRET_AS_UINT64,
    &reinterpret_as_uint8::REINTERPRET_AS_UINT8,
    &reinterpret_as_uuid::REINTERPRET_AS_UUID,
    &to_decimal_string::ToDecimalString,
    &to_low_cardinality::ToLowCardinality,
];
