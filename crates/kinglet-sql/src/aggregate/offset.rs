//! Values of rows before and after a row.

use arrow::array::{ArrayRef, new_null_array};
use arrow::compute::{cast, interleave};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::{Call, Partition};
use crate::ColumnBuilder;
use crate::function::result::internal;
use crate::text::int_at;

/// The type of the value; with a default of another type, their common one.
pub(super) fn result_type(call: &Call<'_>) -> Result<ChType> {
    call.expect_count(1..=3)?;
    if call.types.len() > 1 {
        call.expect(1, ChType::is_integer)?;
    }
    if call.types.len() < 3 {
        return Ok(call.ty(0).clone());
    }
    let common = kinglet_types::supertype(&[call.ty(0).clone(), call.ty(2).clone()]);
    common.ok_or_else(|| {
        let message = format!(
            "There is no supertype for the argument type '{}' and the default value type '{}'",
            call.ty(0),
            call.ty(2)
        );
        SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
    })
}

/// For each row the value `offset` rows away in the direction of `sign`, inside the frame or the partition.
pub(super) fn evaluate(
    partition: &Partition<'_>,
    result: &ChType,
    sign: i64,
    in_frame: bool,
) -> Result<ArrayRef> {
    let stored = crate::arrow_type(result);
    let values = partition.columns.first().ok_or_else(|| internal("no value"))?;
    let values = cast(values, &stored).map_err(internal)?;
    let defaults = match partition.columns.get(2) {
        Some(defaults) => cast(defaults, &stored).map_err(internal)?,
        None => default_column(result, partition.rows)?,
    };
    let offsets = partition.columns.get(1);
    let mut picks = Vec::with_capacity(partition.rows);
    for row in 0..partition.rows {
        let offset = offsets.map_or(1, |offsets| int_at(offsets, row));
        let target = usize::try_from((row as i64).saturating_add(sign.saturating_mul(offset))).ok();
        let frame = partition.frames.get(row).cloned().unwrap_or(0..partition.rows);
        let allowed = if in_frame { frame } else { 0..partition.rows };
        picks.push(target.filter(|target| allowed.contains(target)).map_or((1, row), |target| (0, target)));
    }
    interleave(&[values.as_ref(), defaults.as_ref()], &picks).map_err(internal)
}

fn default_column(ty: &ChType, rows: usize) -> Result<ArrayRef> {
    if ty.is_nullable() {
        return Ok(new_null_array(&crate::arrow_type(ty), rows));
    }
    let mut builder = ColumnBuilder::new(ty);
    (0..rows).for_each(|_| builder.append_default());
    builder.finish()
}
