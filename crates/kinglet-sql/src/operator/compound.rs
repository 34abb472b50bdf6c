//! Arithmetic of arrays and tuples, part by part, and of intervals of several units.

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::compute::take;
use arrow::datatypes::DataType;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::column_builder::struct_array;
use crate::function::result::{internal, lists_like};
use crate::function::{Call, Column, Lambda};

/// The type of an operation on one pair of types.
type TypeOf<'a> = &'a dyn Fn(&ChType, &ChType) -> Option<ChType>;
/// The values of one pair of columns.
type ValueOf<'a> = &'a dyn Fn(&Call<'_>) -> Result<ArrayRef>;

/// What an operation makes of its sides.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A sum or difference: both sides are compound, or are times and intervals.
    Additive {
        /// Whether the second side is taken off.
        minus: bool,
    },
    /// A product, where either side may be one number.
    Product,
    /// A quotient or remainder, where the second side may be one number.
    Quotient,
}

fn is_interval(ty: &ChType) -> bool {
    matches!(ty, ChType::Interval(_))
}

/// The result's type where a side is compound; `None` where none is or they do not fit.
pub(super) fn result_type(a: &ChType, b: &ChType, kind: Kind, part: TypeOf<'_>) -> Option<ChType> {
    let additive = matches!(kind, Kind::Additive { .. });
    match (a, b) {
        (ChType::Interval(x), ChType::Interval(y)) if additive && x != y => {
            Some(ChType::tuple([a.clone(), b.clone()]))
        }
        (date, ChType::Tuple(steps)) if additive && (date.is_date() || date.is_date_time()) => steps
            .iter()
            .try_fold(date.clone(), |date, (_, step)| part(&date, step).filter(|_| is_interval(step))),
        (ChType::Tuple(x), ChType::Tuple(y)) if additive && x.len() == y.len() => {
            let types = x.iter().zip(y.iter()).map(|((_, a), (_, b))| result_of(a, b, kind, part));
            types.collect::<Option<Vec<_>>>().map(ChType::tuple)
        }
        (ChType::Tuple(x), number) if !additive && number.is_number() => {
            let types = x.iter().map(|(_, a)| result_of(a, number, kind, part));
            types.collect::<Option<Vec<_>>>().map(ChType::tuple)
        }
        (number, ChType::Tuple(y)) if kind == Kind::Product && number.is_number() => {
            let types = y.iter().map(|(_, b)| result_of(number, b, kind, part));
            types.collect::<Option<Vec<_>>>().map(ChType::tuple)
        }
        (ChType::Array(x), ChType::Array(y)) if additive => result_of(x, y, kind, part).map(ChType::array),
        (ChType::Array(x), number) if !additive && number.is_number() => {
            result_of(x, number, kind, part).map(ChType::array)
        }
        (number, ChType::Array(y)) if kind == Kind::Product && number.is_number() => {
            result_of(number, y, kind, part).map(ChType::array)
        }
        _ => None,
    }
}

fn result_of(a: &ChType, b: &ChType, kind: Kind, part: TypeOf<'_>) -> Option<ChType> {
    result_type(a, b, kind, part).or_else(|| part(a, b))
}

/// The values of [`result_type`]'s type; `value` computes one pair of columns by the call it is given.
pub(super) fn evaluate(
    call: &Call<'_>,
    kind: Kind,
    part: TypeOf<'_>,
    value: ValueOf<'_>,
) -> Result<ArrayRef> {
    let (left, right) = (call.arg(0)?, call.arg(1)?);
    match (&left.ty, &right.ty) {
        (ChType::Interval(_), ChType::Interval(_)) => {
            let second = match kind {
                Kind::Additive { minus: true } => negated(right, call)?,
                _ => right.expanded(call.rows),
            };
            structure(call, vec![left.expanded(call.rows), second])
        }
        (date, ChType::Tuple(steps)) if date.is_date() || date.is_date_time() => {
            let mut moved = left.clone();
            for (step, (_, ty)) in fields(right, call)?.into_iter().zip(steps.iter()) {
                let result = part(&moved.ty, ty).ok_or_else(|| call.illegal_column(1))?;
                let args = [moved, step];
                let array = value(&Call { args: &args, result: &result, ..*call })?;
                moved = Column::new(result, array);
            }
            Ok(moved.expanded(call.rows))
        }
        (ChType::Array(_), _) | (_, ChType::Array(_)) => arrays(call, left, right, value),
        _ => tuples(call, left, right, value),
    }
}

