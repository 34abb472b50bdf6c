//! `uniqExact`: the exact number of different values.
//!
//! The state is ClickHouse's: a count, then the numbers themselves, or 128-bit hashes of other values.

use std::collections::HashSet;
use std::sync::Arc;

use arrow::array::{ArrayRef, UInt64Array};
use kinglet_types::{ChType, Result};

use super::distinct_key::{Batch, Keys, entry_width};
use super::wire::{Reader, write_varint};
use super::{Aggregate, Bound, Call, Empty, Groups, PerGroup, State};
use crate::function::{Example, Spec};
use crate::hash::sip_hash_128;
use crate::plan::Mixing;

pub(super) struct UniqExact;

static SPEC: Spec = Spec {
    name: "uniqExact",
    aliases: &["countDistinct"],
    category: "aggregate",
    syntax: "uniqExact(value, ..)",
    summary: "The exact number of different values, or of different combinations of several.",
    arguments: &[("value", "Any types")],
    returns: "UInt64",
    examples: &[Example { sql: "SELECT uniqExact(number % 3) FROM numbers(10)", answer: "3" }],
    ..Spec::EMPTY
};

impl Aggregate for UniqExact {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        call.expect_count(1..=usize::MAX)?;
        call.expect_no_parameters()?;
        Ok(Arc::new(BoundUniqExact { types: call.types.into() }))
    }

    fn empty(&self) -> Empty {
        Empty::Default
    }
}

#[derive(Debug)]
struct BoundUniqExact {
    types: Arc<[ChType]>,
}

impl Bound for BoundUniqExact {
    fn result_type(&self) -> ChType {
        ChType::UInt64
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Values>::new(Arc::clone(&self.types)))
    }
}

/// The different values of one group.
#[derive(Default)]
struct Values(HashSet<u128, Mixing>);

impl State for Values {
    type Setup = Arc<[ChType]>;
    type Input<'a> = Batch<'a>;

    fn empty(_: &Self::Setup) -> Self {
        Self::default()
    }

    fn input<'a>(types: &Self::Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        Batch::new(columns, types)
    }

    fn add(&mut self, types: &Self::Setup, batch: &Self::Input<'_>, row: usize) -> Result<()> {
        if let Some(number) = batch.number(row) {
            self.0.insert(number.into());
            return Ok(());
        }
        let keys = Keys::new(batch.columns, types);
        let mut scratch = Vec::new();
        if let Some(number) = keys.number(row, &mut scratch)? {
            self.0.insert(number.into());
            return Ok(());
        }
        scratch.clear();
        keys.bytes(row, |bytes| scratch.extend_from_slice(bytes))?;
        self.0.insert(sip_hash_128(&scratch));
        Ok(())
    }

    fn merge(&mut self, _: &Self::Setup, other: Self) -> Result<()> {
        self.0.extend(other.0);
        Ok(())
    }

    fn write(&self, types: &Self::Setup, out: &mut Vec<u8>) -> Result<()> {
        write_varint(self.0.len() as u64, out);
        let width = entry_width(types);
        let mut sorted: Vec<&u128> = self.0.iter().collect();
        sorted.sort_unstable();
        sorted.into_iter().for_each(|value| out.extend_from_slice(&value.to_le_bytes()[..width]));
        Ok(())
    }

    fn read(types: &Self::Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let width = entry_width(types);
        let count = bytes.varint()?;
        let mut values = HashSet::default();
        for _ in 0..count {
            let mut value = [0; 16];
            value[..width].copy_from_slice(bytes.take(width)?);
            values.insert(u128::from_le_bytes(value));
        }
        Ok(Self(values))
    }

    fn finish(_: &Self::Setup, states: Vec<Self>) -> Result<ArrayRef> {
        Ok(Arc::new(UInt64Array::from_iter_values(states.iter().map(|state| state.0.len() as u64))))
    }

    fn size(&self) -> usize {
        self.0.capacity() * 17
    }
}
