//! Quantiles of a random sample: ClickHouse's reservoir of 8,192 values.
//!
//! The sample is drawn by Vitter's algorithm R with ClickHouse's generator and seed, so that answers and states are
//! the same.

use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::generator::Generator;
use super::levels::{column, expect_number, floats, grouped, levels};
use super::wire::Reader;
use super::{Bound, Call, Groups, PerGroup, State};
use crate::binary::width;
use crate::function::result::internal;

/// Values kept.
const KEPT: usize = 8192;

/// The generator's seed.
const SEED: u64 = 123_456;

/// Binds `quantile`, or `quantiles` where `several`.
pub(super) fn bind(call: &Call<'_>, several: bool) -> Result<Arc<dyn Bound>> {
    let ty = expect_number(call)?;
    let element = match ty {
        ChType::Decimal(..) => ty.clone(),
        ty if ty.is_number() => ChType::Float64,
        ty => ty.clone(),
    };
    Ok(Arc::new(BoundReservoir {
        setup: Setup { ty: ty.clone(), element, levels: levels(call, several)?, several },
    }))
}

#[derive(Clone, Debug)]
pub(super) struct Setup {
    /// Type of the values, and of the answers.
    ty: ChType,
    element: ChType,
    levels: Vec<f64>,
    several: bool,
}

#[derive(Debug)]
struct BoundReservoir {
    setup: Setup,
}

impl Bound for BoundReservoir {
    fn result_type(&self) -> ChType {
        let element = self.setup.element.clone();
        if self.setup.several { ChType::array(element) } else { element }
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Reservoir>::new(self.setup.clone()))
    }
}

/// A whole number of a type, in stored units, from its bytes.
pub(super) fn whole(bytes: &[u8], ty: &ChType) -> f64 {
    let unsigned = ty.integer_bits().is_some_and(|(_, signed)| !signed)
        || matches!(ty, ChType::Date | ChType::DateTime(_));
    let negative = !unsigned && bytes.last().is_some_and(|byte| byte & 0x80 != 0);
    let mut wide = [if negative { 0xff } else { 0 }; 16];
    wide.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    i128::from_le_bytes(wide) as f64
}

/// The sample of one group.
struct Reservoir {
    total: u64,
    random: Generator,
    samples: Vec<f64>,
}

impl Reservoir {
    fn insert(&mut self, value: f64) {
        if value.is_nan() {
            return;
        }
        self.total += 1;
        if self.samples.len() < KEPT {
            return self.samples.push(value);
        }
        let place = usize::try_from(self.random.below(self.total)).unwrap_or(usize::MAX);
        if let Some(sample) = self.samples.get_mut(place) {
            *sample = value;
        }
    }

    /// Both samples full: each place goes to the other sample by its share of all values.
    fn blend(&mut self, other: &Self) {
        for at in 1..self.samples.len() {
            let with = self.random.below(at as u64 + 1) as usize;
            self.samples.swap(at, with);
        }
        self.total += other.total;
        for at in 0..self.samples.len().min(other.samples.len()) {
            if self.random.below(self.total) < other.total {
                self.samples[at] = other.samples[at];
            }
        }
    }
}

/// The value at a level, between the two of the sorted values around it.
pub(super) fn between(sorted: &[f64], level: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let index = (level * last as f64).clamp(0.0, last as f64);
    let left = index as usize;
    let right = left + 1;
    if right > last {
        return sorted.get(left).copied();
    }
    Some(sorted[left] * (right as f64 - index) + sorted[right] * (index - left as f64))
}

impl State for Reservoir {
    type Setup = Setup;
    type Input<'a> = Vec<f64>;

    fn empty(_: &Setup) -> Self {
        Self { total: 0, random: Generator::new(SEED), samples: Vec::new() }
    }

    fn input<'a>(_: &Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        floats(columns.first().ok_or_else(|| internal("no column"))?)
    }

    fn add(&mut self, _: &Setup, input: &Self::Input<'_>, row: usize) -> Result<()> {
        if let Some(value) = input.get(row) {
            self.insert(*value);
        }
        Ok(())
    }

    fn merge(&mut self, _: &Setup, mut other: Self) -> Result<()> {
        if other.total > KEPT as u64 && self.total <= KEPT as u64 {
            std::mem::swap(self, &mut other);
            std::mem::swap(&mut self.random, &mut other.random);
        }
        if other.total <= KEPT as u64 {
            other.samples.into_iter().for_each(|value| self.insert(value));
        } else {
            self.blend(&other);
        }
        Ok(())
    }

    fn write(&self, setup: &Setup, out: &mut Vec<u8>) -> Result<()> {
        out.extend((KEPT as u64).to_le_bytes());
        out.extend(self.total.to_le_bytes());
        self.random.write(out);
        for value in &self.samples {
            match &setup.ty {
                ChType::Float64 => out.extend(value.to_le_bytes()),
                ChType::Float32 => out.extend((*value as f32).to_le_bytes()),
                ty => out.extend((*value as i128).to_le_bytes().iter().take(width(ty).unwrap_or(8).min(16))),
            }
        }
        Ok(())
    }

    fn read(setup: &Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let kept = u64::from_le_bytes(bytes.array()?);
        let total = u64::from_le_bytes(bytes.array()?);
        let random = Generator::read(bytes)?;
        let mut samples = Vec::new();
        for _ in 0..total.min(kept).min(KEPT as u64) {
            samples.push(match &setup.ty {
                ChType::Float64 => f64::from_le_bytes(bytes.array()?),
                ChType::Float32 => f32::from_le_bytes(bytes.array()?).into(),
                ty => whole(bytes.take(width(ty).unwrap_or(8))?, ty),
            });
        }
        Ok(Self { total, random, samples })
    }

    fn finish(setup: &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let mut answers = Vec::with_capacity(states.len() * setup.levels.len());
        for mut state in states {
            state.samples.sort_by(f64::total_cmp);
            answers.extend(setup.levels.iter().map(|level| between(&state.samples, *level)));
        }
        let values = column(&setup.element, answers)?;
        grouped(values, &setup.element, setup.levels.len(), setup.several)
    }

    fn size(&self) -> usize {
        self.samples.capacity() * size_of::<f64>()
    }
}
