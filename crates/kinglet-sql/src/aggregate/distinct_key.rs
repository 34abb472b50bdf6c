//! The numbers that stand for values in `uniq` and `uniqExact`.

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::DataType;
use kinglet_types::{ChType, Result};

use crate::binary::write_value;
use crate::function::result::internal;

/// The columns of one batch.
pub(super) struct Keys<'a> {
    columns: &'a [ArrayRef],
    types: &'a [ChType],
}

impl<'a> Keys<'a> {
    /// Keys of rows of `columns`, which have `types`.
    pub(super) fn new(columns: &'a [ArrayRef], types: &'a [ChType]) -> Self {
        Self { columns, types }
    }

    /// The value of a row where there is one column of at most 8 bytes, as ClickHouse stores it.
    pub(super) fn number(&self, row: usize, scratch: &mut Vec<u8>) -> Result<Option<u64>> {
        let ([column], [ty]) = (self.columns, self.types) else { return Ok(None) };
        if narrow_width(ty).is_none() {
            return Ok(None);
        }
        scratch.clear();
        write_value(column, row, ty, scratch)?;
        let mut bytes = [0; 8];
        let width = scratch.len().min(8);
        bytes[..width].copy_from_slice(&scratch[..width]);
        Ok(Some(u64::from_le_bytes(bytes)))
    }

    /// The bytes that are hashed of each column of a row: a text's own, or the binary form.
    pub(super) fn bytes(&self, row: usize, mut visit: impl FnMut(&[u8])) -> Result<()> {
        let mut scratch = Vec::new();
        for (column, ty) in self.columns.iter().zip(self.types) {
            if *column.data_type() == DataType::BinaryView {
                let texts = column.as_binary_view_opt().ok_or_else(|| internal("texts of another layout"))?;
                visit(if texts.is_null(row) { &[] } else { texts.value(row) });
            } else {
                scratch.clear();
                write_value(column, row, ty, &mut scratch)?;
                visit(&scratch);
            }
        }
        Ok(())
    }
}

/// Bytes of a type whose values are numbers of at most 8 bytes.
pub(super) fn narrow_width(ty: &ChType) -> Option<usize> {
    Some(match ty {
        ChType::Bool | ChType::Enum8(_) => 1,
        ChType::Date | ChType::Enum16(_) => 2,
        ChType::Date32 | ChType::DateTime(_) | ChType::Ipv4 | ChType::Float32 | ChType::Decimal(0..=9, _) => {
            4
        }
        ChType::DateTime64(..) | ChType::Float64 | ChType::Decimal(10..=18, _) => 8,
        other => usize::from(other.integer_bits().filter(|(bits, _)| *bits <= 64)?.0) / 8,
    })
}

/// Bytes of each entry of a state.
pub(super) fn entry_width(types: &[ChType]) -> usize {
    match types {
        [one] => narrow_width(one).unwrap_or(16),
        _ => 16,
    }
}
