//! `-ForEach`: arrays place by place.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, BinaryViewBuilder, UInt32Array};
use arrow::compute::take;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::parts::{self, take_state};
use super::slots::Slotted;
use super::{Bound, Call, Combinator, Groups, Inner, Rows};
use crate::function::result::{self, internal};

pub(super) struct ForEach;

impl Combinator for ForEach {
    fn suffix(&self) -> &'static str {
        "ForEach"
    }

    fn summary(&self) -> &'static str {
        "Takes arrays and aggregates what stands at the same place of each."
    }

    fn bind(&self, call: &Call<'_>, inner: &Inner<'_>) -> Result<Arc<dyn Bound>> {
        let element = |at: usize| {
            call.ty(at).element().ok_or_else(|| SqlError::illegal_type(call.name, at + 1, call.ty(at)))
        };
        let types = (0..call.types.len()).map(element).collect::<Result<Vec<ChType>>>()?;
        let types: Vec<ChType> = types.into_iter().map(|ty| ty.without_low_cardinality().clone()).collect();
        if types.is_empty() {
            return Err(SqlError::wrong_argument_count(call.name, 0, "1 or more"));
        }
        Ok(Arc::new(BoundForEach { inner: inner(&Call { types: &types, ..*call })? }))
    }
}

#[derive(Debug)]
struct BoundForEach {
    inner: Arc<dyn Bound>,
}

impl Bound for BoundForEach {
    fn result_type(&self) -> ChType {
        ChType::array(self.inner.result_type())
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(Places { held: Slotted::new(&self.inner), ty: self.result_type() })
    }
}

struct Places {
    held: Slotted,
    ty: ChType,
}

impl Groups for Places {
    fn update(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.held.grow(rows.total);
        let mut groups: Vec<usize> = Vec::new();
        let mut columns: Vec<ArrayRef> = Vec::with_capacity(rows.columns.len());
        for (at, column) in rows.columns.iter().enumerate() {
            let lists = column.as_list_opt::<i32>().ok_or_else(|| internal("-ForEach of no array"))?;
            let offsets = lists.value_offsets();
            let mut positions: Vec<u32> = Vec::new();
            let mut own: Vec<usize> = Vec::new();
            let held = &mut self.held;
            rows.each(|row, group| {
                let (Some(start), Some(end)) = (offsets.get(row), offsets.get(row + 1)) else {
                    return Ok(());
                };
                for (place, position) in (*start as u32..*end as u32).enumerate() {
                    positions.push(position);
                    own.push(held.slot(group, place));
                }
                Ok(())
            })?;
            if at > 0 && own != groups {
                let message = "All arrays must have the same size for the combinator -ForEach";
                return Err(SqlError::new(ErrorCode::SIZES_OF_ARRAYS_DONT_MATCH, message));
            }
            groups = own;
            columns.push(take(lists.values(), &UInt32Array::from(positions), None).map_err(internal)?);
        }
        self.held.update(&Rows { columns: &columns, groups: &groups, filter: None, total: 0 })
    }

    fn merge(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.held.grow(rows.total);
        let states = parts::states(rows)?;
        let mut inner = Vec::new();
        let mut slots = Vec::new();
        rows.each(|row, group| {
            let Some(Some(state)) = states.get(row) else { return Ok(()) };
            let (count, mut rest) = state.split_first_chunk::<8>().ok_or_else(parts::ended)?;
            let count = u64::from_le_bytes(*count).min(1 << 24) as usize;
            for place in 0..count {
                inner.push(Some(take_state(self.held.inner(), &mut rest)?));
                slots.push(self.held.slot(group, place));
            }
            Ok(())
        })?;
        self.held.merge(inner, &slots)
    }

    fn finish(&mut self, count: usize) -> Result<ArrayRef> {
        let (answers, lengths) = self.held.emit(count, false)?;
        result::lists(&self.ty, answers, lengths)
    }

    fn states(&mut self, count: usize) -> Result<ArrayRef> {
        let (states, lengths) = self.held.emit(count, true)?;
        let states = states.as_binary_view_opt().ok_or_else(|| internal("states are bytes"))?;
        let mut builder = BinaryViewBuilder::with_capacity(count);
        let mut at = 0;
        for length in lengths {
            let mut bytes = (length as u64).to_le_bytes().to_vec();
            (at..at + length).for_each(|row| bytes.extend_from_slice(states.value(row)));
            at += length;
            builder.append_value(&bytes);
        }
        Ok(Arc::new(builder.finish()))
    }

    fn state_length(&self, bytes: &[u8]) -> Result<usize> {
        let (count, mut rest) = bytes.split_first_chunk::<8>().ok_or_else(parts::ended)?;
        for _ in 0..u64::from_le_bytes(*count) {
            take_state(self.held.inner(), &mut rest)?;
        }
        Ok(bytes.len() - rest.len())
    }

    fn len(&self) -> usize {
        self.held.len()
    }

    fn size(&self) -> usize {
        self.held.size()
    }
}
