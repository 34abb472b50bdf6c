//! Quantiles over all values.

use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::levels::{column, expect_number, floats, grouped, levels, stored, stored_column};
use super::wire::{Reader, write_varint};
use super::{Bound, Call, Groups, PerGroup, State};
use crate::function::result::internal;

/// Which of the sorted values a level stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// That share of them, rounded down.
    Exact,
    /// The same; of the two in the middle the lower.
    Low,
    /// Between two values, the least and the greatest being levels 0 and 1.
    Inclusive,
    /// Between two values, the least and the greatest lying inside of 0 and 1.
    Exclusive,
}

/// Binds `quantileExact`, or `quantilesExact` where `several`.
pub(super) fn bind(call: &Call<'_>, several: bool, rule: Rule) -> Result<Arc<dyn Bound>> {
    let ty = expect_number(call)?.clone();
    if rule.interpolates() && ty.is_decimal() {
        return Err(SqlError::illegal_type(call.name, 1, &ty));
    }
    let setup = Setup {
        rule,
        result: if rule.interpolates() { ChType::Float64 } else { ty.clone() },
        width: crate::binary::width(&ty).unwrap_or(8),
        ty,
        levels: levels(call, several)?,
        several,
    };
    Ok(Arc::new(BoundExact { setup }))
}

#[derive(Clone, Debug)]
pub(super) struct Setup {
    rule: Rule,
    result: ChType,
    ty: ChType,
    width: usize,
    levels: Vec<f64>,
    several: bool,
}

#[derive(Debug)]
struct BoundExact {
    setup: Setup,
}

impl Bound for BoundExact {
    fn result_type(&self) -> ChType {
        let ty = self.setup.result.clone();
        if self.setup.several { ChType::array(ty) } else { ty }
    }

    fn groups(&self) -> Box<dyn Groups> {
        if self.setup.ty.is_float() {
            Box::new(PerGroup::<Floats>::new(self.setup.clone()))
        } else {
            Box::new(PerGroup::<Stored>::new(self.setup.clone()))
        }
    }
}

impl Rule {
    fn interpolates(self) -> bool {
        matches!(self, Self::Inclusive | Self::Exclusive)
    }

    /// The place of a level among `count` sorted values.
    fn place(self, level: f64, count: usize) -> usize {
        if self == Self::Low && level == 0.5 {
            return count.saturating_sub(1) / 2;
        }
        if level < 1.0 { (level * count as f64) as usize } else { count.saturating_sub(1) }
    }

    /// The value at a level between sorted ones.
    fn between(self, level: f64, sorted: &[f64]) -> Result<Option<f64>> {
        let (Some(first), Some(last)) = (sorted.first(), sorted.last()) else { return Ok(None) };
        let count = sorted.len() as f64;
        if self == Self::Exclusive && (level == 0.0 || level == 1.0) {
            let message = "QuantileExactExclusive cannot interpolate for the percentiles 1 and 0";
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
        let place = match self {
            Self::Exclusive => level * (count + 1.0),
            _ => level * (count - 1.0) + 1.0,
        };
        let below = place as usize;
        Ok(Some(match (sorted.get(below.wrapping_sub(1)), sorted.get(below)) {
            _ if below < 1 => *first,
            (Some(low), Some(high)) => low + (place - below as f64) * (high - low),
            _ => *last,
        }))
    }
}

/// All values of one group, in stored units.
struct Stored(Vec<i64>);

/// All values of one group that are floats.
struct Floats(Vec<f64>);

impl State for Stored {
    type Setup = Setup;
    type Input<'a> = Vec<i64>;

    fn empty(_: &Setup) -> Self {
        Self(Vec::new())
    }

    fn input<'a>(_: &Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        stored(columns.first().ok_or_else(|| internal("no column"))?)
    }

    fn add(&mut self, _: &Setup, input: &Self::Input<'_>, row: usize) -> Result<()> {
        self.0.extend(input.get(row));
        Ok(())
    }

