//! The paths of documents, for the functions that list them.

use std::collections::HashSet;

use arrow::array::{Array, ArrayRef};
use kinglet_types::{ChType, JsonType, Result};

use crate::ColumnBuilder;
use crate::aggregate::wire::Reader;
use crate::function::Call;
use crate::json::Entries;
use crate::tagged::read_type;
use crate::text::bytes_at;

/// Which paths are listed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    All,
    /// Those that are columns of their own: the first `max_dynamic_paths` without a type.
    Dynamic,
    /// The others without a type.
    Shared,
}

/// The paths of each document, as an array, or as a map to their types' names, by the call's result.
pub(super) fn paths(call: &Call<'_>, which: Which) -> Result<ArrayRef> {
    let column = call.arg(0)?;
    let ChType::Json(of) = column.ty.bare() else { return Err(call.illegal_column(0)) };
    let own = if which == Which::All { HashSet::new() } else { own_paths(&column.array, of)? };
    let mut builder = ColumnBuilder::new(call.result);
    for row in 0..call.rows {
        for entry in Entries::new(bytes_at(&column.array, column.index(row))) {
            let (path, value) = entry?;
            let typed = std::str::from_utf8(path).ok().and_then(|path| of.typed_path(path));
            let listed = match which {
                Which::All => true,
                Which::Dynamic => typed.is_none() && own.contains(path),
                Which::Shared => typed.is_none() && !own.contains(path),
            };
            if !listed {
                continue;
            }
            if let Some(elements) = builder.elements() {
                elements.append_bytes(path);
            } else if let Some((paths, types)) = builder.entries() {
                let ty = match typed {
                    Some(ty) => ty.clone(),
                    None => read_type(&mut Reader::new(value))?,
                };
                paths.append_bytes(path);
                types.append_bytes(ty.to_string().as_bytes());
            }
        }
        builder.close();
    }
    builder.finish()
}

/// The first paths without a type in the order of the rows, as many as the type has room for.
fn own_paths<'a>(array: &'a ArrayRef, of: &JsonType) -> Result<HashSet<&'a [u8]>> {
    let mut own: HashSet<&[u8]> = HashSet::new();
    for row in 0..array.len() {
        for entry in Entries::new(bytes_at(array, row)) {
            let (path, _) = entry?;
            if own.len() >= of.max_paths as usize {
                return Ok(own);
            }
            if std::str::from_utf8(path).ok().and_then(|path| of.typed_path(path)).is_none() {
                own.insert(path);
            }
        }
    }
    Ok(own)
}
