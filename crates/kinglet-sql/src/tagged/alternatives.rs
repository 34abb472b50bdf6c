//! A column of tagged values taken apart by type, and put together again.

use arrow::array::{Array, ArrayRef, UInt32Array};
use arrow::compute::{concat, take};
use kinglet_types::{ChType, Result};

use super::untag;
use crate::aggregate::wire::Reader;
use crate::binary::read_value;
use crate::function::result::{internal, nulls};
use crate::operator::filled;
use crate::text::bytes_at;
use crate::{ColumnBuilder, arrow_type};

/// The values of one type in a column of tagged values.
pub(crate) struct Alternative {
    /// Their type.
    pub(crate) ty: ChType,
    /// Where they stand, ascending.
    pub(crate) rows: Vec<u32>,
    /// The values in the type's own layout.
    pub(crate) values: ArrayRef,
}

struct Open {
    code: Vec<u8>,
    rows: Vec<u32>,
    builder: ColumnBuilder,
}

/// The values by type, in order of appearance; NULLs are in none.
///
/// # Errors
/// 33 and 117 for damaged bytes.
pub(crate) fn alternatives(array: &ArrayRef) -> Result<Vec<Alternative>> {
    let mut open: Vec<Open> = Vec::new();
    let mut last = 0;
    for row in 0..array.len() {
        if array.is_null(row) {
            continue;
        }
        let bytes = bytes_at(array, row);
        let same = |known: &Open| bytes.starts_with(&known.code);
        if !open.get(last).is_some_and(same) {
            last = match open.iter().position(same) {
                Some(at) => at,
                None => {
                    let (ty, value) = untag(bytes)?;
                    let code = bytes.get(..bytes.len() - value.len()).unwrap_or_default().to_vec();
                    open.push(Open { code, rows: Vec::new(), builder: ColumnBuilder::new(&ty) });
                    open.len() - 1
                }
            };
        }
        let Some(known) = open.get_mut(last) else { continue };
        let mut reader = Reader::new(bytes.get(known.code.len()..).unwrap_or_default());
        let ty = known.builder.ty().clone();
        read_value(&mut reader, &ty, &mut known.builder)?;
        known.rows.push(row as u32);
    }
    open.into_iter()
        .map(|known| {
            let ty = known.builder.ty().clone();
            Ok(Alternative { ty, rows: known.rows, values: known.builder.finish()? })
        })
        .collect()
}

/// A column of `rows` values of `ty`: each part's values at its rows, NULL (or the type's default) elsewhere.
///
/// # Errors
/// 49 when the parts are not all of the type's layout.
pub(crate) fn assemble(parts: &[(Vec<u32>, ArrayRef)], rows: usize, ty: &ChType) -> Result<ArrayRef> {
    if let [(places, values)] = parts
        && places.len() == rows
    {
        return Ok(ArrayRef::clone(values));
    }
    let mut indices: Vec<Option<u32>> = vec![None; rows];
    for (next, place) in parts.iter().flat_map(|(places, _)| places).enumerate() {
        if let Some(index) = indices.get_mut(*place as usize) {
            *index = Some(next as u32);
        }
    }
    if parts.is_empty() {
        return defaulted(nulls(ty, rows), ty);
    }
    let arrays: Vec<&dyn Array> = parts.iter().map(|(_, values)| values.as_ref()).collect();
    let all = concat(&arrays).map_err(internal)?;
    debug_assert_eq!(*all.data_type(), arrow_type(ty));
    let taken = take(&all, &UInt32Array::from(indices), None).map_err(internal)?;
    defaulted(taken, ty)
}

fn defaulted(array: ArrayRef, ty: &ChType) -> Result<ArrayRef> {
    let bare = ty.without_low_cardinality();
    if bare.is_nullable() || *bare == ChType::Nothing { Ok(array) } else { filled(&array, bare) }
}
