//! Quantiles by the t-digest (Dunning and Ertl, 2019), with ClickHouse's limits: 2,048 centroids before they are
//! merged, an error of 0.01.

use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::levels::{column, floats, grouped, levels};
use super::wire::{Reader, write_varint};
use super::{Bound, Call, Groups, PerGroup, State};
use crate::function::result::internal;
use crate::text::int_at;

/// Centroids added before they are merged.
const MOST: usize = 2048;

const ERROR: f32 = 0.01;

/// Binds `quantileTDigest`, with weights where `weighted`.
pub(super) fn bind(call: &Call<'_>, several: bool, weighted: bool) -> Result<Arc<dyn Bound>> {
    let count = if weighted { 2 } else { 1 };
    call.expect_count(count..=count)?;
    let number = |ty: &ChType| ty.is_number() && !ty.is_decimal();
    let ty = call.expect(0, |ty| number(ty) || matches!(ty, ChType::Date | ChType::DateTime(_)))?;
    if weighted {
        call.expect(1, |ty| ty.integer_bits().is_some_and(|(_, signed)| !signed))?;
    }
    let result = if ty.is_number() { ChType::Float32 } else { ty.clone() };
    Ok(Arc::new(BoundDigest { setup: Setup { result, levels: levels(call, several)?, several } }))
}

#[derive(Clone, Debug)]
struct Setup {
    result: ChType,
    levels: Vec<f64>,
    several: bool,
}

#[derive(Debug)]
struct BoundDigest {
    setup: Setup,
}

impl Bound for BoundDigest {
    fn result_type(&self) -> ChType {
        let ty = self.setup.result.clone();
        if self.setup.several { ChType::array(ty) } else { ty }
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Digest>::new(self.setup.clone()))
    }
}

#[derive(Clone, Copy, Debug)]
struct Centroid {
    mean: f32,
    count: f32,
}

/// The centroids of one group.
#[derive(Clone, Debug, Default)]
struct Digest {
    centroids: Vec<Centroid>,
    count: f32,
    unmerged: usize,
}

impl Digest {
    fn insert(&mut self, centroid: Centroid) {
        self.centroids.push(centroid);
        self.count += centroid.count;
        self.unmerged += 1;
        if self.unmerged > MOST {
            self.compress();
        }
    }

    /// Merges neighbours as far as the error at their place among the values allows.
    fn compress(&mut self) {
        if self.unmerged == 0 {
            return;
        }
        self.centroids.sort_by(|a, b| a.mean.total_cmp(&b.mean));
        let allowed = self.count * ERROR * 4.0;
        let mut kept: Vec<Centroid> = Vec::new();
        let mut sum = 0.0_f32;
        let mut all = self.centroids.iter();
        let Some(first) = all.next() else { return };
        let (mut mean, mut count) = (f64::from(first.mean), f64::from(first.count));
        for next in all {
            let share = |position: f64| (position / f64::from(self.count)) as f32;
            let left = share(f64::from(sum) + count * 0.5);
            let right = share(f64::from(sum) + count + f64::from(next.count) * 0.5);
            let error = (left * (1.0 - left)).min(right * (1.0 - right));
            let infinite = mean.is_infinite() || next.mean.is_infinite();
            let alike = mean == f64::from(next.mean);
            if count + f64::from(next.count) <= f64::from(allowed * error) && (alike || !infinite) {
                count += f64::from(next.count);
                if !alike {
                    mean += f64::from(next.count) * (f64::from(next.mean) - mean) / count;
                }
            } else {
                kept.push(Centroid { mean: mean as f32, count: count as f32 });
                sum += count as f32;
                (mean, count) = (f64::from(next.mean), f64::from(next.count));
            }
        }
        kept.push(Centroid { mean: mean as f32, count: count as f32 });
        self.count = (f64::from(sum) + count) as f32;
        self.centroids = kept;
        self.unmerged = 0;
    }

    /// The value at a level, between the centroids; one value alone stands for itself.
    fn quantile(&self, level: f64) -> Option<f64> {
        let first = self.centroids.first()?;
        if self.centroids.len() == 1 {
            return Some(first.mean.into());
        }
        let wanted = level * f64::from(self.count);
        let (mut before, mut sum) = (0.0_f64, 0.0_f32);
        let mut previous = *first;
        let single = |centroid: &Centroid| if centroid.count == 1.0 { 0.5 } else { 0.0 };
        for centroid in &self.centroids {
            let place = f64::from(sum) + f64::from(centroid.count) * 0.5;
            if place >= wanted {
                let left = before + single(&previous);
                let right = place - single(centroid);
                if wanted <= left {
                    return Some(previous.mean.into());
                }
                if wanted >= right {
                    return Some(centroid.mean.into());
                }
                let share = (wanted - left) / (right - left);
                let value = (1.0 - share) * f64::from(previous.mean) + share * f64::from(centroid.mean);
                return Some(f64::from(value as f32));
            }
            sum += centroid.count;
            previous = *centroid;
            before = place;
        }
        self.centroids.last().map(|last| last.mean.into())
    }
}

impl State for Digest {
    type Setup = Setup;
    type Input<'a> = (Vec<f64>, Option<&'a ArrayRef>);

    fn empty(_: &Setup) -> Self {
        Self::default()
    }

    fn input<'a>(_: &Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        Ok((floats(columns.first().ok_or_else(|| internal("no column"))?)?, columns.get(1)))
    }

    fn add(&mut self, _: &Setup, (values, weights): &Self::Input<'_>, row: usize) -> Result<()> {
        let weight = weights.map_or(1, |weights| int_at(weights, row) as u64);
        if let Some(value) = values.get(row).filter(|value| !value.is_nan() && weight > 0) {
            self.insert(Centroid { mean: *value as f32, count: weight as f32 });
        }
        Ok(())
    }

    fn merge(&mut self, _: &Setup, other: Self) -> Result<()> {
        other.centroids.into_iter().for_each(|centroid| self.insert(centroid));
        Ok(())
    }

    fn write(&self, _: &Setup, out: &mut Vec<u8>) -> Result<()> {
        let mut state = self.clone();
        state.compress();
        write_varint(state.centroids.len() as u64, out);
        for centroid in &state.centroids {
            out.extend(centroid.mean.to_le_bytes());
            out.extend(centroid.count.to_le_bytes());
        }
        Ok(())
    }

    fn read(_: &Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let mut read = Self::default();
        for _ in 0..bytes.varint()? {
            let mean = f32::from_le_bytes(bytes.array()?);
            let count = f32::from_le_bytes(bytes.array()?);
            read.centroids.push(Centroid { mean, count });
            read.count += count;
        }
        Ok(read)
    }

    fn finish(setup: &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let mut answers = Vec::with_capacity(states.len() * setup.levels.len());
        for mut state in states {
            state.compress();
            answers.extend(setup.levels.iter().map(|level| state.quantile(*level)));
        }
        grouped(column(&setup.result, answers)?, &setup.result, setup.levels.len(), setup.several)
    }

    fn size(&self) -> usize {
        self.centroids.capacity() * size_of::<Centroid>()
    }
}
