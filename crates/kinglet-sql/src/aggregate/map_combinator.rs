//! `-Map`: the values of maps, key by key.
//!
//! The state is the number of keys, then key and inner state of each, the newest key first (the order in which
//! ClickHouse's table of few keys is walked).

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryViewBuilder, MapArray, UInt32Array};
use arrow::compute::take;
use arrow::datatypes::DataType;
use kinglet_types::{ChType, Result, SqlError};

use super::parts::{self, take_state};
use super::slots::Slotted;
use super::wire::{Reader, write_varint};
use super::{Bound, Call, Combinator, Groups, Inner, Rows};
use crate::arrow_type;
use crate::binary::{read_value, write_value};
use crate::column_builder::{ColumnBuilder, struct_array};
use crate::function::comparable;
use crate::function::result::internal;

/// `-Map`.
pub(super) struct OfMap;

impl Combinator for OfMap {
    fn suffix(&self) -> &'static str {
        "Map"
    }

    fn summary(&self) -> &'static str {
        "Takes maps and aggregates their values key by key."
    }

    fn bind(&self, call: &Call<'_>, inner: &Inner<'_>) -> Result<Arc<dyn Bound>> {
        bind(call, inner)
    }
}

/// The aggregate of the only argument, a map.
///
/// # Errors
/// 43 when it is no map.
pub(super) fn bind(call: &Call<'_>, inner: &Inner<'_>) -> Result<Arc<dyn Bound>> {
    let [ChType::Map(key, value)] = call.types else {
        return Err(SqlError::illegal_type(call.name, 1, call.ty(0)));
    };
    let value = value.without_low_cardinality().clone();
    let inner = inner(&Call { types: &[value], ..*call })?;
    Ok(Arc::new(BoundMap { key: key.as_ref().clone(), inner }))
}

#[derive(Debug)]
struct BoundMap {
    key: ChType,
    inner: Arc<dyn Bound>,
}

impl Bound for BoundMap {
    fn result_type(&self) -> ChType {
        ChType::map(self.key.clone(), self.inner.result_type())
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(Keyed {
            key: self.key.clone(),
            ty: self.result_type(),
            held: Slotted::new(&self.inner),
            keys: Vec::new(),
        })
    }
}

/// The keys of a group in their binary form, numbered as they came.
#[derive(Default)]
struct Keys {
    places: HashMap<Box<[u8]>, usize>,
    order: Vec<Box<[u8]>>,
}

impl Keys {
    fn place(&mut self, key: &[u8]) -> usize {
        if let Some(place) = self.places.get(key) {
            return *place;
        }
        self.order.push(key.into());
        self.places.insert(key.into(), self.order.len() - 1);
        self.order.len() - 1
    }
}

struct Keyed {
    key: ChType,
    ty: ChType,
    held: Slotted,
    keys: Vec<Keys>,
}

impl Keyed {
    fn grow(&mut self, total: usize) {
        self.held.grow(total);
        self.keys.resize_with(self.keys.len().max(total), Keys::default);
    }

    fn slot(&mut self, group: usize, key: &[u8]) -> usize {
        let place = self.keys.get_mut(group).map_or(0, |keys| keys.place(key));
        self.held.slot(group, place)
    }

    fn first(&mut self, count: usize) -> Vec<Keys> {
        self.grow(count);
        let rest = self.keys.split_off(count);
        std::mem::replace(&mut self.keys, rest)
    }

    /// Reads the key at the front of a state.
    fn key<'a>(&self, state: &mut &'a [u8], scratch: &mut ColumnBuilder) -> Result<&'a [u8]> {
        let mut reader = Reader::new(state);
        read_value(&mut reader, &self.key, scratch)?;
        let (key, rest) = state.split_at(state.len() - reader.rest().len());
        *state = rest;
        Ok(key)
    }
}

/// The number of keys at the front of a state.
fn count(state: &mut &[u8]) -> Result<u64> {
    let mut reader = Reader::new(state);
    let count = reader.varint()?;
    *state = reader.rest();
    Ok(count)
}

