//! Arguments of any type as texts.

use kinglet_types::{ChType, Result};

use crate::conversion::{Failure, convert};
use crate::function::{Call, Column};
use crate::text::bytes_at;

/// The arguments from `first` on as String columns; NULLs stay.
pub(in crate::function) fn as_texts(call: &Call<'_>, first: usize) -> Result<Vec<Column>> {
    call.args
        .iter()
        .skip(first)
        .map(|column| {
            let ty = ChType::String.nullable_if(column.ty.is_nullable());
            let array = convert(&column.array, &column.ty, &ty, Failure::Error, call.environment)?;
            Ok(Column { ty, array, constant: column.constant })
        })
        .collect()
}

/// The bytes of a row of such a column.
pub(in crate::function) fn text_at(column: &Column, row: usize) -> &[u8] {
    bytes_at(&column.array, column.index(row))
}
