//! `icebergHash`, `icebergBucket`, `icebergTruncate`: the partition transforms of Apache Iceberg.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError, minus_type};

use super::murmur::murmur3_32;
use crate::function::{Args, Call, Example, Function, Spec, result};
use crate::text::{bytes_at, decimal_at, int_at};

pub(in crate::function) struct IcebergHash;
pub(in crate::function) struct IcebergBucket;
pub(in crate::function) struct IcebergTruncate;

static HASH: Spec = Spec {
    name: "icebergHash",
    category: "hash",
    syntax: "icebergHash(value)",
    summary: "Iceberg's hash of a value: 32 bits of murmur3.",
    arguments: &[("value", "Integer, Bool, Date, DateTime, String or UUID")],
    returns: "Int32",
    examples: &[Example { sql: "icebergHash(42)", answer: "1871679806" }],
    ..Spec::EMPTY
};

static BUCKET: Spec = Spec {
    name: "icebergBucket",
    category: "hash",
    syntax: "icebergBucket(count, value)",
    summary: "Iceberg's bucket of a value, from 0.",
    arguments: &[("count", "Integer, constant"), ("value", "as in icebergHash")],
    returns: "UInt32",
    examples: &[Example { sql: "icebergBucket(32, 'tinybird')", answer: "29" }],
    ..Spec::EMPTY
};

static TRUNCATE: Spec = Spec {
    name: "icebergTruncate",
    category: "hash",
    syntax: "icebergTruncate(width, value)",
    summary: "The first characters of a text, or a whole number down to a multiple of the width.",
    arguments: &[("width", "Integer, constant"), ("value", "String, Integer or Decimal")],
    returns: "String or a number",
    examples: &[Example { sql: "icebergTruncate(4, 'tinybird')", answer: "tiny" }],
    ..Spec::EMPTY
};

fn is_hashed(ty: &ChType) -> bool {
    ty.integer_bits().is_some_and(|(bits, _)| bits <= 64)
        || ty.is_text()
        || ty.is_date()
        || ty.is_date_time()
        || matches!(ty, ChType::Uuid)
}

fn hash(call: &Call<'_>, at: usize, row: usize) -> Result<i32> {
    let column = call.arg(at)?;
    let index = column.index(row);
    let hash = match column.ty.bare() {
        ChType::String | ChType::FixedString(_) | ChType::Uuid => murmur3_32(bytes_at(&column.array, index)),
        _ => murmur3_32(&int_at(&column.array, index).to_le_bytes()),
    };
    Ok(hash as i32)
}

/// The constant width or count in argument 1.
fn width(args: &Args<'_>) -> Result<i64> {
    let width = args.constant_int(0)?;
    if width > 0 {
        return Ok(width);
    }
    let message = format!("The first argument of function {} must be positive", args.name);
    Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message))
}

impl Function for IcebergHash {
    fn spec(&self) -> &'static Spec {
        &HASH
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, is_hashed)?;
        Ok(ChType::Int32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        result::ints(call.result, call.rows, |row| Ok(hash(call, 0, row)?.into()))
    }
}

impl Function for IcebergBucket {
    fn spec(&self) -> &'static Spec {
        &BUCKET
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        width(args)?;
        args.expect(1, is_hashed)?;
        Ok(ChType::UInt32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let count = call.ints(0)?.get(0).max(1);
        result::ints(call.result, call.rows, |row| Ok(i64::from(hash(call, 1, row)? & i32::MAX) % count))
    }
}

impl Function for IcebergTruncate {
    fn spec(&self) -> &'static Spec {
        &TRUNCATE
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        width(args)?;
        let value = args.expect(1, |ty| {
            ty.is_text() || ty.is_decimal() || ty.integer_bits().is_some_and(|(bits, _)| bits <= 64)
        })?;
        match value {
            ty if ty.is_integer() => minus_type(ty, args.ty(0)).ok_or_else(|| args.illegal(1)),
            ty if ty.is_text() => Ok(ChType::String),
            ty => Ok(ty.clone()),
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let width = call.ints(0)?.get(0).max(1);
        let column = call.arg(1)?;
        if column.ty.is_text() {
            let texts = call.bytes(1)?;
            return result::texts(call.rows, |row, out| {
                let text = String::from_utf8_lossy(texts.get(row));
                let kept: String = text.chars().take(usize::try_from(width).unwrap_or(usize::MAX)).collect();
                out.extend_from_slice(kept.as_bytes());
                Ok(())
            });
        }
        if column.ty.is_decimal() {
            let mut builder = crate::ColumnBuilder::new(call.result);
            let width = arrow::datatypes::i256::from_i128(width.into());
            for row in 0..call.rows {
                let value = decimal_at(&column.array, column.index(row));
                let rest = value.wrapping_rem(width).wrapping_add(width).wrapping_rem(width);
                builder.append_wide(value.wrapping_sub(rest));
            }
            return builder.finish();
        }
        let numbers = call.ints(1)?;
        result::ints(call.result, call.rows, |row| {
            let number = numbers.get(row);
            Ok(number.wrapping_sub(number.rem_euclid(width)))
        })
    }
}
