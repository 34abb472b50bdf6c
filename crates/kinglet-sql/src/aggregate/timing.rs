//! Quantiles of times of loading, in milliseconds: exact while there are few, a histogram of fixed intervals above.
//!
//! Intervals and limits are ClickHouse's: every millisecond below 1,024, every 16 below 30,000.

use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::family::numbers;
use super::levels::{column, grouped, levels};
use super::wire::Reader;
use super::{Bound, Call, Groups, PerGroup, State};
use crate::function::result::internal;
use crate::hash::int_hash_32;
use crate::text::int_at;

/// Values up to this many stand in the smallest form of a state.
const TINY: usize = 31;
/// Values up to this many are kept as they are.
const EXACT: usize = 2836;
/// From here on intervals are wide.
const SMALL: usize = 1024;
/// Greater values are this one.
const GREATEST: u16 = 30_000;
const WIDTH: usize = 16;
const BIG: usize = (GREATEST as usize - SMALL) / WIDTH;

/// Binds `quantileTiming`, with weights where `weighted`.
pub(super) fn bind(call: &Call<'_>, several: bool, weighted: bool) -> Result<Arc<dyn Bound>> {
    let count = if weighted { 2 } else { 1 };
    call.expect_count(count..=count)?;
    let ty = call.expect(0, |ty| ty.is_number() && !ty.is_decimal())?.clone();
    if weighted {
        call.expect(1, |ty| ty.integer_bits().is_some_and(|(_, signed)| !signed))?;
    }
    Ok(Arc::new(BoundTiming { setup: Setup { ty, levels: levels(call, several)?, several } }))
}

#[derive(Clone, Debug)]
struct Setup {
    ty: ChType,
    levels: Vec<f64>,
    several: bool,
}

#[derive(Debug)]
struct BoundTiming {
    setup: Setup,
}

impl Bound for BoundTiming {
    fn result_type(&self) -> ChType {
        if self.setup.several { ChType::array(ChType::Float32) } else { ChType::Float32 }
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Times>::new(self.setup.clone()))
    }
}

enum Times {
    Exact(Vec<u16>),
    /// Number of all values, and of those of each interval.
    Counted(u64, Vec<u64>),
}

impl Times {
    fn insert(&mut self, value: u16, weight: u64) {
        match self {
            Self::Exact(values) if values.len() as u64 + weight <= EXACT as u64 => {
                values.extend(std::iter::repeat_n(value, weight as usize));
            }
            Self::Exact(_) => {
                self.count();
                self.insert(value, weight);
            }
            Self::Counted(total, counts) => {
                *total += weight;
                let place = match usize::from(value) {
                    small if small < SMALL => small,
                    big => SMALL + (big - SMALL) / WIDTH,
                };
                if let Some(count) = counts.get_mut(place).filter(|_| value < GREATEST) {
                    *count += weight;
                }
            }
        }
    }

    fn count(&mut self) {
        if let Self::Exact(values) = self {
            let values = std::mem::take(values);
            *self = Self::Counted(0, vec![0; SMALL + BIG]);
            values.into_iter().for_each(|value| self.insert(value, 1));
        }
    }

    fn quantile(&self, level: f64) -> Option<f64> {
        match self {
            Self::Exact(values) => {
                let place = (level * values.len() as f64) as usize;
                values.get(place.min(values.len().checked_sub(1)?)).map(|value| f64::from(*value))
            }
            Self::Counted(total, counts) => {
                let wanted = (*total as f64 * level).ceil() as u64;
                let mut sum = 0;
                let place = counts.iter().position(|count| {
                    sum += count;
                    *count > 0 && sum >= wanted
                });
                Some(match place {
                    Some(small) if small < SMALL => small as f64,
                    Some(big) => middle(big - SMALL),
                    None => f64::from(GREATEST),
                })
            }
        }
    }
}

/// A value of a wide interval; ClickHouse scatters them so that not all are even.
fn middle(interval: usize) -> f64 {
    let scattered = i64::from(int_hash_32(interval as u64)) % WIDTH as i64 - WIDTH as i64 / 2;
    ((interval * WIDTH + SMALL) as i64 + scattered) as f64
}

