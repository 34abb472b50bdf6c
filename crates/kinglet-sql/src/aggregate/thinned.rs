//! Quantiles of a sample that a hash chooses: the same rows give the same sample, in any order.

use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::levels::{column, floats, grouped, levels};
use super::wire::Reader;
use super::{Bound, Call, Groups, PerGroup, State};
use crate::function::result::internal;
use crate::hash::int_hash_64;
use crate::text::int_at;

/// Values kept.
const MOST: usize = 8192;

/// Binds `quantileDeterministic`.
pub(super) fn bind(call: &Call<'_>, several: bool) -> Result<Arc<dyn Bound>> {
    call.expect_count(2..=2)?;
    let ty = call.expect(0, |ty| ty.is_number() || matches!(ty, ChType::Date | ChType::DateTime(_)))?;
    call.expect(1, ChType::is_integer)?;
    let result = if ty.is_number() && !ty.is_decimal() { ChType::Float64 } else { ty.clone() };
    Ok(Arc::new(BoundThinned {
        setup: Setup { ty: ty.clone(), result, levels: levels(call, several)?, several },
    }))
}

#[derive(Clone, Debug)]
struct Setup {
    ty: ChType,
    result: ChType,
    levels: Vec<f64>,
    several: bool,
}

impl Setup {
    fn width(&self) -> usize {
        crate::binary::width(&self.ty).unwrap_or(8)
    }

    /// Bytes of a value and its hash.
    fn pair(&self) -> usize {
        let width = self.width().max(4);
        (width + 4).next_multiple_of(width.min(16))
    }
}

#[derive(Debug)]
struct BoundThinned {
    setup: Setup,
}

impl Bound for BoundThinned {
    fn result_type(&self) -> ChType {
        let ty = self.setup.result.clone();
        if self.setup.several { ChType::array(ty) } else { ty }
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Sample>::new(self.setup.clone()))
    }
}

/// Values with the hashes that choose them.
#[derive(Default)]
struct Sample {
    total: u64,
    /// Trailing zero bits that a hash must have to be kept.
    skip_degree: u32,
    values: Vec<(f64, u32)>,
}

impl Sample {
    fn insert(&mut self, value: f64, hash: u32) {
        if hash.trailing_zeros() < self.skip_degree {
            return;
        }
        while self.values.len() >= MOST && self.skip_degree < 32 {
            self.thin(self.skip_degree + 1);
            if hash.trailing_zeros() < self.skip_degree {
                return;
            }
        }
        self.values.push((value, hash));
    }

    fn thin(&mut self, degree: u32) {
        self.skip_degree = degree;
        self.values.retain(|(_, hash)| hash.trailing_zeros() >= degree);
    }
}

impl State for Sample {
    type Setup = Setup;
    type Input<'a> = (Vec<f64>, &'a ArrayRef);

    fn empty(_: &Setup) -> Self {
        Self::default()
    }

    fn input<'a>(_: &Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        let [values, determinators] = columns else { return Err(internal("two columns are needed")) };
        Ok((floats(values)?, determinators))
    }

    fn add(&mut self, _: &Setup, (values, determinators): &Self::Input<'_>, row: usize) -> Result<()> {
        if let Some(value) = values.get(row).filter(|value| !value.is_nan()) {
            self.total += 1;
            self.insert(*value, int_hash_64(int_at(determinators, row) as u64) as u32);
        }
        Ok(())
    }

    fn merge(&mut self, _: &Setup, other: Self) -> Result<()> {
        if other.skip_degree > self.skip_degree {
            self.thin(other.skip_degree);
        }
        self.total += other.total;
        other.values.into_iter().for_each(|(value, hash)| self.insert(value, hash));
        Ok(())
    }

    fn write(&self, setup: &Setup, out: &mut Vec<u8>) -> Result<()> {
        out.extend((self.values.len() as u64).to_le_bytes());
        out.extend(self.total.to_le_bytes());
        for (value, hash) in &self.values {
            // A pair as C++ lays it out: the hash is aligned to 4 bytes, the whole to the value.
            let start = out.len();
            match &setup.ty {
                ChType::Float64 => out.extend(value.to_le_bytes()),
                ChType::Float32 => out.extend((*value as f32).to_le_bytes()),
                _ => out.extend((*value as i128).to_le_bytes().iter().take(setup.width())),
            }
            out.resize(start + setup.width().max(4), 0);
            out.extend(hash.to_le_bytes());
            out.resize(start + setup.pair(), 0);
        }
        out.push(self.skip_degree as u8);
        Ok(())
    }

    fn read(setup: &Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let count = u64::from_le_bytes(bytes.array()?);
        let mut read = Self { total: u64::from_le_bytes(bytes.array()?), ..Self::default() };
        let width = setup.width();
        for _ in 0..count {
            let mut pair = Reader::new(bytes.take(setup.pair())?);
            let value = match &setup.ty {
                ChType::Float64 => f64::from_le_bytes(pair.array()?),
                ChType::Float32 => f32::from_le_bytes(pair.array()?).into(),
                ty => super::reservoir::whole(pair.take(width)?, ty),
            };
            pair.take(4_usize.saturating_sub(width))?;
            read.values.push((value, u32::from_le_bytes(pair.array()?)));
        }
        read.skip_degree = bytes.array::<1>()?[0].into();
        Ok(read)
    }

    fn finish(setup: &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let mut answers = Vec::with_capacity(states.len() * setup.levels.len());
        for state in states {
            let mut sorted: Vec<f64> = state.values.iter().map(|(value, _)| *value).collect();
            sorted.sort_by(f64::total_cmp);
            answers.extend(setup.levels.iter().map(|level| super::reservoir::between(&sorted, *level)));
        }
        grouped(column(&setup.result, answers)?, &setup.result, setup.levels.len(), setup.several)
    }

    fn size(&self) -> usize {
        self.values.capacity() * 16
    }
}