impl Groups for Keyed {
    fn update(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.grow(rows.total);
        let map = rows.column(0)?.as_map_opt().ok_or_else(|| internal("no map"))?;
        let offsets = map.value_offsets();
        let (mut positions, mut slots): (Vec<u32>, Vec<usize>) = (Vec::new(), Vec::new());
        let mut key = Vec::new();
        rows.each(|row, group| {
            let (Some(start), Some(end)) = (offsets.get(row), offsets.get(row + 1)) else { return Ok(()) };
            for position in *start as u32..*end as u32 {
                key.clear();
                write_value(map.keys(), position as usize, &self.key, &mut key)?;
                positions.push(position);
                slots.push(self.slot(group, &key));
            }
            Ok(())
        })?;
        let values = take(map.values(), &UInt32Array::from(positions), None).map_err(internal)?;
        self.held.update(&Rows { columns: &[values], groups: &slots, filter: None, total: 0 })
    }

    fn merge(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.grow(rows.total);
        let states = parts::states(rows)?;
        let mut scratch = ColumnBuilder::new(&self.key);
        let (mut inner, mut slots) = (Vec::new(), Vec::new());
        rows.each(|row, group| {
            let Some(Some(state)) = states.get(row) else { return Ok(()) };
            let mut rest = *state;
            let mut entries = Vec::new();
            for _ in 0..count(&mut rest)? {
                let key = self.key(&mut rest, &mut scratch)?;
                entries.push((key, take_state(self.held.inner(), &mut rest)?));
            }
            // The newest key is written first.
            for (key, state) in entries.into_iter().rev() {
                inner.push(Some(state));
                slots.push(self.slot(group, key));
            }
            Ok(())
        })?;
        self.held.merge(inner, &slots)
    }

    fn finish(&mut self, count: usize) -> Result<ArrayRef> {
        let keys = self.first(count);
        let (answers, lengths) = self.held.emit(count, false)?;
        let mut builder = ColumnBuilder::new(&self.key);
        for key in keys.iter().flat_map(|keys| &keys.order) {
            read_value(&mut Reader::new(key), &self.key, &mut builder)?;
        }
        let keys = builder.finish()?;
        let rows = comparable(&keys, false)?;
        let mut order: Vec<u32> = (0..keys.len() as u32).collect();
        let mut start = 0;
        for length in &lengths {
            if let Some(part) = order.get_mut(start..start + length) {
                part.sort_by(|a, b| rows.row(*a as usize).cmp(&rows.row(*b as usize)));
            }
            start += length;
        }
        let order = UInt32Array::from(order);
        let parts = [&keys, &answers].into_iter().map(|part| take(part, &order, None).map_err(internal));
        let parts = parts.collect::<Result<Vec<_>>>()?;
        let DataType::Map(field, sorted) = arrow_type(&self.ty) else { return Err(internal("no map")) };
        let DataType::Struct(fields) = field.data_type() else { return Err(internal("no entries")) };
        let entries = struct_array(fields, parts, order.len())?;
        let entries = entries.as_struct_opt().ok_or_else(|| internal("no entries"))?.clone();
        let offsets = arrow::buffer::OffsetBuffer::from_lengths(lengths);
        Ok(Arc::new(MapArray::try_new(field, offsets, entries, None, sorted).map_err(internal)?))
    }

    fn states(&mut self, count: usize) -> Result<ArrayRef> {
        let keys = self.first(count);
        let (states, lengths) = self.held.emit(count, true)?;
        let states = states.as_binary_view_opt().ok_or_else(|| internal("states are bytes"))?;
        let mut builder = BinaryViewBuilder::with_capacity(count);
        let mut start = 0;
        for (keys, length) in keys.iter().zip(lengths) {
            let mut bytes = Vec::new();
            write_varint(length as u64, &mut bytes);
            for (at, key) in keys.order.iter().enumerate().take(length).rev() {
                bytes.extend_from_slice(key);
                bytes.extend_from_slice(states.value(start + at));
            }
            start += length;
            builder.append_value(&bytes);
        }
        Ok(Arc::new(builder.finish()))
    }

    fn state_length(&self, bytes: &[u8]) -> Result<usize> {
        let mut rest = bytes;
        let mut scratch = ColumnBuilder::new(&self.key);
        for _ in 0..count(&mut rest)? {
            self.key(&mut rest, &mut scratch)?;
            take_state(self.held.inner(), &mut rest)?;
        }
        Ok(bytes.len() - rest.len())
    }

    fn len(&self) -> usize {
        self.keys.len()
    }

    fn size(&self) -> usize {
        let keys = self.keys.iter().flat_map(|keys| &keys.order);
        self.held.size() + keys.map(|key| key.len() * 2 + 64).sum::<usize>()
    }
}
