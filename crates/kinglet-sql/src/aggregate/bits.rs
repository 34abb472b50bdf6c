//! Bits of all values combined.

use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::levels::stored;
use super::wire::Reader;
use super::{Bound, Call, Groups, PerGroup, State};
use crate::function::result::{int_array, internal};

/// How bits are combined.
#[derive(Clone, Copy, Debug)]
pub(super) enum Bits {
    And,
    Or,
    Xor,
}

/// Binds one of them to whole numbers of at most 64 bits.
pub(super) fn bind(call: &Call<'_>, bits: Bits) -> Result<Arc<dyn Bound>> {
    call.expect_count(1..=1)?;
    call.expect_no_parameters()?;
    let ty = call.expect(0, |ty| ty.integer_bits().is_some_and(|(bits, _)| bits <= 64))?.clone();
    Ok(Arc::new(BoundBits { setup: (bits, ty) }))
}

#[derive(Debug)]
struct BoundBits {
    setup: (Bits, ChType),
}

impl Bound for BoundBits {
    fn result_type(&self) -> ChType {
        self.setup.1.clone()
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Combined>::new(self.setup.clone()))
    }
}

/// The bits so far.
struct Combined(i64);

impl State for Combined {
    type Setup = (Bits, ChType);
    type Input<'a> = Vec<i64>;

    fn empty((bits, _): &Self::Setup) -> Self {
        Self(if matches!(bits, Bits::And) { -1 } else { 0 })
    }

    fn input<'a>(_: &Self::Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        stored(columns.first().ok_or_else(|| internal("no column"))?)
    }

    fn add(&mut self, setup: &Self::Setup, input: &Self::Input<'_>, row: usize) -> Result<()> {
        self.merge(setup, Self(input.get(row).copied().unwrap_or(0)))
    }

    fn merge(&mut self, (bits, _): &Self::Setup, Self(other): Self) -> Result<()> {
        match bits {
            Bits::And => self.0 &= other,
            Bits::Or => self.0 |= other,
            Bits::Xor => self.0 ^= other,
        }
        Ok(())
    }

    fn write(&self, (_, ty): &Self::Setup, out: &mut Vec<u8>) -> Result<()> {
        out.extend(self.0.to_le_bytes().iter().take(width(ty)));
        Ok(())
    }

    fn read((_, ty): &Self::Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let mut wide = [0; 8];
        wide.iter_mut().zip(bytes.take(width(ty))?).for_each(|(to, from)| *to = *from);
        Ok(Self(i64::from_le_bytes(wide)))
    }

    fn finish((_, ty): &Self::Setup, states: Vec<Self>) -> Result<ArrayRef> {
        int_array(ty, states.into_iter().map(|Self(bits)| bits).collect(), None)
    }
}

fn width(ty: &ChType) -> usize {
    ty.integer_bits().map_or(8, |(bits, _)| usize::from(bits) / 8)
}
