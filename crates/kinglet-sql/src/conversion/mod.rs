//! Converting columns from one type to another: `CAST`, `toType`, and what the binder inserts.

mod numeric;
mod structured;
mod tagged;
mod temporal;

pub(crate) use numeric::{as_float, unscaled};
pub(crate) use tagged::{append_tagged, of_type, parse_variants, text_to_variant};

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, BooleanArray, NullArray, new_null_array};
use arrow::buffer::NullBuffer;
use arrow::compute::{cast, filter, take};
use arrow::datatypes::DataType;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::column_builder::ColumnBuilder;
use crate::function::result::{internal, texts_of};
use crate::text::{Style, bytes_at, read_text, write_value};
use crate::{Environment, arrow_type};

/// What happens to a value that the target type cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Failure {
    /// Texts that do not parse are an error; numbers wrap, as `CAST` does.
    Error,
    /// NULL: `toTypeOrNull`.
    Null,
    /// The type's default: `toTypeOrZero`.
    Default,
    /// An error for numbers out of range too: `accurateCast`.
    Accurate,
    /// NULL for numbers out of range too: `accurateCastOrNull`.
    AccurateNull,
}

/// The values of `array`, of type `from`, as type `to`. NULLs stay NULL where `to` is Nullable.
///
/// # Errors
/// 70 or 53 when there is no conversion, 349 for a NULL where `to` has none, and the errors of reading
/// texts where `failure` says so.
pub fn convert(
    array: &ArrayRef,
    from: &ChType,
    to: &ChType,
    failure: Failure,
    environment: &Environment,
) -> Result<ArrayRef> {
    let target = arrow_type(to);
    let (source, wanted) = (from.without_low_cardinality(), to.without_low_cardinality());
    if source == wanted {
        return Ok(Arc::clone(array));
    }
    if *array.data_type() == DataType::Null {
        return nothing(array, to, &target);
    }
    match (source.bare(), wanted.bare()) {
        (_, ChType::Variant(types)) => return tagged::to_variant(array, from, types, environment),
        (_, ChType::Dynamic(_)) => return crate::tagged::tag(array, from),
        (ChType::Variant(_) | ChType::Dynamic(_), _) => {
            return tagged::from_tagged(array, to, failure, environment);
        }
        _ => {}
    }
    let has_nulls = array.null_count() > 0;
    if has_nulls && !to.is_nullable() && !matches!(failure, Failure::Default) {
        let message = format!("Cannot convert NULL value to non-Nullable type {to}");
        return Err(SqlError::new(ErrorCode::CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN, message));
    }
    if has_nulls {
        return over_valid(array, from, to, failure, environment);
    }
    bare(array, source.bare(), wanted.bare(), to.is_nullable(), failure, environment)
}

fn nothing(array: &ArrayRef, to: &ChType, target: &DataType) -> Result<ArrayRef> {
    if *target == DataType::Null {
        return Ok(Arc::new(NullArray::new(array.len())));
    }
    if array.is_empty() || to.is_nullable() {
        return Ok(new_null_array(target, array.len()));
    }
    let message = format!("Cannot convert NULL value to non-Nullable type {to}");
    Err(SqlError::new(ErrorCode::CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN, message))
}

/// Converts the values that are there and puts the NULLs back.
fn over_valid(
    array: &ArrayRef,
    from: &ChType,
    to: &ChType,
    failure: Failure,
    environment: &Environment,
) -> Result<ArrayRef> {
    let nulls = array.logical_nulls().unwrap_or_else(|| NullBuffer::new_valid(array.len()));
    let keep = BooleanArray::new(nulls.inner().clone(), None);
    let values = filter(array, &keep).map_err(internal)?;
    let converted = bare(&values, from.bare(), to.bare(), to.is_nullable(), failure, environment)?;
    let mut next = 0_u32;
    let indices: arrow::array::UInt32Array = nulls
        .iter()
        .map(|valid| {
            valid.then(|| {
                next += 1;
                next - 1
            })
        })
        .collect();
    take(&converted, &indices, None).map_err(internal)
}

