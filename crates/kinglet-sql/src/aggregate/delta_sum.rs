//! Sums of what values rise by: `deltaSum`, and by time `deltaSumTimestamp`.

use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::distinct_key::narrow_width;
use super::family::{Member, numbers};
use super::wire::Reader;
use super::{Bound, Call, Groups, PerGroup, State};
use crate::column_builder::ColumnBuilder;
use crate::function::result::internal;
use crate::function::{Example, Spec};
use crate::text::int_at;

pub(super) static MEMBERS: &[Member] = &[
    Member::new(
        &Spec {
            name: "deltaSum",
            category: "aggregate",
            syntax: "deltaSum(value)",
            summary: "The sum of the differences of each value from the one before where it is greater.",
            arguments: &[("value", "Integer or Float")],
            returns: "The type of the value.",
            examples: &[Example {
                sql: "SELECT deltaSum(x) FROM (SELECT arrayJoin([1, 2, 3, 0, 3]) AS x)",
                answer: "5",
            }],
            ..Spec::EMPTY
        },
        |call| bind(call, 1),
    )
    .or_default(),
    Member::new(
        &Spec {
            name: "deltaSumTimestamp",
            category: "aggregate",
            syntax: "deltaSumTimestamp(value, time)",
            summary: "As deltaSum; states are merged in the order of their times.",
            arguments: &[("value", "Integer or Float"), ("time", "Integer, Float, Date or DateTime")],
            returns: "The type of the value.",
            examples: &[Example {
                sql: "SELECT deltaSumTimestamp(number, number) FROM numbers(5)",
                answer: "4",
            }],
            ..Spec::EMPTY
        },
        |call| bind(call, 2),
    )
    .or_default(),
];

fn bind(call: &Call<'_>, count: usize) -> Result<Arc<dyn Bound>> {
    call.expect_count(count..=count)?;
    call.expect_no_parameters()?;
    let number = |ty: &ChType| ty.is_float() || ty.integer_bits().is_some_and(|(bits, _)| bits <= 64);
    call.expect(0, number)?;
    if count == 2 {
        let time = |ty: &ChType| matches!(ty, ChType::DateTime(_)) || *ty == ChType::Date;
        call.expect(1, |ty| number(ty) || time(ty))?;
    }
    Ok(Arc::new(BoundDelta { types: call.types.into() }))
}

#[derive(Debug)]
struct BoundDelta {
    types: Arc<[ChType]>,
}

impl Bound for BoundDelta {
    fn result_type(&self) -> ChType {
        self.types.first().cloned().unwrap_or(ChType::Nothing)
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Delta>::new(Arc::clone(&self.types)))
    }
}

/// A whole number, or a float by its bits.
type Number = i64;

#[derive(Clone, Copy, Default)]
struct Delta {
    sum: Number,
    first: Number,
    last: Number,
    first_time: Number,
    last_time: Number,
    seen: bool,
}

fn is_less(ty: &ChType, a: Number, b: Number) -> bool {
    match ty {
        _ if ty.is_float() => f64::from_bits(a as u64) < f64::from_bits(b as u64),
        ChType::UInt64 => (a as u64) < b as u64,
        _ => a < b,
    }
}

fn plus(ty: &ChType, sum: Number, high: Number, low: Number) -> Number {
    if ty.is_float() {
        let float = |bits: Number| f64::from_bits(bits as u64);
        (float(sum) + (float(high) - float(low))).to_bits() as i64
    } else {
        sum.wrapping_add(high.wrapping_sub(low))
    }
}

impl Delta {
    /// Appends what comes after.
    fn append(&mut self, ty: &ChType, next: &Self) {
        self.sum = plus(ty, self.sum, next.sum, 0);
        if is_less(ty, self.last, next.first) {
            self.sum = plus(ty, self.sum, next.first, self.last);
        }
        self.last = next.last;
        self.last_time = next.last_time;
    }
}

fn write_number(ty: &ChType, value: Number, out: &mut Vec<u8>) {
    if *ty == ChType::Float32 {
        out.extend((f64::from_bits(value as u64) as f32).to_le_bytes());
    } else {
        out.extend_from_slice(&value.to_le_bytes()[..narrow_width(ty).unwrap_or(8)]);
    }
}

