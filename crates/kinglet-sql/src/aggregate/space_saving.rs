//! Frequent values in bounded memory: the SpaceSaving algorithm of Metwally, Agrawal and El Abbadi
//! (2005), with ClickHouse's capacity: more values are counted than are answered, and cut back from time to time.

use std::cmp::Reverse;
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

/// Binds the most frequent values of argument 0, weighted with argument 1 if there is one: `topK`.
pub(super) fn bind(call: &Call<'_>) -> Result<Arc<dyn Bound>> {
    let count = call.uint_parameter(0)?.unwrap_or(10);
    let load = call.uint_parameter(1)?.unwrap_or(3);
    let counts = match call.text_parameter(2)?.as_deref() {
        None => false,
        Some("counts") => true,
        Some(other) => {
            let message = format!("Aggregate function {} doesn't support a parameter: {other}", call.name);
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
    };
    bound(call, count, count.saturating_mul(load.max(1)), counts)
}

/// Binds the same with counts and their errors: `approx_top_k`. The second parameter is the number of counters.
pub(super) fn bind_counts(call: &Call<'_>) -> Result<Arc<dyn Bound>> {
    let count = call.uint_parameter(0)?.unwrap_or(10);
    let capacity = call.uint_parameter(1)?.unwrap_or(count.saturating_mul(3));
    bound(call, count, capacity, true)
}

fn bound(call: &Call<'_>, count: u64, capacity: u64, counts: bool) -> Result<Arc<dyn Bound>> {
    if call.parameters.len() > 3 {
        let message = format!("Aggregate function '{}' requires three parameters or less.", call.name);
        let code = ErrorCode::from_name("TOO_MANY_ARGUMENTS_FOR_FUNCTION");
        return Err(SqlError::new(code.unwrap_or(ErrorCode::BAD_ARGUMENTS), message));
    }
    if count == 0 || capacity > 0xFF_FFFF {
        let message = format!("Parameters of aggregate function {} are out of range", call.name);
        return Err(SqlError::new(ErrorCode::PARAMETER_OUT_OF_BOUND, message));
    }
    let setup =
        Setup { ty: call.ty(0).clone(), count: count as usize, capacity: capacity.max(1) as usize, counts };
    Ok(Arc::new(BoundFrequent { setup }))
}

/// Most counts by hash in a state.
const MOST_OTHERS: u64 = 1 << 28;

#[derive(Clone, Debug)]
struct Setup {
    ty: ChType,
    count: usize,
    capacity: usize,
    /// Whether counts and errors are answered too.
    counts: bool,
}

impl Setup {
    fn element(&self) -> ChType {
        if !self.counts {
            return self.ty.clone();
        }
        let fields = [("item", self.ty.clone()), ("count", ChType::UInt64), ("error", ChType::UInt64)];
        ChType::Tuple(fields.into_iter().map(|(name, ty)| (Some(name.into()), ty)).collect())
    }
}

#[derive(Debug)]
struct BoundFrequent {
    setup: Setup,
}

impl Bound for BoundFrequent {
    fn result_type(&self) -> ChType {
        ChType::array(self.setup.element())
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Frequent>::new(self.setup.clone()))
    }
}

/// A value that is counted.
struct Counter {
    /// The value in its binary form.
    key: Arc<[u8]>,
    count: u64,
    error: u64,
}

/// The counters of one group, in the order their values came, and counts of values that have none by hash.
#[derive(Default)]
struct Frequent {
    counters: Vec<Counter>,
    places: HashMap<Arc<[u8]>, usize, Mixing>,
    others: Vec<u64>,
}

impl Setup {
    /// From how many counters on they are cut back to the capacity.
    fn most(&self) -> usize {
        self.capacity.saturating_mul(2).max(64)
    }

    /// Length of the counts by hash.
    fn others(&self) -> usize {
        (self.capacity * 6).next_power_of_two()
    }
}

