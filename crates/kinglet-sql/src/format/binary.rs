//! RowBinary and Native: ClickHouse's binary formats.

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::compute::take;
use kinglet_types::{ChType, Result};

use super::{FormatWriter, Header, native_tagged};
use crate::aggregate::wire::{write_bytes, write_varint};
use crate::binary::write_value;
use crate::function::comparable;
use crate::function::result::internal;

impl FormatWriter {
    /// Number of columns, then names, then types, as far as the header goes.
    pub(super) fn binary_head(&self, header: Header, out: &mut Vec<u8>) {
        if header == Header::None {
            return;
        }
        write_varint(self.columns.len() as u64, out);
        self.columns.iter().for_each(|column| write_bytes(column.name.as_bytes(), out));
        if header == Header::NamesAndTypes {
            self.columns.iter().for_each(|column| write_bytes(column.ty.to_string().as_bytes(), out));
        }
    }

    /// Rows one after the other, values without separators.
    pub(super) fn binary_rows(&self, batch: &RecordBatch, out: &mut Vec<u8>) -> Result<()> {
        for row in 0..batch.num_rows() {
            for (array, column) in batch.columns().iter().zip(&self.columns) {
                value(array, row, &column.ty, out)?;
            }
        }
        Ok(())
    }

    /// A block: its size, then column by column name, type and values.
    pub(super) fn native_block(&self, batch: &RecordBatch, out: &mut Vec<u8>) -> Result<()> {
        if batch.num_rows() == 0 {
            return Ok(());
        }
        write_varint(self.columns.len() as u64, out);
        write_varint(batch.num_rows() as u64, out);
        for (array, column) in batch.columns().iter().zip(&self.columns) {
            write_bytes(column.name.as_bytes(), out);
            // Readers of old do not know the zone of a DateTime, and ClickHouse takes every reader for one.
            match &column.ty {
                ChType::DateTime(_) => write_bytes(b"DateTime", out),
                other => write_bytes(other.to_string().as_bytes(), out),
            }
            prefix(array, &column.ty, out)?;
            values(array, &column.ty, out)?;
        }
        Ok(())
    }
}

/// A value in binary form; a state is its bytes alone.
fn value(array: &ArrayRef, row: usize, ty: &ChType, out: &mut Vec<u8>) -> Result<()> {
    match (ty, array.as_binary_view_opt()) {
        (ChType::AggregateFunction(_), Some(states)) => {
            out.extend_from_slice(states.value(row));
            Ok(())
        }
        (ChType::SimpleAggregateFunction(of), _) => match of.arguments.first() {
            Some(ty) => write_value(array, row, ty, out),
            None => Ok(()),
        },
        _ => write_value(array, row, ty, out),
    }
}

/// What stands before the values of a column: the version of LowCardinality, the structure of Dynamic and JSON.
pub(super) fn prefix(array: &ArrayRef, ty: &ChType, out: &mut Vec<u8>) -> Result<()> {
    match ty {
        ChType::LowCardinality(_) => out.extend(1_u64.to_le_bytes()),
        ChType::Nullable(inner) => return prefix(array, inner, out),
        ChType::Array(element) => {
            let lists = array.as_list_opt::<i32>().ok_or_else(|| internal("an array of another layout"))?;
            return prefix(&held(lists.value_offsets(), lists.values()), element, out);
        }
        ChType::Map(key, value) => {
            let maps = array.as_map_opt().ok_or_else(|| internal("a map of another layout"))?;
            prefix(&held(maps.value_offsets(), maps.keys()), key, out)?;
            return prefix(&held(maps.value_offsets(), maps.values()), value, out);
        }
        ChType::Tuple(fields) => {
            let tuple = array.as_struct_opt().ok_or_else(|| internal("a tuple of another layout"))?;
            let columns = tuple.columns().iter().zip(fields.iter());
            return columns.into_iter().try_for_each(|(column, (_, ty))| prefix(column, ty, out));
        }
        ChType::Variant(types) => return native_tagged::variant_prefix(array, types, out),
        ChType::Dynamic(_) => return native_tagged::dynamic_prefix(array, out),
        ChType::Json(of) => return native_tagged::json_prefix(array, of, out),
        _ => {}
    }
    Ok(())
}