    fn merge(&mut self, _: &Setup, other: Self) -> Result<()> {
        self.0.extend(other.0);
        Ok(())
    }

    fn write(&self, setup: &Setup, out: &mut Vec<u8>) -> Result<()> {
        write_varint(self.0.len() as u64, out);
        for value in &self.0 {
            out.extend(i128::from(*value).to_le_bytes().iter().take(setup.width));
        }
        Ok(())
    }

    fn read(setup: &Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let count = bytes.varint()?;
        let signed = setup.ty.integer_bits().is_none_or(|(_, signed)| signed);
        let mut values = Vec::new();
        for _ in 0..count {
            let raw = bytes.take(setup.width)?;
            let negative = signed && raw.last().is_some_and(|byte| byte & 0x80 != 0);
            let mut wide = [if negative { 0xFF } else { 0 }; 8];
            wide.iter_mut().zip(raw).for_each(|(to, from)| *to = *from);
            values.push(i64::from_le_bytes(wide));
        }
        Ok(Self(values))
    }

    fn finish(setup: &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let mut answers = Vec::with_capacity(states.len() * setup.levels.len());
        let unsigned = setup.ty == ChType::UInt64;
        if setup.rule.interpolates() {
            let float = |value: &i64| if unsigned { *value as u64 as f64 } else { *value as f64 };
            let floats = states.iter().map(|Self(values)| Floats(values.iter().map(float).collect()));
            return Floats::finish(setup, floats.collect());
        }
        for Self(mut values) in states {
            if unsigned {
                values.sort_unstable_by_key(|value| *value as u64);
            } else {
                values.sort_unstable();
            }
            let place = |level: &f64| setup.rule.place(*level, values.len());
            answers.extend(setup.levels.iter().map(|level| values.get(place(level)).copied()));
        }
        grouped(stored_column(&setup.ty, answers)?, &setup.ty, setup.levels.len(), setup.several)
    }

    fn size(&self) -> usize {
        self.0.capacity() * size_of::<i64>()
    }
}

impl State for Floats {
    type Setup = Setup;
    type Input<'a> = Vec<f64>;

    fn empty(_: &Setup) -> Self {
        Self(Vec::new())
    }

    fn input<'a>(_: &Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        floats(columns.first().ok_or_else(|| internal("no column"))?)
    }

    fn add(&mut self, _: &Setup, input: &Self::Input<'_>, row: usize) -> Result<()> {
        self.0.extend(input.get(row).filter(|value| !value.is_nan()));
        Ok(())
    }

    fn merge(&mut self, _: &Setup, other: Self) -> Result<()> {
        self.0.extend(other.0);
        Ok(())
    }

    fn write(&self, setup: &Setup, out: &mut Vec<u8>) -> Result<()> {
        write_varint(self.0.len() as u64, out);
        for value in &self.0 {
            if setup.width == 4 {
                out.extend((*value as f32).to_le_bytes());
            } else {
                out.extend(value.to_le_bytes());
            }
        }
        Ok(())
    }

    fn read(setup: &Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let count = bytes.varint()?;
        let mut values = Vec::new();
        for _ in 0..count {
            values.push(if setup.width == 4 {
                f64::from(f32::from_le_bytes(bytes.array()?))
            } else {
                f64::from_le_bytes(bytes.array()?)
            });
        }
        Ok(Self(values))
    }

    fn finish(setup: &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let mut answers = Vec::with_capacity(states.len() * setup.levels.len());
        for Self(mut values) in states {
            values.sort_by(f64::total_cmp);
            if setup.rule.interpolates() {
                for level in &setup.levels {
                    answers.push(setup.rule.between(*level, &values)?);
                }
                continue;
            }
            let place = |level: &f64| setup.rule.place(*level, values.len());
            answers.extend(setup.levels.iter().map(|level| values.get(place(level)).copied()));
        }
        grouped(column(&setup.result, answers)?, &setup.result, setup.levels.len(), setup.several)
    }

    fn size(&self) -> usize {
        self.0.capacity() * size_of::<f64>()
    }
}
