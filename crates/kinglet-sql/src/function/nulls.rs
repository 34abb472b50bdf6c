//! Taking NULL rows out before a function sees them, and putting them back after.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, BooleanArray, UInt32Array};
use arrow::buffer::NullBuffer;
use arrow::compute::{filter, take};
use arrow::datatypes::DataType;
use kinglet_types::{ChType, Result};

use super::result::{internal, nulls};
use super::{Call, Column, Function, Nulls};

/// Evaluates `function`, hiding NULLs from it if it wants that. `call.result` is the inner result type.
pub(super) fn evaluate(function: &dyn Function, call: &Call<'_>) -> Result<ArrayRef> {
    if function.nulls() == Nulls::Own {
        return function.evaluate(call);
    }
    if is_never_null(call.result) && !call.args.iter().any(|column| column.ty == ChType::Nothing) {
        return over_defaults(function, call);
    }
    let mut valid: Option<NullBuffer> = None;
    for (at, column) in call.args.iter().enumerate() {
        if call.is_lambda(at) || column.ty.bare().is_tagged() {
            continue;
        }
        if *column.array.data_type() == DataType::Null {
            return absent(call.result, call.rows);
        }
        if column.constant {
            if column.is_null(0) {
                return absent(call.result, call.rows);
            }
        } else if column.array.null_count() > 0 {
            valid = NullBuffer::union(valid.as_ref(), column.array.logical_nulls().as_ref());
        }
    }
    match valid {
        None => function.evaluate(&stripped(call, call.args, call.rows)),
        Some(valid) if valid.null_count() == call.rows => absent(call.result, call.rows),
        Some(valid) => over_valid(function, call, &valid),
    }
}

fn stripped<'a>(call: &Call<'a>, args: &'a [Column], rows: usize) -> Call<'a> {
    Call { args, rows, ..*call }
}

fn over_valid(function: &dyn Function, call: &Call<'_>, valid: &NullBuffer) -> Result<ArrayRef> {
    let keep = BooleanArray::new(valid.inner().clone(), None);
    let args = call
        .args
        .iter()
        .map(|column| {
            if column.constant {
                return Ok(column.clone());
            }
            let array = filter(&column.array, &keep).map_err(internal)?;
            Ok(Column::new(column.ty.clone(), array))
        })
        .collect::<Result<Vec<_>>>()?;
    let rows = keep.true_count();
    let inner = Call { args: &args, rows, lambdas: call.lambdas, ..*call };
    let computed = function.evaluate(&inner)?;
    // Row numbers of the computed values; NULL rows take nothing.
    let mut next = 0;
    let indices: UInt32Array = valid
        .iter()
        .map(|is_valid| {
            is_valid.then(|| {
                next += 1;
                next - 1
            })
        })
        .collect();
    take(&computed, &indices, None).map_err(internal)
}

/// Results that cannot be NULL are computed with the defaults of the types in the place of NULLs.
fn over_defaults(function: &dyn Function, call: &Call<'_>) -> Result<ArrayRef> {
    let args = call.args.iter().enumerate().map(|(at, column)| {
        if call.is_lambda(at) || column.array.null_count() == 0 {
            return Ok(column.clone());
        }
        Ok(Column { array: crate::operator::filled(&column.array, &column.ty)?, ..column.clone() })
    });
    let args = args.collect::<Result<Vec<_>>>()?;
    function.evaluate(&stripped(call, &args, call.rows))
}

/// Whether a type has an empty value where others have NULL.
fn is_never_null(ty: &ChType) -> bool {
    matches!(ty, ChType::Array(_) | ChType::Map(..))
}

/// What a NULL argument makes of all rows.
fn absent(ty: &ChType, rows: usize) -> Result<ArrayRef> {
    let nulls = nulls(ty, rows);
    if is_never_null(ty) { crate::operator::filled(&nulls, ty) } else { Ok(nulls) }
}

/// The type a function sees for an argument.
pub(super) fn visible_type(function: &dyn Function, ty: &ChType) -> ChType {
    let ty = match (function.nulls(), ty.without_low_cardinality()) {
        (Nulls::Propagate, ChType::Nullable(inner)) => inner.as_ref(),
        (_, other) => other,
    };
    match ty {
        ChType::Array(_) | ChType::Map(..) | ChType::Tuple(_) if !function.keeps_inner_types() => {
            ty.without_low_cardinality_deep()
        }
        _ => ty.clone(),
    }
}

/// The column a function sees for an argument.
pub(super) fn visible_column(function: &dyn Function, column: &Column) -> Column {
    let ty = visible_type(function, &column.ty);
    Column { ty, array: Arc::clone(&column.array), constant: column.constant }
}