/// Conversion of values without NULLs between bare types.
fn bare(
    array: &ArrayRef,
    from: &ChType,
    to: &ChType,
    nullable: bool,
    failure: Failure,
    environment: &Environment,
) -> Result<ArrayRef> {
    // A default takes the place of what does not parse, so that nothing becomes NULL.
    let nullable = nullable && failure != Failure::Default;
    let target = if nullable { to.clone().nullable() } else { to.clone() };
    if from == to || same_layout(from, to) {
        return Ok(Arc::clone(array));
    }
    match (from, to) {
        (_, ChType::String) => to_text(array, from, to, environment),
        (ChType::Json(have), ChType::Json(wanted)) => {
            crate::json::convert_documents(array, have, wanted, environment)
        }
        (ChType::Json(_), _) => {
            let code = match to {
                ChType::Array(_) | ChType::Tuple(_) | ChType::Map(..) => ErrorCode::TYPE_MISMATCH,
                _ => ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT,
            };
            Err(SqlError { code, ..no_conversion(from, to) })
        }
        (ChType::String | ChType::FixedString(_), _) => {
            from_text_of(array, from, &target, failure, environment)
        }
        (_, ChType::FixedString(_)) => to_text(array, from, to, environment),
        (ChType::Tuple(_) | ChType::Map(..), ChType::Json(of)) => {
            structured::to_json(array, from, of, environment)
        }
        (_, ChType::Json(_)) => Err(SqlError { code: ErrorCode::TYPE_MISMATCH, ..no_conversion(from, to) }),
        (ChType::Array(_) | ChType::Tuple(_) | ChType::Map(..) | ChType::Nested(_), _) => {
            structured::convert(array, from, to, failure, environment)
        }
        _ if (temporal::is_temporal(from) || temporal::is_temporal(to)) => {
            temporal::convert(array, from, &target, failure, environment)
        }
        _ if numeric::is_numeric(from) && numeric::is_numeric(to) => {
            numeric::convert(array, from, &target, failure)
        }
        (ChType::Enum8(_) | ChType::Enum16(_), ChType::Enum8(_) | ChType::Enum16(_)) => {
            let text = to_text(array, from, &ChType::String, environment)?;
            from_text(&text, &target, failure, environment)
        }
        (ChType::Ipv4, ChType::Ipv6) => {
            let text = to_text(array, from, &ChType::String, environment)?;
            from_text(&text, &target, failure, environment)
        }
        _ => Err(no_conversion(from, to)),
    }
}

pub(crate) fn no_conversion(from: &ChType, to: &ChType) -> SqlError {
    SqlError::new(ErrorCode::CANNOT_CONVERT_TYPE, format!("Conversion from {from} to {to} is not supported"))
}

/// Whether values are stored alike and mean the same.
fn same_layout(from: &ChType, to: &ChType) -> bool {
    match (from, to) {
        (ChType::DateTime(_), ChType::DateTime(_)) => true,
        (ChType::DateTime64(a, _), ChType::DateTime64(b, _)) => a == b,
        (ChType::Date32, ChType::Date) => false,
        (ChType::Date, ChType::Date32) => true,
        (ChType::AggregateFunction(a), ChType::AggregateFunction(b)) => a.function == b.function,
        (ChType::String, ChType::AggregateFunction(_)) => true,
        _ => false,
    }
}

fn to_text(array: &ArrayRef, from: &ChType, to: &ChType, environment: &Environment) -> Result<ArrayRef> {
    if let (ChType::FixedString(_), ChType::String) = (from, to) {
        return texts_of(to, array.len(), |row, out| {
            let bytes = bytes_at(array, row);
            let end = bytes.iter().rposition(|b| *b != 0).map_or(0, |at| at + 1);
            out.extend_from_slice(bytes.get(..end).unwrap_or_default());
            Ok(())
        });
    }
    if let ChType::AggregateFunction(_) = from {
        return Ok(Arc::clone(array));
    }
    texts_of(to, array.len(), |row, out| {
        write_value(array, row, from, Style::Plain, environment, out);
        Ok(())
    })
}

