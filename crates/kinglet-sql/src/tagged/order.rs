//! Bytes that sort as ClickHouse orders values of Variant, Dynamic and JSON: by type, then by value.

use arrow::array::{Array, ArrayRef};
use kinglet_types::{ChType, Result};

use super::alternatives;
use crate::function::comparable;
use crate::function::result::nullable_texts;
use crate::json::Entries;
use crate::text::bytes_at;

/// A column of bytes whose order is that of the values; NULLs stay.
///
/// # Errors
/// 33 and 117 for damaged bytes.
pub(crate) fn order_key(array: &ArrayRef, ty: &ChType) -> Result<ArrayRef> {
    match ty.bare() {
        ChType::Json(_) => documents(array),
        _ => tagged(array),
    }
}

/// The values, or for Variant, Dynamic and JSON bytes in their order.
///
/// # Errors
/// As [`order_key`].
pub(crate) fn sortable(array: &ArrayRef, ty: &ChType) -> Result<ArrayRef> {
    let own = ty.bare().is_tagged() || matches!(ty.bare(), ChType::Json(_));
    if own { order_key(array, ty) } else { Ok(ArrayRef::clone(array)) }
}

fn tagged(array: &ArrayRef) -> Result<ArrayRef> {
    let mut keys: Vec<Option<Vec<u8>>> = vec![None; array.len()];
    for alternative in alternatives(array)? {
        let name = alternative.ty.to_string();
        let values = match alternative.ty {
            ChType::Json(_) => documents(&alternative.values)?,
            _ => alternative.values,
        };
        let sorted = comparable(&values, false)?;
        for (at, row) in alternative.rows.iter().enumerate() {
            let key = [name.as_bytes(), &[0], sorted.row(at).as_ref()].concat();
            if let Some(slot) = keys.get_mut(*row as usize) {
                *slot = Some(key);
            }
        }
    }
    nullable_texts(array.len(), |row, out| match keys.get(row) {
        Some(Some(key)) => {
            out.extend_from_slice(key);
            Ok(true)
        }
        _ => Ok(false),
    })
}

/// Path by path, each followed by its value's key.
fn documents(array: &ArrayRef) -> Result<ArrayRef> {
    let mut paths: Vec<(usize, Vec<u8>)> = Vec::new();
    let mut values = arrow::array::BinaryViewBuilder::new();
    for row in 0..array.len() {
        if array.is_null(row) {
            continue;
        }
        for entry in Entries::new(bytes_at(array, row)) {
            let (path, value) = entry?;
            paths.push((row, path.to_vec()));
            values.append_value(value);
        }
    }
    let values: ArrayRef = std::sync::Arc::new(values.finish());
    let keys = tagged(&values)?;
    let mut next = 0;
    nullable_texts(array.len(), |row, out| {
        if array.is_null(row) {
            return Ok(false);
        }
        while let Some((_, path)) = paths.get(next).filter(|(owner, _)| *owner == row) {
            out.extend_from_slice(path);
            out.push(0);
            out.extend_from_slice(bytes_at(&keys, next));
            next += 1;
        }
        Ok(true)
    })
}
