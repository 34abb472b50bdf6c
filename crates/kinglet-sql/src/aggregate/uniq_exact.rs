//! `uniqExact`: the exact number of different values.
//!
//! The state is ClickHouse's: a count, then the numbers themselves, or 128-bit hashes of other values.

use std::collections::HashSet;
use std::sync::Arc;

use arrow::array::{ArrayRef, UInt64Array};
use kinglet_types::{ChType, Result};

use super::distinct_key::{Batch, Keys, entry_width, is_number, is_signed};
use super::wire::{Reader, write_varint};
use super::{Aggregate, Bound, Call, Empty, Groups, PerGroup, State};
use crate::function::result::internal;
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

/// The different values of one group: numbers, or hashes of anything else.
enum Values {
    Numbers(HashSet<u64, Mixing>),
    Hashes(HashSet<u128, Mixing>),
}

impl Values {
    fn len(&self) -> usize {
        match self {
            Self::Numbers(known) => known.len(),
            Self::Hashes(known) => known.len(),
        }
    }
}

impl State for Values {
    type Setup = Arc<[ChType]>;
    type Input<'a> = Batch<'a>;

    fn empty(types: &Self::Setup) -> Self {
        match types.as_ref() {
            [one] if is_number(one) => Self::Numbers(HashSet::default()),
            _ => Self::Hashes(HashSet::default()),
        }
    }

    fn input<'a>(types: &Self::Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        Batch::new(columns, types)
    }

    fn add(&mut self, types: &Self::Setup, batch: &Self::Input<'_>, row: usize) -> Result<()> {
        match self {
            Self::Numbers(known) => {
                let number = match batch.number(row) {
                    Some(number) => Some(number),
                    None => Keys::new(batch.columns, types).number(row, &mut Vec::new())?,
                };
                known.insert(number.ok_or_else(|| internal("no number"))?);
            }
            Self::Hashes(known) => {
                let keys = Keys::new(batch.columns, types);
                if let Some(text) = keys.text(row) {
                    known.insert(sip_hash_128(text));
                    return Ok(());
                }
                let mut scratch = Vec::new();
                keys.bytes(row, |bytes| scratch.extend_from_slice(bytes))?;
                known.insert(sip_hash_128(&scratch));
            }
        }
        Ok(())
    }

    fn merge(&mut self, _: &Self::Setup, other: Self) -> Result<()> {
        match (self, other) {
            (Self::Numbers(known), Self::Numbers(others)) => known.extend(others),
            (Self::Hashes(known), Self::Hashes(others)) => known.extend(others),
            _ => return Err(internal("sets of different kinds")),
        }
        Ok(())
    }

    fn write(&self, types: &Self::Setup, out: &mut Vec<u8>) -> Result<()> {
        write_varint(self.len() as u64, out);
        match self {
            Self::Numbers(known) => {
                let mut sorted: Vec<u64> = known.iter().copied().collect();
                sorted.sort_unstable();
                let width = entry_width(types);
                sorted.into_iter().for_each(|value| out.extend(value.to_le_bytes().iter().take(width)));
            }
            Self::Hashes(known) => {
                let mut sorted: Vec<u128> = known.iter().copied().collect();
                sorted.sort_unstable();
                sorted.into_iter().for_each(|value| out.extend(value.to_le_bytes()));
            }
        }
        Ok(())
    }

    fn read(types: &Self::Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let mut read = Self::empty(types);
        let signed = matches!(types.as_ref(), [one] if is_signed(one));
        for _ in 0..bytes.varint()? {
            match &mut read {
                Self::Numbers(known) => {
                    let taken = bytes.take(entry_width(types))?;
                    let negative = signed && taken.last().is_some_and(|byte| byte & 0x80 != 0);
                    let mut value = [if negative { 0xff } else { 0 }; 8];
                    value.iter_mut().zip(taken).for_each(|(to, from)| *to = *from);
                    known.insert(u64::from_le_bytes(value));
                }
                Self::Hashes(known) => {
                    known.insert(u128::from_le_bytes(bytes.array()?));
                }
            }
        }
        Ok(read)
    }

    fn finish(_: &Self::Setup, states: Vec<Self>) -> Result<ArrayRef> {
        Ok(Arc::new(UInt64Array::from_iter_values(states.iter().map(|state| state.len() as u64))))
    }

    fn size(&self) -> usize {
        match self {
            Self::Numbers(known) => known.capacity() * 9,
            Self::Hashes(known) => known.capacity() * 17,
        }
    }
}
