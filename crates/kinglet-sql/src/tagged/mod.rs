//! Values that carry their type: the layout of Dynamic and Variant.
//!
//! A value is ClickHouse's binary encoding of its type (see [`code`]) and then its value as in RowBinary, so
//! that equal values have equal bytes; NULL is Arrow's. RowBinary's Dynamic is just these bytes.

mod alternatives;
mod code;
mod dispatch;
mod order;
mod skip;

use arrow::array::{Array, ArrayRef};
use kinglet_types::{ChType, Result};

pub(crate) use alternatives::{alternatives, assemble};
pub(crate) use code::{read_type, write_type};
pub(crate) use dispatch::{dispatched, evaluate_tagged};
pub(crate) use order::{order_key, sortable};
pub(crate) use skip::{skip_tagged, skip_value};

use crate::ColumnBuilder;
use crate::aggregate::wire::Reader;
use crate::binary::{read_value, write_value};
use crate::function::result::nullable_texts;

/// The values of a column, each with its type. NULLs stay NULL.
///
/// # Errors
/// 49 when the column is not laid out as its type.
pub(crate) fn tag(array: &ArrayRef, ty: &ChType) -> Result<ArrayRef> {
    let bare = match ty {
        ChType::Nullable(inner) => inner.as_ref(),
        ChType::LowCardinality(inner) if inner.is_nullable() => inner.bare(),
        ChType::SimpleAggregateFunction(_) => ty.without_low_cardinality(),
        other => other,
    };
    if bare.is_tagged() {
        return Ok(ArrayRef::clone(array));
    }
    let mut code = Vec::new();
    write_type(bare, &mut code);
    let nulls = array.logical_nulls();
    nullable_texts(array.len(), |row, out| {
        if *bare == ChType::Nothing || nulls.as_ref().is_some_and(|nulls| nulls.is_null(row)) {
            return Ok(false);
        }
        out.extend_from_slice(&code);
        write_value(array, row, bare, out)?;
        Ok(true)
    })
}

/// Type of a value, and a column of that type that holds it.
///
/// # Errors
/// 33 and 117 for damaged bytes.
pub(crate) fn decoded(bytes: &[u8]) -> Result<(ChType, ArrayRef)> {
    let (ty, value) = untag(bytes)?;
    let mut builder = ColumnBuilder::new(&ty);
    read_value(&mut Reader::new(value), &ty, &mut builder)?;
    Ok((ty, builder.finish()?))
}

/// Type and bytes of a value.
///
/// # Errors
/// 33 and 117 for damaged bytes.
pub(crate) fn untag(bytes: &[u8]) -> Result<(ChType, &[u8])> {
    let mut reader = Reader::new(bytes);
    let ty = read_type(&mut reader)?;
    Ok((ty, reader.rest()))
}