/// The values of a column, column by column down to those of fixed width and texts.
pub(super) fn values(array: &ArrayRef, ty: &ChType, out: &mut Vec<u8>) -> Result<()> {
    match ty {
        ChType::Nullable(inner) => {
            let nulls = array.logical_nulls();
            out.extend(
                (0..array.len()).map(|row| u8::from(nulls.as_ref().is_some_and(|nulls| nulls.is_null(row)))),
            );
            values(array, inner, out)
        }
        ChType::Tuple(fields) if fields.is_empty() => {
            out.resize(out.len() + array.len(), b'0');
            Ok(())
        }
        ChType::Nothing => {
            out.resize(out.len() + array.len(), b'0');
            Ok(())
        }
        ChType::LowCardinality(inner) => low_cardinality(array, inner, out),
        ChType::Array(element) => {
            let lists = array.as_list_opt::<i32>().ok_or_else(|| internal("an array of another layout"))?;
            let elements = ends(lists.value_offsets(), lists.values(), out);
            values(&elements, element, out)
        }
        ChType::Map(key, value) => {
            let maps = array.as_map_opt().ok_or_else(|| internal("a map of another layout"))?;
            let keys = ends(maps.value_offsets(), maps.keys(), out);
            let start = maps.value_offsets().first().copied().unwrap_or(0).max(0) as usize;
            values(&keys, key, out)?;
            values(&maps.values().slice(start, keys.len()), value, out)
        }
        ChType::Tuple(fields) if !fields.is_empty() => {
            let tuple = array.as_struct_opt().ok_or_else(|| internal("a tuple of another layout"))?;
            tuple
                .columns()
                .iter()
                .zip(fields.iter())
                .try_for_each(|(column, (_, ty))| values(column, ty, out))
        }
        ChType::Variant(types) => native_tagged::variant_values(array, types, out),
        ChType::Dynamic(_) => native_tagged::dynamic_values(array, out),
        ChType::Json(of) => native_tagged::json_values(array, of, out),
        _ => (0..array.len()).try_for_each(|row| value(array, row, ty, out)),
    }
}

/// The elements that lists hold.
fn held(offsets: &[i32], elements: &ArrayRef) -> ArrayRef {
    let (start, last) = (offsets.first().copied().unwrap_or(0), offsets.last().copied().unwrap_or(0));
    elements.slice(start.max(0) as usize, (last - start).max(0) as usize)
}

/// Writes where each list ends; answers the elements that the lists hold.
fn ends(offsets: &[i32], elements: &ArrayRef, out: &mut Vec<u8>) -> ArrayRef {
    let start = offsets.first().copied().unwrap_or(0);
    offsets.iter().skip(1).for_each(|end| out.extend(((end - start) as u64).to_le_bytes()));
    held(offsets, elements)
}

/// The different values, then for each row the number of its value. Value 0 is NULL, or the default.
fn low_cardinality(array: &ArrayRef, inner: &ChType, out: &mut Vec<u8>) -> Result<()> {
    /// The keys stand here, and are new in each block.
    const OWN_KEYS: u64 = 3 << 9;
    if array.is_empty() {
        return Ok(());
    }
    let keys = comparable(array, false)?;
    let mut numbers = std::collections::HashMap::new();
    let mut firsts: Vec<u32> = Vec::new();
    let nullable = inner.is_nullable();
    let bare = match inner {
        ChType::Nullable(bare) => bare.as_ref(),
        other => other,
    };
    let mut default = crate::ColumnBuilder::new(bare);
    default.append_default();
    let default = default.finish()?;
    let mut own = Vec::new();
    value(&default, 0, bare, &mut own)?;
    let mut scratch = Vec::new();
    let mut indexes: Vec<u32> = Vec::with_capacity(array.len());
    for row in 0..array.len() {
        if nullable && array.is_null(row) {
            indexes.push(0);
            continue;
        }
        if !nullable {
            scratch.clear();
            value(array, row, bare, &mut scratch)?;
            if scratch == own {
                indexes.push(0);
                continue;
            }
        }
        let number = *numbers.entry(keys.row(row)).or_insert_with(|| {
            firsts.push(row as u32);
            firsts.len() as u32
        });
        indexes.push(number);
    }
    let count = firsts.len() + 1;
    let width: usize = if count <= 1 << 8 {
        0
    } else if count <= 1 << 16 {
        1
    } else {
        2
    };
    out.extend((width as u64 | OWN_KEYS).to_le_bytes());
    out.extend((count as u64).to_le_bytes());
    out.extend_from_slice(&own);
    let chosen = take(array, &arrow::array::UInt32Array::from(firsts), None).map_err(internal)?;
    values(&chosen, bare, out)?;
    out.extend((indexes.len() as u64).to_le_bytes());
    indexes.iter().for_each(|index| out.extend_from_slice(&index.to_le_bytes()[..1 << width]));
    Ok(())
}
