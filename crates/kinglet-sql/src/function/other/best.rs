//! The least or greatest of several columns.

use std::cmp::Ordering;

use arrow::array::{Array, ArrayRef, AsArray, Float64Array};
use arrow::compute::{SortOptions, interleave};
use arrow::row::{RowConverter, SortField};
use kinglet_types::Result;

use crate::conversion::{Failure, convert};
use crate::function::Call;
use crate::function::result::internal;

/// For each row the value of the argument that compares as `wanted` with the others; NULLs are left out.
pub(super) fn best(call: &Call<'_>, wanted: Ordering) -> Result<ArrayRef> {
    let columns = (0..call.args.len())
        .map(|at| {
            let column = call.arg(at)?;
            convert(&column.array, &column.ty, call.result, Failure::Error, call.environment)
        })
        .collect::<Result<Vec<_>>>()?;
    let Some(first) = columns.first() else { return Err(internal("no arguments")) };
    let options = SortOptions { descending: false, nulls_first: true };
    let field = SortField::new_with_options(first.data_type().clone(), options);
    let converter = RowConverter::new(vec![field]).map_err(internal)?;
    let keys = columns
        .iter()
        .map(|column| converter.convert_columns(std::slice::from_ref(column)).map_err(internal))
        .collect::<Result<Vec<_>>>()?;
    // A float that is no number gives way to the one after it, and takes the place of the one before.
    let floats: Vec<Option<&Float64Array>> = columns.iter().map(|column| column.as_primitive_opt()).collect();
    let unordered = |(at, row): (usize, usize)| {
        floats.get(at).is_some_and(|floats| floats.is_some_and(|f| f.value(row).is_nan()))
    };
    let place = |at: usize, row: usize| call.args.get(at).map_or(0, |column| column.index(row));
    let mut picks = Vec::with_capacity(call.rows);
    for row in 0..call.rows {
        let mut found = (0, place(0, row));
        for (at, column) in columns.iter().enumerate().skip(1) {
            let candidate = (at, place(at, row));
            let kept_is_null = columns.get(found.0).is_none_or(|kept| kept.is_null(found.1));
            let order = match (keys.get(at), keys.get(found.0)) {
                (Some(new), Some(kept)) => new.row(candidate.1).cmp(&kept.row(found.1)),
                _ => Ordering::Equal,
            };
            let takes = order == wanted || unordered(candidate) || unordered(found);
            if column.is_valid(candidate.1) && (kept_is_null || takes) {
                found = candidate;
            }
        }
        picks.push(found);
    }
    let columns: Vec<&dyn Array> = columns.iter().map(AsRef::as_ref).collect();
    interleave(&columns, &picks).map_err(internal)
}
