//! Shannon's entropy.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array};
use kinglet_types::{ChType, Result};

use super::array_wire::to_arena;
use super::distinct_key::{Keys, entry_width};
use super::family::Member;
use super::wire::{Reader, write_varint};
use super::{Bound, Groups, PerGroup, State};
use crate::binary::write_value;
use crate::function::{Example, Spec};
use crate::hash::sip_hash_128;

pub(super) static MEMBERS: &[Member] = &[Member::new(
    &Spec {
        name: "entropy",
        category: "aggregate",
        syntax: "entropy(value, ..)",
        summary: "Shannon's entropy of the values, in bits.",
        arguments: &[("value", "Any types")],
        returns: "Float64",
        examples: &[Example { sql: "SELECT entropy(number) FROM numbers(4)", answer: "2" }],
        ..Spec::EMPTY
    },
    |call| {
        call.expect_count(1..=usize::MAX)?;
        call.expect_no_parameters()?;
        Ok(Arc::new(BoundEntropy { types: call.types.into() }))
    },
)];

#[derive(Debug)]
struct BoundEntropy {
    types: Arc<[ChType]>,
}

impl Bound for BoundEntropy {
    fn result_type(&self) -> ChType {
        ChType::Float64
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Counts>::new(Arc::clone(&self.types)))
    }
}

/// How often each value was seen, values as numbers or hashes.
#[derive(Default)]
struct Counts(HashMap<u128, u64>);

impl State for Counts {
    type Setup = Arc<[ChType]>;
    type Input<'a> = &'a [ArrayRef];

    fn empty(_: &Self::Setup) -> Self {
        Self::default()
    }

    fn input<'a>(_: &Self::Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        Ok(columns)
    }

    fn add(&mut self, types: &Self::Setup, columns: &Self::Input<'_>, row: usize) -> Result<()> {
        let keys = Keys::new(columns, types);
        let mut scratch = Vec::new();
        let key = match keys.number(row, &mut scratch)? {
            Some(number) => number.into(),
            None => {
                scratch.clear();
                for (column, ty) in columns.iter().zip(types.iter()) {
                    let mut value = Vec::new();
                    write_value(column, row, ty, &mut value)?;
                    to_arena(&mut Reader::new(&value), ty, &mut scratch)?;
                }
                sip_hash_128(&scratch)
            }
        };
        *self.0.entry(key).or_default() += 1;
        Ok(())
    }

    fn merge(&mut self, _: &Self::Setup, other: Self) -> Result<()> {
        other.0.into_iter().for_each(|(key, count)| *self.0.entry(key).or_default() += count);
        Ok(())
    }

    fn write(&self, types: &Self::Setup, out: &mut Vec<u8>) -> Result<()> {
        write_varint(self.0.len() as u64, out);
        let mut sorted: Vec<_> = self.0.iter().collect();
        sorted.sort_unstable();
        for (key, count) in sorted {
            out.extend_from_slice(&key.to_le_bytes()[..entry_width(types)]);
            out.extend(count.to_le_bytes());
        }
        Ok(())
    }

    fn read(types: &Self::Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let width = entry_width(types);
        let mut read = Self::default();
        for _ in 0..bytes.varint()? {
            let mut key = [0; 16];
            key[..width].copy_from_slice(bytes.take(width)?);
            *read.0.entry(u128::from_le_bytes(key)).or_default() += u64::from_le_bytes(bytes.array()?);
        }
        Ok(read)
    }

    fn finish(_: &Self::Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let entropy = |state: &Self| {
            let total = state.0.values().sum::<u64>() as f64;
            let mut counts: Vec<u64> = state.0.values().copied().collect();
            counts.sort_unstable();
            counts.iter().fold(0.0, |sum, count| {
                let share = *count as f64 / total;
                sum - share * share.log2()
            })
        };
        Ok(Arc::new(Float64Array::from_iter_values(states.iter().map(entropy))))
    }

    fn size(&self) -> usize {
        self.0.capacity() * 25
    }
}
