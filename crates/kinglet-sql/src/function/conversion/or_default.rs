//! Conversions that answer a default where a value does not fit.

use arrow::array::{Array, ArrayRef};
use arrow::compute::interleave;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::conversion::{Failure, convert};
use crate::function::result::internal;
use crate::function::{Args, Call, Column};
use crate::{ColumnBuilder, Environment};

/// Checks that the default at argument `at`, if it is there, has the type itself.
pub(crate) fn expect_default(args: &Args<'_>, at: usize, ty: &ChType) -> Result<()> {
    if args.len() <= at || args.ty(at).bare() == ty.bare() {
        return Ok(());
    }
    let message =
        format!("Default value type should be same as cast type. Expected {ty}. Actual {}", args.ty(at));
    Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message))
}

/// Argument 1 as `ty`, and where that does not work the default.
pub(crate) fn or_default(
    call: &Call<'_>,
    ty: &ChType,
    default: Option<&Column>,
    environment: &Environment,
) -> Result<ArrayRef> {
    let column = call.arg(0)?;
    let wanted = ty.clone().nullable();
    let converted = convert(&column.array, &column.ty, &wanted, Failure::AccurateNull, environment)?;
    let fallback = match default {
        Some(default) => convert(&default.array, &default.ty, ty, Failure::Error, environment)?,
        None => {
            let mut builder = ColumnBuilder::new(ty);
            builder.append_default();
            builder.finish()?
        }
    };
    let constant = default.is_none_or(|default| default.constant);
    let picks: Vec<(usize, usize)> = (0..call.rows)
        .map(|row| {
            let at = column.index(row);
            if converted.is_null(at) { (1, if constant { 0 } else { row }) } else { (0, at) }
        })
        .collect();
    interleave(&[converted.as_ref(), fallback.as_ref()], &picks).map_err(internal)
}
