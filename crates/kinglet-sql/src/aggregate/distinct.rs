//! `-Distinct`: every combination of arguments once.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::array_wire::{from_arena, to_arena};
use super::kept_rows::{self, Codec, OverRows, group_numbers};
use super::wire::{Reader, write_bytes, write_varint};
use super::{Bound, Call, Combinator, Inner, Rows};
use crate::binary::{read_value, width, write_value};
use crate::column_builder::ColumnBuilder;

pub(super) struct Distinct;

impl Combinator for Distinct {
    fn suffix(&self) -> &'static str {
        "Distinct"
    }

    fn summary(&self) -> &'static str {
        "Aggregates each different combination of arguments once."
    }

    fn bind(&self, call: &Call<'_>, inner: &Inner<'_>) -> Result<Arc<dyn Bound>> {
        let answer = Arc::new(OfDistinct { inner: inner(call)?, types: call.types.into() });
        Ok(kept_rows::bound(call.types, answer, true))
    }
}

#[derive(Debug)]
struct OfDistinct {
    inner: Arc<dyn Bound>,
    types: Vec<ChType>,
}

impl OverRows for OfDistinct {
    fn result_type(&self) -> ChType {
        self.inner.result_type()
    }

    fn finish(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef> {
        let mut held = self.inner.groups();
        let numbers = group_numbers(groups);
        held.update(&Rows { columns, groups: &numbers, filter: None, total: groups.len() })?;
        held.finish(groups.len())
    }

    fn codec(&self) -> Option<&dyn Codec> {
        Some(self)
    }
}

impl OfDistinct {
    /// Whether rows are written as they are: one number or text.
    fn is_plain(&self) -> bool {
        matches!(self.types.as_slice(), [ty] if *ty == ChType::String || ty.is_integer() || ty.is_float())
    }

    /// The width of the elements where rows are arrays of narrow values, which are written without a count.
    fn element_width(&self) -> Option<usize> {
        match self.types.as_slice() {
            [ty] => ty.element().filter(|element| !element.is_nullable()).as_ref().and_then(width),
            _ => None,
        }
    }
}

/// The number of different rows, then each: one number or text plainly, others as length and bytes in an arena.
impl Codec for OfDistinct {
    fn write(&self, columns: &[ArrayRef], rows: usize, out: &mut Vec<u8>) -> Result<()> {
        write_varint(rows as u64, out);
        for row in 0..rows {
            let mut arena = Vec::new();
            for (column, ty) in columns.iter().zip(&self.types) {
                let mut value = Vec::new();
                write_value(column, row, ty, &mut value)?;
                let mut value = Reader::new(&value);
                if self.is_plain() {
                    out.extend_from_slice(value.rest());
                } else if self.element_width().is_some() {
                    value.varint()?;
                    arena.extend_from_slice(value.rest());
                } else {
                    to_arena(&mut value, ty, &mut arena)?;
                }
            }
            if !self.is_plain() {
                write_bytes(&arena, out);
            }
        }
        Ok(())
    }

    fn read(&self, bytes: &mut Reader<'_>, out: &mut [ColumnBuilder]) -> Result<u64> {
        let count = bytes.varint()?;
        for _ in 0..count {
            if let (true, [ty], [column]) = (self.is_plain(), self.types.as_slice(), &mut *out) {
                read_value(bytes, ty, column)?;
                continue;
            }
            let mut arena = Reader::new(bytes.bytes()?);
            for (ty, column) in self.types.iter().zip(out.iter_mut()) {
                let mut value = Vec::new();
                if let Some(width) = self.element_width() {
                    write_varint((arena.rest().len() / width.max(1)) as u64, &mut value);
                    value.extend_from_slice(arena.rest());
                } else {
                    from_arena(&mut arena, ty, &mut value)?;
                }
                read_value(&mut Reader::new(&value), ty, column)?;
            }
        }
        Ok(count)
    }
}
