//! Variant, Dynamic and JSON in Native: the alternatives as columns of their own.

use std::collections::BTreeSet;

use arrow::array::{Array, ArrayRef};
use kinglet_types::{ChType, JsonType, Result};

use super::binary::{prefix, values};
use crate::aggregate::wire::{write_bytes, write_varint};
use crate::json::{Entries, parse_steps, subcolumn};
use crate::tagged::alternatives;
use crate::text::bytes_at;

/// The number of a NULL.
const NULL: u8 = 0xFF;
/// Where values beyond a Dynamic's limit are kept; it has a number too.
const SHARED: &str = "SharedVariant";
/// Structure of Dynamic: the first version of it.
const DYNAMIC_VERSION: u64 = 1;

/// The values of each of `types`, and the number of its type for each row.
fn split(array: &ArrayRef, types: &[ChType]) -> Result<(Vec<u8>, Vec<Option<ArrayRef>>)> {
    let mut numbers = vec![NULL; array.len()];
    let mut columns: Vec<Option<ArrayRef>> = vec![None; types.len()];
    for alternative in alternatives(array)? {
        let Some(at) = types.iter().position(|ty| *ty == alternative.ty) else { continue };
        for row in alternative.rows {
            if let Some(number) = numbers.get_mut(row as usize) {
                *number = u8::try_from(at).unwrap_or(NULL);
            }
        }
        if let Some(column) = columns.get_mut(at) {
            *column = Some(alternative.values);
        }
    }
    Ok((numbers, columns))
}

pub(super) fn variant_prefix(array: &ArrayRef, types: &[ChType], out: &mut Vec<u8>) -> Result<()> {
    out.extend(0_u64.to_le_bytes());
    let (_, columns) = split(array, types)?;
    types.iter().zip(columns).try_for_each(|(ty, column)| prefix(&or_empty(column, ty)?, ty, out))
}

pub(super) fn variant_values(array: &ArrayRef, types: &[ChType], out: &mut Vec<u8>) -> Result<()> {
    let (numbers, columns) = split(array, types)?;
    out.extend(numbers);
    types.iter().zip(columns).try_for_each(|(ty, column)| match column {
        Some(column) => values(&column, ty, out),
        None => Ok(()),
    })
}

fn or_empty(column: Option<ArrayRef>, ty: &ChType) -> Result<ArrayRef> {
    match column {
        Some(column) => Ok(column),
        None => crate::ColumnBuilder::new(ty).finish(),
    }
}

/// The types that occur, sorted by name, and the place of the shared values among them.
fn dynamic_types(array: &ArrayRef) -> Result<(Vec<ChType>, usize)> {
    let mut types: Vec<ChType> = alternatives(array)?.into_iter().map(|found| found.ty).collect();
    types.sort_by_cached_key(ToString::to_string);
    let shared = types.iter().filter(|ty| ty.to_string().as_str() < SHARED).count();
    Ok((types, shared))
}

pub(super) fn dynamic_prefix(array: &ArrayRef, out: &mut Vec<u8>) -> Result<()> {
    let (types, _) = dynamic_types(array)?;
    out.extend(DYNAMIC_VERSION.to_le_bytes());
    write_varint(types.len() as u64, out);
    write_varint(types.len() as u64, out);
    types.iter().for_each(|ty| write_bytes(ty.to_string().as_bytes(), out));
    variant_prefix(array, &types, out)
}

pub(super) fn dynamic_values(array: &ArrayRef, out: &mut Vec<u8>) -> Result<()> {
    let (types, shared) = dynamic_types(array)?;
    let (numbers, columns) = split(array, &types)?;
    out.extend(numbers.into_iter().map(|number| match number {
        NULL => NULL,
        number if usize::from(number) >= shared => number + 1,
        number => number,
    }));
    types.iter().zip(columns).try_for_each(|(ty, column)| values(&or_empty(column, ty)?, ty, out))
}

/// The paths without a declared type.
fn dynamic_paths(array: &ArrayRef, of: &JsonType) -> Result<BTreeSet<String>> {
    let mut paths = BTreeSet::new();
    for row in 0..array.len() {
        for entry in Entries::new(bytes_at(array, row)) {
            let path = String::from_utf8_lossy(entry?.0).into_owned();
            if of.typed_path(&path).is_none() {
                paths.insert(path);
            }
        }
    }
    Ok(paths)
}

/// The values of a path.
fn at(array: &ArrayRef, of: &JsonType, path: &str) -> Result<ArrayRef> {
    let steps = parse_steps(path).unwrap_or_default();
    subcolumn(array, &ChType::Json(std::sync::Arc::new(of.clone())), &steps)
}

pub(super) fn json_prefix(array: &ArrayRef, of: &JsonType, out: &mut Vec<u8>) -> Result<()> {
    out.extend(0_u64.to_le_bytes());
    let paths = dynamic_paths(array, of)?;
    write_varint(paths.len() as u64, out);
    write_varint(paths.len() as u64, out);
    paths.iter().for_each(|path| write_bytes(path.as_bytes(), out));
    of.typed.iter().try_for_each(|(path, ty)| prefix(&at(array, of, path)?, ty, out))?;
    paths.iter().try_for_each(|path| dynamic_prefix(&at(array, of, path)?, out))
}

pub(super) fn json_values(array: &ArrayRef, of: &JsonType, out: &mut Vec<u8>) -> Result<()> {
    of.typed.iter().try_for_each(|(path, ty)| values(&at(array, of, path)?, ty, out))?;
    let paths = dynamic_paths(array, of)?;
    paths.iter().try_for_each(|path| dynamic_values(&at(array, of, path)?, out))?;
    // No row has values beyond the limit.
    out.resize(out.len() + array.len() * size_of::<u64>(), 0);
    Ok(())
}
