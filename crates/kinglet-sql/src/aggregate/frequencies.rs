//! Quantiles over how often each value occurs: weighted ones, and those of values cut short.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::levels::{column, floats, grouped, levels, stored, stored_column};
use super::wire::{Reader, write_varint};
use super::{Bound, Call, Groups, PerGroup, State};
use crate::function::result::internal;
use crate::text::int_at;

/// What a level answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    Exact,
    ExactInterpolated,
    Interpolated,
    BFloat16,
    BFloat16Weighted,
}

impl Rule {
    fn is_cut(self) -> bool {
        matches!(self, Self::BFloat16 | Self::BFloat16Weighted)
    }
}

/// Binds a quantile of values with weights; without where the rule has none.
pub(super) fn bind(call: &Call<'_>, several: bool, rule: Rule) -> Result<Arc<dyn Bound>> {
    let arguments = if rule == Rule::BFloat16 { 1 } else { 2 };
    call.expect_count(arguments..=arguments)?;
    let temporal = |ty: &ChType| *ty == ChType::Date || ty.is_date_time();
    let ty = call.expect(0, |ty| ty.is_number() || (!rule.is_cut() && temporal(ty)))?;
    if arguments == 2 && call.ty(1).integer_bits().is_none_or(|(_, signed)| signed) {
        let message = format!(
            "Second argument (weight) for function {} must be unsigned integer, but it has type {}.",
            call.name,
            call.ty(1)
        );
        return Err(SqlError::new(ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT, message));
    }
    let result = match rule {
        Rule::Exact | Rule::Interpolated => ty.clone(),
        _ => ChType::Float64,
    };
    let setup = Setup {
        rule,
        width: super::distinct_key::narrow_width(ty).unwrap_or(8),
        ty: ty.clone(),
        result,
        levels: levels(call, several)?,
        several,
    };
    Ok(Arc::new(BoundFrequencies { setup }))
}

#[derive(Clone, Debug)]
struct Setup {
    rule: Rule,
    ty: ChType,
    width: usize,
    result: ChType,
    levels: Vec<f64>,
    several: bool,
}

#[derive(Debug)]
struct BoundFrequencies {
    setup: Setup,
}

impl Bound for BoundFrequencies {
    fn result_type(&self) -> ChType {
        let ty = self.setup.result.clone();
        if self.setup.several { ChType::array(ty) } else { ty }
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Frequencies>::new(self.setup.clone()))
    }
}

/// Weights by values: whole numbers in stored units, the bits of floats, or the upper half of a Float32.
#[derive(Default)]
struct Frequencies(HashMap<u64, u64>);

impl Frequencies {
    fn value(setup: &Setup, bits: u64) -> f64 {
        match (setup.rule.is_cut(), &setup.ty) {
            (true, _) => f32::from_bits((bits as u32) << 16).into(),
            (_, ChType::Float32 | ChType::Float64) => f64::from_bits(bits),
            (_, ChType::UInt64) => bits as f64,
            _ => bits as i64 as f64,
        }
    }

    /// Values with their bits and weights in order.
    fn sorted(&self, setup: &Setup) -> Vec<(f64, u64, u64)> {
        let mut all: Vec<_> =
            self.0.iter().map(|(bits, weight)| (Self::value(setup, *bits), *bits, *weight)).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        all
    }

    fn total(sorted: &[(f64, u64, u64)]) -> f64 {
        sorted.iter().map(|(_, _, weight)| *weight as f64).sum()
    }

    /// The first value up to which the weights reach the level's share.
    fn exact(sorted: &[(f64, u64, u64)], level: f64) -> Option<(f64, u64)> {
        let threshold = (Self::total(sorted) * level).ceil();
        let mut sum = 0.0;
        let reached = sorted.iter().find(|(_, _, weight)| {
            sum += *weight as f64;
            sum >= threshold
        });
        reached.or(sorted.last()).map(|(value, bits, _)| (*value, *bits))
    }

    /// Between the values whose weights' middles lie around the level.
    fn interpolated(sorted: &[(f64, u64, u64)], level: f64) -> Option<f64> {
        let total = Self::total(sorted);
        let mut sum = 0.0;
        let middles: Vec<f64> = sorted
            .iter()
            .map(|(_, _, weight)| {
                sum += *weight as f64;
                if total == 0.0 { sum } else { (sum - 0.5 * *weight as f64) / total }
            })
            .collect();
        let last = sorted.len().checked_sub(1)?;
        let left = middles.iter().skip(1).position(|middle| level <= *middle);
        let left = left.unwrap_or(last.saturating_sub(1)).min(last);
        let right = (left + 1).min(last);
        let (x, next_x) = (*middles.get(left)?, *middles.get(right)?);
        let (mut y, mut next_y) = (sorted.get(left)?.0, sorted.get(right)?.0);
        if level < x {
            next_y = y;
        }
        if level > next_x {
            y = next_y;
        }
        let width = if next_x == x { 1.0 } else { next_x - x };
        Some(y + (next_y - y) / width * (level - x))
    }

