//! `uniq`: the number of different values, estimated by adaptive sampling.
//!
//! The method and its constants are ClickHouse's (`UniquesHashSet`): 32-bit hashes are kept while there are
//! at most 65,536 of them; then only those with one more trailing zero bit, and so on. Answers and states are
//! the same.

use std::collections::HashSet;
use std::sync::Arc;

use arrow::array::{ArrayRef, UInt64Array};
use kinglet_types::{ChType, Result};

use super::distinct_key::{Batch, Keys};
use super::wire::{Reader, write_varint};
use super::{Aggregate, Bound, Call, Empty, Groups, PerGroup, State};
use crate::function::{Example, Spec};
use crate::hash::{int_hash_64, int_hash_crc32};
use crate::plan::Mixing;

/// Most hashes kept.
const MOST: usize = 1 << 16;

pub(super) struct Uniq;

static SPEC: Spec = Spec {
    name: "uniq",
    category: "aggregate",
    syntax: "uniq(value, ..)",
    summary: "The number of different values; exact for small numbers, estimated above.",
    arguments: &[("value", "Any types")],
    returns: "UInt64",
    examples: &[Example { sql: "SELECT uniq(number % 3) FROM numbers(10)", answer: "3" }],
    ..Spec::EMPTY
};

impl Aggregate for Uniq {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        call.expect_count(1..=usize::MAX)?;
        call.expect_no_parameters()?;
        Ok(Arc::new(BoundUniq { types: call.types.into() }))
    }

    fn empty(&self) -> Empty {
        Empty::Default
    }
}

#[derive(Debug)]
struct BoundUniq {
    types: Arc<[ChType]>,
}

impl Bound for BoundUniq {
    fn result_type(&self) -> ChType {
        ChType::UInt64
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Sample>::new(Arc::clone(&self.types)))
    }
}

/// The sampled hashes of one group.
#[derive(Default)]
struct Sample {
    /// Trailing zero bits that a hash must have to be kept.
    skip_degree: u8,
    hashes: HashSet<u32, Mixing>,
}

impl Sample {
    fn is_kept(&self, hash: u32) -> bool {
        hash.trailing_zeros() >= u32::from(self.skip_degree)
    }

    fn insert(&mut self, hash: u32) {
        if !self.is_kept(hash) {
            return;
        }
        self.hashes.insert(hash);
        while self.hashes.len() > MOST {
            self.skip_to(self.skip_degree + 1);
        }
    }

    fn skip_to(&mut self, degree: u8) {
        self.skip_degree = degree;
        self.hashes.retain(|hash| hash.trailing_zeros() >= u32::from(degree));
    }

    /// The estimate: the sample's size scaled up, corrected for collisions of 32-bit hashes.
    fn estimate(&self) -> u64 {
        let count = self.hashes.len() as u64;
        if self.skip_degree == 0 {
            return count;
        }
        let scale = 1_u64 << self.skip_degree;
        let scaled = count * scale + (int_hash_crc32(count) & (scale - 1));
        let all = 2_f64.powi(32);
        (all * (all.ln() - (all - scaled as f64).ln())).round() as u64
    }
}

impl State for Sample {
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
            self.insert(int_hash_64(number) as u32);
            return Ok(());
        }
        let keys = Keys::new(batch.columns, types);
        let mut scratch = Vec::new();
        let hash = match keys.number(row, &mut scratch)? {
            Some(number) => int_hash_64(number),
            None if keys.is_hashed_again() => int_hash_64(keys.hash(row)?),
            None => keys.hash(row)?,
        };
        self.insert(hash as u32);
        Ok(())
    }

    fn merge(&mut self, _: &Self::Setup, other: Self) -> Result<()> {
        if other.skip_degree > self.skip_degree {
            self.skip_to(other.skip_degree);
        }
        other.hashes.into_iter().for_each(|hash| self.insert(hash));
        Ok(())
    }

    fn write(&self, _: &Self::Setup, out: &mut Vec<u8>) -> Result<()> {
        out.push(self.skip_degree);
        write_varint(self.hashes.len() as u64, out);
        let mut sorted: Vec<&u32> = self.hashes.iter().collect();
        sorted.sort_unstable();
        sorted.into_iter().for_each(|hash| out.extend(hash.to_le_bytes()));
        Ok(())
    }

    fn read(_: &Self::Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let [skip_degree] = bytes.array()?;
        let count = bytes.varint()?;
        let mut read = Self { skip_degree: skip_degree.min(31), hashes: HashSet::default() };
        for _ in 0..count {
            read.insert(u32::from_le_bytes(bytes.array()?));
        }
        Ok(read)
    }

    fn finish(_: &Self::Setup, states: Vec<Self>) -> Result<ArrayRef> {
        Ok(Arc::new(UInt64Array::from_iter_values(states.iter().map(Self::estimate))))
    }

    fn size(&self) -> usize {
        self.hashes.capacity() * 5
    }
}
