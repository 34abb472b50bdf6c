//! The levels of quantiles, and columns of their answers.

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Decimal128Type, Float64Type};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::Call;
use super::keep::stored_ints;
use crate::ColumnBuilder;
use crate::function::result::internal;

/// The levels a call names, 0.5 if none.
///
/// # Errors
/// 69 for a level outside 0 to 1.
pub(super) fn levels(call: &Call<'_>, several: bool) -> Result<Vec<f64>> {
    let count = if several { call.parameters.len().max(1) } else { 1 };
    let levels = (0..count).map(|at| call.float_parameter(at, 0.5)).collect::<Result<Vec<_>>>()?;
    if let Some(level) = levels.iter().find(|level| !(0.0..=1.0).contains(*level)) {
        let message = format!("Quantile level is out of range [0..1]: {level}");
        return Err(SqlError::new(ErrorCode::PARAMETER_OUT_OF_BOUND, message));
    }
    Ok(levels)
}

/// Checks that the argument has an order on a line.
pub(super) fn expect_number<'a>(call: &Call<'a>) -> Result<&'a ChType> {
    call.expect_count(1..=1)?;
    call.expect(0, |ty| ty.is_number() || *ty == ChType::Date || ty.is_date_time())
}

/// The values of a column as floats; dates, times and decimals in stored units.
pub(super) fn floats(column: &ArrayRef) -> Result<Vec<f64>> {
    match column.data_type() {
        DataType::Float32 | DataType::Float64 | DataType::UInt64 => {
            let plain = cast(column, &DataType::Float64).map_err(internal)?;
            Ok(plain.as_primitive::<Float64Type>().values().to_vec())
        }
        DataType::Decimal128(..) => {
            Ok(column.as_primitive::<Decimal128Type>().values().iter().map(|value| *value as f64).collect())
        }
        _ => Ok(stored(column)?.iter().map(|value| *value as f64).collect()),
    }
}

/// The values of a column as stored whole numbers; UInt64 keeps its bits.
///
/// # Errors
/// 48 for a wide decimal that does not fit 64 bits.
pub(super) fn stored(column: &ArrayRef) -> Result<Vec<i64>> {
    let DataType::Decimal128(..) = column.data_type() else { return Ok(stored_ints(column)?.to_vec()) };
    let narrow = |value: &i128| {
        i64::try_from(*value).map_err(|_| {
            SqlError::new(
                ErrorCode::NOT_IMPLEMENTED,
                "A quantile of decimals past 64 bits is not implemented",
            )
        })
    };
    column.as_primitive::<Decimal128Type>().values().iter().map(narrow).collect()
}

/// A column of numbers in stored units of `ty`.
pub(super) fn column(ty: &ChType, values: Vec<Option<f64>>) -> Result<ArrayRef> {
    let mut builder = ColumnBuilder::new(ty);
    for value in values {
        match (ty, value) {
            (ChType::Float32 | ChType::Float64, value) => builder.append_float(value.unwrap_or(f64::NAN)),
            (ChType::Decimal(..), Some(value)) => {
                builder.append_wide(arrow::datatypes::i256::from_i128(value as i128));
            }
            (ChType::UInt64, Some(value)) => builder.append_int(value as u64 as i64),
            (_, Some(value)) => builder.append_int(value as i64),
            (_, None) => builder.append_default(),
        }
    }
    builder.finish()
}

/// A column of stored whole numbers of `ty`.
pub(super) fn stored_column(ty: &ChType, values: Vec<Option<i64>>) -> Result<ArrayRef> {
    let mut builder = ColumnBuilder::new(ty);
    for value in values {
        match (ty, value) {
            (ChType::Decimal(..), Some(value)) => {
                builder.append_wide(arrow::datatypes::i256::from_i128(value.into()));
            }
            (_, Some(value)) => builder.append_int(value),
            (_, None) => builder.append_default(),
        }
    }
    builder.finish()
}

/// Arrays of `count` values each, or the values themselves where `several` is false.
pub(super) fn grouped(values: ArrayRef, ty: &ChType, count: usize, several: bool) -> Result<ArrayRef> {
    if !several {
        return Ok(values);
    }
    let groups = values.len() / count.max(1);
    crate::function::result::lists(&ChType::array(ty.clone()), values, vec![count; groups])
}