fn from_text_of(
    array: &ArrayRef,
    from: &ChType,
    target: &ChType,
    failure: Failure,
    environment: &Environment,
) -> Result<ArrayRef> {
    match (from, target.bare()) {
        (ChType::FixedString(_), to) if *to != ChType::FixedString(0) => {
            let text = if matches!(to, ChType::FixedString(_) | ChType::Ipv6 | ChType::Uuid)
                && arrow_type(from) == arrow_type(to)
            {
                return Ok(Arc::clone(array));
            } else {
                to_text(array, from, &ChType::String, environment)?
            };
            from_text(&text, target, failure, environment)
        }
        _ => from_text(array, target, failure, environment),
    }
}

fn from_text(
    array: &ArrayRef,
    target: &ChType,
    failure: Failure,
    environment: &Environment,
) -> Result<ArrayRef> {
    let mut builder = ColumnBuilder::new(target);
    let lenient = matches!(failure, Failure::Error | Failure::Accurate | Failure::AccurateNull);
    for row in 0..array.len() {
        let text = bytes_at(array, row);
        if lenient && target.is_date_time() {
            match crate::function::best_effort(text, target, environment) {
                Some(ticks) => builder.append_int(ticks),
                None if failure == Failure::AccurateNull => builder.append_null(),
                None => {
                    let message = format!("Cannot read DateTime: {}", String::from_utf8_lossy(text));
                    return Err(SqlError::new(ErrorCode::CANNOT_PARSE_DATETIME, message));
                }
            }
            continue;
        }
        if target.is_date() && !fits(text, target) && matches!(failure, Failure::Error | Failure::Accurate) {
            let message = format!("Cannot parse '{}' as a date", String::from_utf8_lossy(text));
            return Err(SqlError::new(ErrorCode::CANNOT_PARSE_DATE, message));
        }
        let strict = matches!(failure, Failure::Null | Failure::Default | Failure::AccurateNull);
        if strict && !fits(text, target) {
            match failure {
                Failure::Default => append_zero(&mut builder),
                _ => builder.append_null(),
            }
            continue;
        }
        match read_text(text, &mut builder, environment) {
            Ok(()) => {}
            Err(error) => match failure {
                Failure::Error | Failure::Accurate => return Err(error),
                Failure::Null | Failure::AccurateNull => builder.append_null(),
                Failure::Default => append_zero(&mut builder),
            },
        }
    }
    builder.finish()
}

/// What OrZero answers: the least day that ClickHouse's tables hold for a Date32, else the type's default.
fn append_zero(builder: &mut ColumnBuilder) {
    match builder.ty().bare() {
        ChType::Date32 => builder.append_int(-25_567),
        _ => builder.append_default(),
    }
}

/// An Arrow cast that never loses values silently; used between layouts of numbers.
pub(crate) fn arrow_cast(array: &ArrayRef, target: &DataType) -> Result<ArrayRef> {
    cast(array, target).map_err(internal)
}

/// Whether a text that may be refused spells a value in the range of an integer type, or a date as a date.
pub(crate) fn fits(text: &[u8], target: &ChType) -> bool {
    if target.is_date() {
        return !text.iter().all(u8::is_ascii_digit) || text.len() == 8;
    }
    if target.is_date_time() {
        let unix = text.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
        let seconds = matches!(target.bare(), ChType::DateTime(_));
        return !text.ends_with(b"Z")
            && !(seconds && (text.starts_with(b"-") || !unix && !matches!(text.len(), 10 | 19)));
    }
    let Some((bits, signed)) = target.integer_bits().filter(|_| *target.bare() != ChType::Bool) else {
        return true;
    };
    if !signed && text.first() == Some(&b'-') {
        return false;
    }
    if bits > 64 {
        return true;
    }
    let Ok(Ok(value)) = std::str::from_utf8(text).map(str::parse::<i128>) else { return true };
    let (low, high) = if signed {
        (-(1_i128 << (bits - 1)), (1_i128 << (bits - 1)) - 1)
    } else {
        (0, (1_i128 << bits) - 1)
    };
    (low..=high).contains(&value)
}