impl Frequent {
    fn count(&mut self, setup: &Setup, key: &[u8], weight: u64, error: u64) {
        if let Some(counter) = self.places.get(key).and_then(|place| self.counters.get_mut(*place)) {
            counter.count = counter.count.saturating_add(weight);
            counter.error = counter.error.saturating_add(error);
            return;
        }
        // A value that was counted without a counter before may have come as often.
        let missed = self.others.get(hash(key, self.others.len())).copied().unwrap_or(0);
        let counter = Counter {
            key: key.into(),
            count: weight.saturating_add(missed),
            error: error.saturating_add(missed),
        };
        self.places.insert(Arc::clone(&counter.key), self.counters.len());
        self.counters.push(counter);
        if self.counters.len() >= setup.most() {
            self.cut(setup);
        }
    }

    /// Leaves the greatest counters, as many as the capacity, and remembers the counts of the others by hash.
    fn cut(&mut self, setup: &Setup) {
        self.others.resize(setup.others(), 0);
        let ranked = ranked(&self.counters);
        for at in ranked.iter().skip(setup.capacity) {
            let Some(counter) = self.counters.get(*at) else { continue };
            let place = hash(&counter.key, self.others.len());
            if let Some(other) = self.others.get_mut(place) {
                *other = (*other).max(counter.count);
            }
        }
        let mut kept = vec![false; self.counters.len()];
        for at in ranked.iter().take(setup.capacity) {
            if let Some(kept) = kept.get_mut(*at) {
                *kept = true;
            }
        }
        let mut kept = kept.into_iter();
        self.counters.retain(|_| kept.next().unwrap_or(false));
        let places = self.counters.iter().enumerate().map(|(at, counter)| (Arc::clone(&counter.key), at));
        self.places = places.collect();
    }
}

fn hash(key: &[u8], length: usize) -> usize {
    crc32c::crc32c(key) as usize & length.saturating_sub(1)
}

/// The places of counters, the greatest count first, of equal ones the least error.
fn ranked(counters: &[Counter]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..counters.len()).collect();
    places.sort_by_key(|at| counters.get(*at).map(|counter| (Reverse(counter.count), counter.error)));
    places
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
        self.count(setup, &key, weight, 0);
        Ok(())
    }

    fn merge(&mut self, setup: &Setup, other: Self) -> Result<()> {
        for counter in &other.counters {
            self.count(setup, &counter.key, counter.count, counter.error);
        }
        Ok(())
    }

    fn write(&self, setup: &Setup, out: &mut Vec<u8>) -> Result<()> {
        let ranked = ranked(&self.counters);
        let kept = ranked.iter().take(setup.capacity).filter_map(|at| self.counters.get(*at));
        write_varint(ranked.len().min(setup.capacity) as u64, out);
        for counter in kept {
            out.extend_from_slice(&counter.key);
            write_varint(counter.count, out);
            write_varint(counter.error, out);
        }
        let others = if self.counters.is_empty() { 0 } else { setup.others() };
        write_varint(others as u64, out);
        (0..others).for_each(|at| write_varint(self.others.get(at).copied().unwrap_or(0), out));
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
            read.count(setup, key, count, error);
        }
        let others = bytes.varint()?;
        if others > MOST_OTHERS {
            return Err(SqlError::new(ErrorCode::INCORRECT_DATA, "A state of topK is damaged"));
        }
        for _ in 0..others {
            read.others.push(bytes.varint()?);
        }
        Ok(read)
    }

    fn finish(setup: &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let mut builder = ColumnBuilder::new(&ChType::array(setup.element()));
        for state in states {
            let elements = builder.elements().ok_or_else(|| internal("an array without elements"))?;
            let ranked = ranked(&state.counters);
            for counter in ranked.iter().take(setup.count).filter_map(|at| state.counters.get(*at)) {
                let mut item = Reader::new(&counter.key);
                if !setup.counts {
                    read_value(&mut item, &setup.ty, elements)?;
                    continue;
                }
                if let [value, count, error] = elements.fields() {
                    read_value(&mut item, &setup.ty, value)?;
                    count.append_int(counter.count as i64);
                    error.append_int(counter.error as i64);
                }
                elements.close();
            }
            builder.close();
        }
        builder.finish()
    }

    fn size(&self) -> usize {
        self.others.len() * 8 + self.counters.iter().map(|counter| counter.key.len() + 96).sum::<usize>()
    }
}
