//! `sumWithOverflow`: the sum in the type of its values.

use std::sync::Arc;

use arrow::array::ArrayRef;
use arrow::datatypes::i256;
use kinglet_types::{ChType, Result};

use super::distinct_key::narrow_width;
use super::family::{Member, numbers};
use super::wire::Reader;
use super::{Bound, Call, Groups, PerGroup, State};
use crate::column_builder::ColumnBuilder;
use crate::function::result::internal;
use crate::function::{Example, Spec};
use crate::text::{decimal_at, int_at};

pub(super) static MEMBERS: &[Member] = &[Member::new(
    &Spec {
        name: "sumWithOverflow",
        category: "aggregate",
        syntax: "sumWithOverflow(number)",
        summary: "The sum in the type of the values, which wraps where it does not fit.",
        arguments: &[("number", "Integer, Float or Decimal")],
        returns: "The type of the number.",
        examples: &[Example { sql: "SELECT sumWithOverflow(toUInt8(200)) FROM numbers(2)", answer: "144" }],
        ..Spec::EMPTY
    },
    bind,
)];

fn bind(call: &Call<'_>) -> Result<Arc<dyn Bound>> {
    call.expect_count(1..=1)?;
    call.expect_no_parameters()?;
    let narrow = |ty: &ChType| {
        let whole = ty.integer_bits().is_some_and(|(bits, _)| bits <= 64);
        whole || ty.is_float() || matches!(ty, ChType::Decimal(0..=38, _))
    };
    Ok(Arc::new(BoundSum { ty: call.expect(0, narrow)?.clone() }))
}

#[derive(Debug)]
struct BoundSum {
    ty: ChType,
}

impl Bound for BoundSum {
    fn result_type(&self) -> ChType {
        self.ty.clone()
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Sum>::new(self.ty.clone()))
    }
}

/// A whole number, an unscaled decimal, or the bits of a float.
struct Sum(i128);

fn plus(ty: &ChType, a: i128, b: i128) -> i128 {
    if ty.is_float() {
        return (f64::from_bits(a as u64) + f64::from_bits(b as u64)).to_bits().into();
    }
    a.wrapping_add(b)
}

fn width(ty: &ChType) -> usize {
    match ty {
        ChType::Decimal(19..=38, _) => 16,
        _ => narrow_width(ty).unwrap_or(8),
    }
}

impl State for Sum {
    type Setup = ChType;
    type Input<'a> = (&'a ArrayRef, Vec<f64>);

    fn empty(_: &ChType) -> Self {
        Self(0)
    }

    fn input<'a>(ty: &ChType, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        let column = columns.first().ok_or_else(|| internal("no column"))?;
        Ok((column, if ty.is_float() { numbers(column, ty)? } else { Vec::new() }))
    }

    fn add(&mut self, ty: &ChType, (column, floats): &Self::Input<'_>, row: usize) -> Result<()> {
        let value = match ty {
            ChType::Decimal(..) => decimal_at(column, row).to_i128().unwrap_or_default(),
            _ if ty.is_float() => floats.get(row).map_or(0, |value| value.to_bits().into()),
            _ => int_at(column, row).into(),
        };
        self.0 = plus(ty, self.0, value);
        Ok(())
    }

    fn merge(&mut self, ty: &ChType, other: Self) -> Result<()> {
        self.0 = plus(ty, self.0, other.0);
        Ok(())
    }

    fn write(&self, ty: &ChType, out: &mut Vec<u8>) -> Result<()> {
        match ty {
            ChType::Float32 => out.extend((f64::from_bits(self.0 as u64) as f32).to_le_bytes()),
            _ => out.extend_from_slice(&self.0.to_le_bytes()[..width(ty)]),
        }
        Ok(())
    }

    fn read(ty: &ChType, bytes: &mut Reader<'_>) -> Result<Self> {
        if *ty == ChType::Float32 {
            return Ok(Self(f64::from(f32::from_le_bytes(bytes.array()?)).to_bits().into()));
        }
        let raw = bytes.take(width(ty))?;
        let negative = !ty.is_float() && raw.last().is_some_and(|byte| byte & 0x80 != 0);
        let mut wide = [if negative { 0xFF } else { 0 }; 16];
        wide[..raw.len()].copy_from_slice(raw);
        Ok(Self(i128::from_le_bytes(wide)))
    }

    fn finish(ty: &ChType, states: Vec<Self>) -> Result<ArrayRef> {
        let mut builder = ColumnBuilder::new(ty);
        for Self(sum) in states {
            match ty {
                ChType::Decimal(..) => builder.append_wide(i256::from_i128(sum)),
                _ if ty.is_float() => builder.append_float(f64::from_bits(sum as u64)),
                _ => builder.append_int(sum as i64),
            }
        }
        builder.finish()
    }
}
