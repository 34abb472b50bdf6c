//! Points of nested arrays: rings, polygons and several polygons.

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type};
use kinglet_types::{ChType, Result};

use crate::function::result::internal;
use crate::function::{Args, Call, Column};

/// A closed line.
pub(super) type Ring = Vec<(f64, f64)>;

/// How many arrays stand around a tuple of two numbers, 0 to 3.
pub(super) fn depth(ty: &ChType) -> Option<usize> {
    match ty.bare() {
        ChType::Tuple(fields) if fields.len() == 2 && fields.iter().all(|(_, ty)| ty.is_number()) => Some(0),
        ChType::Array(element) => depth(element).map(|depth| depth + 1).filter(|depth| *depth <= 3),
        _ => None,
    }
}

/// Checks that argument `at` is a ring, a polygon or several.
pub(super) fn expect_polygons(args: &Args<'_>, at: usize) -> Result<()> {
    args.expect(at, |ty| depth(ty).is_some_and(|depth| depth > 0))?;
    Ok(())
}

/// The points of a tuple column.
fn points(array: &ArrayRef) -> Option<Vec<(f64, f64)>> {
    let parts = array.as_struct_opt()?;
    let numbers = |at: usize| cast(parts.columns().get(at)?, &DataType::Float64).ok();
    let (x, y) = (numbers(0)?, numbers(1)?);
    let (x, y) = (x.as_primitive_opt::<Float64Type>()?, y.as_primitive_opt::<Float64Type>()?);
    Some(x.values().iter().copied().zip(y.values().iter().copied()).collect())
}

/// The polygons of a row, each a list of rings with the outer one first.
pub(super) fn polygons(call: &Call<'_>, at: usize, row: usize) -> Result<Vec<Vec<Ring>>> {
    let column = call.arg(at)?;
    read(column, row).ok_or_else(|| internal("no polygon"))
}

fn read(column: &Column, row: usize) -> Option<Vec<Vec<Ring>>> {
    let value = column.array.as_list_opt::<i32>()?.value(column.index(row));
    match depth(&column.ty)? {
        1 => Some(vec![vec![points(&value)?]]),
        2 => Some(vec![rings(&value)?]),
        _ => {
            let lists = value.as_list_opt::<i32>()?;
            (0..lists.len()).map(|at| rings(&lists.value(at))).collect()
        }
    }
}

fn rings(array: &ArrayRef) -> Option<Vec<Ring>> {
    let lists = array.as_list_opt::<i32>()?;
    (0..lists.len()).map(|at| points(&lists.value(at))).collect()
}