fn negated(column: &Column, call: &Call<'_>) -> Result<ArrayRef> {
    crate::function::result::ints(&column.ty, call.rows, |row| {
        Ok(crate::text::int_at(&column.array, column.index(row)).wrapping_neg())
    })
}

fn structure(call: &Call<'_>, columns: Vec<ArrayRef>) -> Result<ArrayRef> {
    let DataType::Struct(fields) = crate::arrow_type(call.result) else { return Err(call.illegal_column(0)) };
    struct_array(&fields, columns, call.rows)
}

/// The fields of a tuple, one value a row.
fn fields(tuple: &Column, call: &Call<'_>) -> Result<Vec<Column>> {
    let ChType::Tuple(types) = &tuple.ty else { return Err(call.illegal_column(0)) };
    let array = tuple.expanded(call.rows);
    let parts = array.as_struct_opt().ok_or_else(|| call.illegal_column(0))?;
    let pairs = parts.columns().iter().zip(types.iter());
    Ok(pairs.map(|(array, (_, ty))| Column::new(ty.clone(), array.clone())).collect())
}

fn tuples(call: &Call<'_>, left: &Column, right: &Column, value: ValueOf<'_>) -> Result<ArrayRef> {
    let ChType::Tuple(results) = call.result else { return Err(call.illegal_column(0)) };
    let sides = |column: &Column| match column.ty {
        ChType::Tuple(_) => fields(column, call),
        _ => Ok(vec![column.clone(); results.len()]),
    };
    let (left, right) = (sides(left)?, sides(right)?);
    let mut columns = Vec::new();
    for ((a, b), (_, result)) in left.into_iter().zip(right).zip(results.iter()) {
        columns.push(value(&Call { args: &[a, b], result, ..*call })?);
    }
    structure(call, columns)
}

/// The elements of an array column in a row, and its offsets from 0.
fn elements(column: &Column, rows: usize) -> Result<(Column, Vec<i32>)> {
    let array = column.expanded(rows);
    let lists = array.as_list_opt::<i32>().ok_or_else(|| internal("no array"))?;
    let offsets = lists.value_offsets();
    let (first, last) = (offsets.first().copied().unwrap_or(0), offsets.last().copied().unwrap_or(0));
    let ty = column.ty.element().ok_or_else(|| internal("no array"))?;
    let values = lists.values().slice(first as usize, (last - first) as usize);
    Ok((Column::new(ty, values), offsets.iter().map(|offset| offset - first).collect()))
}

fn arrays(call: &Call<'_>, left: &Column, right: &Column, value: ValueOf<'_>) -> Result<ArrayRef> {
    let is_array = |column: &Column| matches!(column.ty, ChType::Array(_));
    let inner = call.result.element().ok_or_else(|| call.illegal_column(0))?;
    let spread = |number: &Column, offsets: &[i32]| -> Result<Column> {
        let values = take(&number.expanded(call.rows), &Lambda::rows_of(offsets), None).map_err(internal)?;
        Ok(Column::new(number.ty.clone(), values))
    };
    let (a, b, offsets) = match (is_array(left), is_array(right)) {
        (true, true) => {
            let ((a, x), (b, y)) = (elements(left, call.rows)?, elements(right, call.rows)?);
            if x != y {
                let message = format!("Arrays of function {} must have equal sizes", call.name);
                return Err(SqlError::new(ErrorCode::SIZES_OF_ARRAYS_DONT_MATCH, message));
            }
            (a, b, x)
        }
        (true, false) => {
            let (a, offsets) = elements(left, call.rows)?;
            (a, spread(right, &offsets)?, offsets)
        }
        _ => {
            let (b, offsets) = elements(right, call.rows)?;
            (spread(left, &offsets)?, b, offsets)
        }
    };
    let rows = a.array.len();
    let values = value(&Call { args: &[a, b], result: &inner, rows, ..*call })?;
    lists_like(call.result, values, &offsets)
}
