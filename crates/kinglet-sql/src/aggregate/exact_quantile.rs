//! Quantiles over all values.

use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::levels::{column, expect_number, floats, grouped, levels, stored, stored_column};
use super::wire::{Reader, write_varint};
use super::{Bound, Call, Groups, PerGroup, State};
use crate::function::result::internal;

/// Binds `quantileExact`, or `quantilesExact` where `several`.
pub(super) fn bind(call: &Call<'_>, several: bool) -> Result<Arc<dyn Bound>> {
    let ty = expect_number(call)?.clone();
    let setup = Setup {
        width: super::distinct_key::narrow_width(&ty).unwrap_or(8),
        ty,
        levels: levels(call, several)?,
        several,
    };
    Ok(Arc::new(BoundExact { setup }))
}

#[derive(Clone, Debug)]
pub(super) struct Setup {
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
        let ty = self.setup.ty.clone();
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

/// The place of a level among `count` sorted values.
fn place(level: f64, count: usize) -> usize {
    if level < 1.0 { (level * count as f64) as usize } else { count.saturating_sub(1) }
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
        self.0.iter().for_each(|value| out.extend(&value.to_le_bytes()[..setup.width]));
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
            wide[..setup.width].copy_from_slice(raw);
            values.push(i64::from_le_bytes(wide));
        }
        Ok(Self(values))
    }

    fn finish(setup: &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let mut answers = Vec::with_capacity(states.len() * setup.levels.len());
        let unsigned = setup.ty == ChType::UInt64;
        for Self(mut values) in states {
            if unsigned {
                values.sort_unstable_by_key(|value| *value as u64);
            } else {
                values.sort_unstable();
            }
            answers.extend(setup.levels.iter().map(|level| values.get(place(*level, values.len())).copied()));
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
            answers.extend(setup.levels.iter().map(|level| values.get(place(*level, values.len())).copied()));
        }
        grouped(column(&setup.ty, answers)?, &setup.ty, setup.levels.len(), setup.several)
    }

    fn size(&self) -> usize {
        self.0.capacity() * size_of::<f64>()
    }
}