fn read_number(ty: &ChType, bytes: &mut Reader<'_>) -> Result<Number> {
    if *ty == ChType::Float32 {
        return Ok(f64::from(f32::from_le_bytes(bytes.array()?)).to_bits() as i64);
    }
    let raw = bytes.take(narrow_width(ty).unwrap_or(8))?;
    let negative = ty.integer_bits().is_some_and(|(_, signed)| signed)
        && raw.last().is_some_and(|byte| byte & 0x80 != 0);
    let mut wide = [if negative { 0xFF } else { 0 }; 8];
    wide[..raw.len()].copy_from_slice(raw);
    Ok(i64::from_le_bytes(wide))
}

impl State for Delta {
    type Setup = Arc<[ChType]>;
    type Input<'a> = Vec<Vec<Number>>;

    fn empty(_: &Self::Setup) -> Self {
        Self::default()
    }

    fn input<'a>(types: &Self::Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        let read = |(column, ty): (&ArrayRef, &ChType)| -> Result<Vec<Number>> {
            if ty.is_float() {
                return Ok(numbers(column, ty)?.into_iter().map(|v| v.to_bits() as i64).collect());
            }
            Ok((0..column.len()).map(|row| int_at(column, row)).collect())
        };
        columns.iter().zip(types.iter()).map(read).collect()
    }

    fn add(&mut self, types: &Self::Setup, input: &Self::Input<'_>, row: usize) -> Result<()> {
        let ty = types.first().ok_or_else(|| internal("no type"))?;
        let at = |column: usize| input.get(column).and_then(|c| c.get(row)).copied().unwrap_or_default();
        let (value, time) = (at(0), at(1));
        if !self.seen {
            *self = Self { sum: 0, first: value, last: value, first_time: time, last_time: time, seen: true };
            return Ok(());
        }
        if is_less(ty, self.last, value) {
            self.sum = plus(ty, self.sum, value, self.last);
        }
        self.last = value;
        self.last_time = time;
        Ok(())
    }

    fn merge(&mut self, types: &Self::Setup, other: Self) -> Result<()> {
        let ty = types.first().ok_or_else(|| internal("no type"))?;
        if !other.seen {
            return Ok(());
        }
        if !self.seen {
            *self = other;
            return Ok(());
        }
        let before = types.get(1).is_some_and(|time| {
            let later = is_less(time, other.last_time, self.first_time);
            later || (other.last_time == self.first_time && is_less(time, other.first_time, other.last_time))
        });
        if before {
            let mut first = other;
            first.append(ty, self);
            *self = first;
        } else {
            self.append(ty, &other);
        }
        Ok(())
    }

    fn write(&self, types: &Self::Setup, out: &mut Vec<u8>) -> Result<()> {
        let ty = types.first().ok_or_else(|| internal("no type"))?;
        write_number(ty, self.sum, out);
        write_number(ty, self.first, out);
        if let Some(time) = types.get(1) {
            write_number(time, self.first_time, out);
        }
        write_number(ty, self.last, out);
        if let Some(time) = types.get(1) {
            write_number(time, self.last_time, out);
        }
        out.push(u8::from(self.seen));
        Ok(())
    }

    fn read(types: &Self::Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let ty = types.first().ok_or_else(|| internal("no type"))?;
        let mut read = Self { sum: read_number(ty, bytes)?, ..Self::default() };
        read.first = read_number(ty, bytes)?;
        if let Some(time) = types.get(1) {
            read.first_time = read_number(time, bytes)?;
        }
        read.last = read_number(ty, bytes)?;
        if let Some(time) = types.get(1) {
            read.last_time = read_number(time, bytes)?;
        }
        read.seen = bytes.array::<1>()? != [0];
        Ok(read)
    }

    fn finish(types: &Self::Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let ty = types.first().ok_or_else(|| internal("no type"))?;
        let mut builder = ColumnBuilder::new(ty);
        for state in states {
            if ty.is_float() {
                builder.append_float(f64::from_bits(state.sum as u64));
            } else {
                builder.append_int(state.sum);
            }
        }
        builder.finish()
    }
}