impl State for Times {
    type Setup = Setup;
    type Input<'a> = (Vec<f64>, Option<&'a ArrayRef>);

    fn empty(_: &Setup) -> Self {
        Self::Exact(Vec::new())
    }

    fn input<'a>(setup: &Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        let values = columns.first().ok_or_else(|| internal("no column"))?;
        Ok((numbers(values, &setup.ty)?, columns.get(1)))
    }

    fn add(&mut self, _: &Setup, (values, weights): &Self::Input<'_>, row: usize) -> Result<()> {
        let weight = weights.map_or(1, |weights| int_at(weights, row) as u64);
        if let Some(value) = values.get(row).filter(|value| **value >= 0.0) {
            self.insert(value.min(f64::from(GREATEST)) as u16, weight);
        }
        Ok(())
    }

    fn merge(&mut self, _: &Setup, other: Self) -> Result<()> {
        match other {
            Self::Exact(values) => values.into_iter().for_each(|value| self.insert(value, 1)),
            Self::Counted(other_total, others) => {
                self.count();
                if let Self::Counted(total, counts) = self {
                    *total += other_total;
                    counts.iter_mut().zip(others).for_each(|(count, other)| *count += other);
                }
            }
        }
        Ok(())
    }

    fn write(&self, _: &Setup, out: &mut Vec<u8>) -> Result<()> {
        match self {
            Self::Exact(values) => {
                if values.len() <= TINY {
                    out.push(1);
                    out.extend((values.len() as u16).to_le_bytes());
                } else {
                    out.push(2);
                    out.extend((values.len() as u64).to_le_bytes());
                }
                values.iter().for_each(|value| out.extend(value.to_le_bytes()));
            }
            Self::Counted(total, counts) => {
                out.push(3);
                out.extend(total.to_le_bytes());
                if total * 2 > (SMALL + BIG) as u64 {
                    counts.iter().for_each(|count| out.extend(count.to_le_bytes()));
                    return Ok(());
                }
                for (place, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                    out.extend((place as u16).to_le_bytes());
                    out.extend(count.to_le_bytes());
                }
                out.extend(((SMALL + BIG) as u16).to_le_bytes());
            }
        }
        Ok(())
    }

    fn read(_: &Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let exact = |count: u64, bytes: &mut Reader<'_>| {
            let values = (0..count).map(|_| Ok(u16::from_le_bytes(bytes.array()?)));
            Ok(Self::Exact(values.collect::<Result<Vec<_>>>()?))
        };
        match bytes.array::<1>()? {
            [1] => {
                let count = u16::from_le_bytes(bytes.array()?);
                exact(count.into(), bytes)
            }
            [2] => {
                let count = u64::from_le_bytes(bytes.array()?);
                exact(count, bytes)
            }
            [3] => {
                let total = u64::from_le_bytes(bytes.array()?);
                let mut counts = vec![0; SMALL + BIG];
                if total.saturating_mul(2) > (SMALL + BIG) as u64 {
                    for count in &mut counts {
                        *count = u64::from_le_bytes(bytes.array()?);
                    }
                    return Ok(Self::Counted(total, counts));
                }
                loop {
                    let place = u16::from_le_bytes(bytes.array()?);
                    let Some(count) = counts.get_mut(usize::from(place)) else { break };
                    *count = u64::from_le_bytes(bytes.array()?);
                }
                Ok(Self::Counted(total, counts))
            }
            _ => {
                let message = "A state of quantileTiming is of an unknown kind";
                Err(SqlError::new(ErrorCode::CANNOT_READ_ALL_DATA, message))
            }
        }
    }

    fn finish(setup: &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let mut answers = Vec::with_capacity(states.len() * setup.levels.len());
        for mut state in states {
            if let Self::Exact(values) = &mut state {
                values.sort_unstable();
            }
            answers.extend(setup.levels.iter().map(|level| state.quantile(*level)));
        }
        grouped(column(&ChType::Float32, answers)?, &ChType::Float32, setup.levels.len(), setup.several)
    }

    fn size(&self) -> usize {
        match self {
            Self::Exact(values) => values.capacity() * 2,
            Self::Counted(_, counts) => counts.capacity() * 8,
        }
    }
}