    /// Between the values at the places around the level among all values repeated by their weights.
    fn repeated(sorted: &[(f64, u64, u64)], level: f64) -> Option<f64> {
        let place = level * (Self::total(sorted) - 1.0).max(0.0);
        let at = |place: f64| {
            let mut sum = 0.0;
            let found = sorted.iter().find(|(_, _, weight)| {
                sum += *weight as f64;
                sum > place
            });
            found.or(sorted.last()).map(|(value, _, _)| *value)
        };
        let (low, high) = (at(place.floor())?, at(place.ceil())?);
        Some(low + (high - low) * (place - place.floor()))
    }
}

impl State for Frequencies {
    type Setup = Setup;
    type Input<'a> = (Vec<u64>, Option<&'a ArrayRef>);

    fn empty(_: &Setup) -> Self {
        Self::default()
    }

    fn input<'a>(setup: &Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        let values = columns.first().ok_or_else(|| internal("no column"))?;
        let bits = if setup.rule.is_cut() {
            let numbers = super::family::numbers(values, &setup.ty)?;
            numbers.into_iter().map(|value| u64::from((value as f32).to_bits() >> 16)).collect()
        } else if setup.ty.is_float() {
            floats(values)?.into_iter().map(f64::to_bits).collect()
        } else {
            stored(values)?.into_iter().map(|value| value as u64).collect()
        };
        Ok((bits, columns.get(1)))
    }

    fn add(&mut self, setup: &Setup, (values, weights): &Self::Input<'_>, row: usize) -> Result<()> {
        let Some(bits) = values.get(row) else { return Ok(()) };
        if Self::value(setup, *bits).is_nan() {
            return Ok(());
        }
        let weight = weights.map_or(1, |weights| int_at(weights, row) as u64);
        *self.0.entry(*bits).or_default() += weight;
        Ok(())
    }

    fn merge(&mut self, _: &Setup, other: Self) -> Result<()> {
        other.0.into_iter().for_each(|(bits, weight)| *self.0.entry(bits).or_default() += weight);
        Ok(())
    }

    fn write(&self, setup: &Setup, out: &mut Vec<u8>) -> Result<()> {
        write_varint(self.0.len() as u64, out);
        for (value, bits, weight) in self.sorted(setup) {
            match (setup.rule.is_cut(), &setup.ty) {
                (true, _) => out.extend((bits as u16).to_le_bytes()),
                (_, ChType::Float32) => out.extend((value as f32).to_le_bytes()),
                _ => out.extend_from_slice(&bits.to_le_bytes()[..setup.width]),
            }
            out.extend(weight.to_le_bytes());
        }
        Ok(())
    }

    fn read(setup: &Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let mut read = Self::default();
        let signed = setup.ty.integer_bits().is_none_or(|(_, signed)| signed);
        for _ in 0..bytes.varint()? {
            let bits = match (setup.rule.is_cut(), &setup.ty) {
                (true, _) => u16::from_le_bytes(bytes.array()?).into(),
                (_, ChType::Float32) => f64::from(f32::from_le_bytes(bytes.array()?)).to_bits(),
                _ => {
                    let raw = bytes.take(setup.width)?;
                    let negative = signed && raw.last().is_some_and(|byte| byte & 0x80 != 0);
                    let mut wide = [if negative { 0xFF } else { 0 }; 8];
                    wide[..setup.width].copy_from_slice(raw);
                    u64::from_le_bytes(wide)
                }
            };
            *read.0.entry(bits).or_default() += u64::from_le_bytes(bytes.array()?);
        }
        Ok(read)
    }

    fn finish(setup: &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let mut values = Vec::with_capacity(states.len() * setup.levels.len());
        let mut bits = Vec::new();
        for state in &states {
            let sorted = state.sorted(setup);
            for level in &setup.levels {
                match setup.rule {
                    Rule::Interpolated => values.push(Self::interpolated(&sorted, *level)),
                    Rule::ExactInterpolated => values.push(Self::repeated(&sorted, *level)),
                    Rule::BFloat16 | Rule::BFloat16Weighted => {
                        values.push(Self::exact(&sorted, *level).map(|(value, _)| value));
                    }
                    Rule::Exact => {
                        let found = Self::exact(&sorted, *level);
                        values.push(found.map(|(value, _)| value));
                        bits.push(found.map(|(_, bits)| bits as i64));
                    }
                }
            }
        }
        let answers = match setup.rule {
            Rule::Exact if !setup.ty.is_float() => stored_column(&setup.result, bits)?,
            _ => column(&setup.result, values)?,
        };
        grouped(answers, &setup.result, setup.levels.len(), setup.several)
    }

    fn size(&self) -> usize {
        self.0.capacity() * 17
    }
}
