//! Frequent values in bounded memory: the SpaceSaving algorithm of Metwally, Agrawal and El Abbadi
//! (2005), with ClickHouse's capacity and order of ties.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::wire::{Reader, write_varint};
use super::{Bound, Call, Groups, PerGroup, State};
use crate::binary::{read_value, write_value};
use crate::column_builder::ColumnBuilder;
use crate::function::result::internal;
use crate::plan::Mixing;
use crate::text::int_at;

/// Binds the most frequent values of argument 0, weighted with argument 1 if there is one.
pub(super) fn bind(call: &Call<'_>) -> Result<Arc<dyn Bound>> {
    let count = call.uint_parameter(0)?.unwrap_or(10);
    let load = call.uint_parameter(1)?.unwrap_or(3);
    if count == 0 || count.saturating_mul(load) > 0xFF_FFFF {
        let message = format!("Parameters of aggregate function {} are out of range", call.name);
        return Err(SqlError::new(ErrorCode::PARAMETER_OUT_OF_BOUND, message));
    }
    let setup =
        Setup { ty: call.ty(0).clone(), count: count as usize, capacity: (count * load.max(1)) as usize };
    Ok(Arc::new(BoundFrequent { setup }))
}

#[derive(Clone, Debug)]
struct Setup {
    ty: ChType,
    count: usize,
    capacity: usize,
}

#[derive(Debug)]
struct BoundFrequent {
    setup: Setup,
}

impl Bound for BoundFrequent {
    fn result_type(&self) -> ChType {
        ChType::array(self.setup.ty.clone())
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Frequent>::new(self.setup.clone()))
    }
}

struct Counter {
    /// The value in its binary form.
    key: Arc<[u8]>,
    count: u64,
    error: u64,
}

/// The counters of one group, the greatest first.
#[derive(Default)]
struct Frequent {
    counters: Vec<Counter>,
    places: HashMap<Arc<[u8]>, usize, Mixing>,
}

impl Frequent {
    fn count(&mut self, capacity: usize, key: &[u8], weight: u64, error: u64) {
        if let Some(place) = self.places.get(key).copied() {
            if let Some(counter) = self.counters.get_mut(place) {
                counter.count = counter.count.saturating_add(weight);
                counter.error = counter.error.saturating_add(error);
            }
            return self.rise(place);
        }
        let mut counter = Counter { key: key.into(), count: weight, error };
        // At capacity the least frequent value gives way and its count stays as the error.
        if self.counters.len() >= capacity
            && let Some(least) = self.counters.pop()
        {
            self.places.remove(&least.key);
            counter.count = counter.count.saturating_add(least.count);
            counter.error = counter.error.saturating_add(least.count);
        }
        self.places.insert(Arc::clone(&counter.key), self.counters.len());
        self.counters.push(counter);
        self.rise(self.counters.len() - 1);
    }

    /// Moves a counter before those that are less.
    fn rise(&mut self, mut place: usize) {
        while let Some(before) = place.checked_sub(1) {
            let (Some(lower), Some(upper)) = (self.counters.get(before), self.counters.get(place)) else {
                return;
            };
            let greater =
                upper.count > lower.count || (upper.count == lower.count && upper.error < lower.error);
            if !greater {
                return;
            }
            for (key, now) in [(&lower.key, place), (&upper.key, before)] {
                if let Some(known) = self.places.get_mut(key) {
                    *known = now;
                }
            }
            self.counters.swap(before, place);
            place = before;
        }
    }
}

impl State for Frequent {
    type Setup = Setup;
    type Input<'a> = &'a [ArrayRef];

    fn empty(_: &Setup) -> Self {
        Self::default()
    }

    fn input<'a>(_: &Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        Ok(columns)
    }

    fn add(&mut self, setup: &Setup, columns: &Self::Input<'_>, row: usize) -> Result<()> {
        let values = columns.first().ok_or_else(|| internal("no column to count"))?;
        let weight = columns.get(1).map_or(1, |weights| int_at(weights, row) as u64);
        let mut key = Vec::new();
        write_value(values, row, &setup.ty, &mut key)?;
        self.count(setup.capacity, &key, weight, 0);
        Ok(())
    }

    fn merge(&mut self, setup: &Setup, other: Self) -> Result<()> {
        for counter in &other.counters {
            self.count(setup.capacity, &counter.key, counter.count, counter.error);
        }
        Ok(())
    }

    fn write(&self, setup: &Setup, out: &mut Vec<u8>) -> Result<()> {
        write_varint(self.counters.len() as u64, out);
        for counter in &self.counters {
            out.extend_from_slice(&counter.key);
            write_varint(counter.count, out);
            write_varint(counter.error, out);
        }
        // ClickHouse's counts of values that have no counter, which are not kept here.
        let others = if self.counters.is_empty() { 0 } else { (setup.capacity * 6).next_power_of_two() };
        write_varint(others as u64, out);
        out.resize(out.len() + others, 0);
        Ok(())
    }

    fn read(setup: &Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let mut read = Self::default();
        let count = bytes.varint()?;
        let mut scratch = ColumnBuilder::new(&setup.ty);
        for _ in 0..count {
            let before = bytes.rest();
            read_value(bytes, &setup.ty, &mut scratch)?;
            let key = before.get(..before.len() - bytes.rest().len()).unwrap_or_default();
            let (count, error) = (bytes.varint()?, bytes.varint()?);
            read.count(setup.capacity, key, count, error);
        }
        let others = usize::try_from(bytes.varint()?).unwrap_or(usize::MAX);
        bytes.take(others)?;
        Ok(read)
    }

    fn finish(setup: &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let mut builder = ColumnBuilder::new(&ChType::array(setup.ty.clone()));
        for state in states {
            let elements = builder.elements().ok_or_else(|| internal("an array without elements"))?;
            for counter in state.counters.iter().take(setup.count) {
                read_value(&mut Reader::new(&counter.key), &setup.ty, elements)?;
            }
            builder.close();
        }
        builder.finish()
    }

    fn size(&self) -> usize {
        self.counters.iter().map(|counter| counter.key.len() + 96).sum()
    }
}
