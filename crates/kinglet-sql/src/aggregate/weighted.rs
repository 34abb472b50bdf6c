//! Two sums: of values times weights, and of weights.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, Int64Array, UInt64Array};
use arrow::datatypes::DataType;
use kinglet_types::{ChType, Result};

use super::family::{Member, numbers};
use super::wire::{Reader, write_varint};
use super::{Bound, Call, Groups, PerGroup, State};
use crate::arrow_type;
use crate::column_builder::struct_array;
use crate::function::result::internal;
use crate::function::{Example, Spec};
use crate::text::int_at;

pub(super) static MEMBERS: &[Member] = &[
    Member::new(
        &Spec {
            name: "avgWeighted",
            category: "aggregate",
            syntax: "avgWeighted(value, weight)",
            summary: "The mean of the values, each counted as often as its weight says. As in ClickHouse, values are taken in the kind of number that the weights are: whole for whole weights.",
            arguments: &[("value", "Number"), ("weight", "Number")],
            returns: "Float64",
            examples: &[Example {
                sql: "SELECT avgWeighted(number, number) FROM numbers(4)",
                answer: "2.3333333333333335",
            }],
            ..Spec::EMPTY
        },
        avg_weighted,
    ),
    Member::new(
        &Spec {
            name: "sumCount",
            category: "aggregate",
            syntax: "sumCount(value)",
            summary: "The sum and the number of the values.",
            arguments: &[("value", "Number")],
            returns: "Tuple of a sum and a UInt64.",
            examples: &[Example { sql: "SELECT sumCount(number) FROM numbers(4)", answer: "(6,4)" }],
            ..Spec::EMPTY
        },
        sum_count,
    )
    .or_plain_default(),
];

fn avg_weighted(call: &Call<'_>) -> Result<Arc<dyn Bound>> {
    call.expect_count(2..=2)?;
    call.expect_no_parameters()?;
    let number = |ty: &ChType| ty.is_number() && !ty.is_decimal();
    call.expect(0, number)?;
    let weight = call.expect(1, number)?;
    let kind = match weight.integer_bits() {
        Some((_, false)) => Kind::Unsigned,
        Some((_, true)) => Kind::Signed,
        None => Kind::Float,
    };
    Ok(Arc::new(BoundWeighted { setup: (kind, call.types.into()) }))
}

/// The kind of numbers the weights are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Unsigned,
    Signed,
    Float,
}

#[derive(Debug)]
struct BoundWeighted {
    setup: (Kind, Arc<[ChType]>),
}

impl Bound for BoundWeighted {
    fn result_type(&self) -> ChType {
        ChType::Float64
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Weighted>::new(self.setup.clone()))
    }
}

/// The two sums: whole numbers, or the bits of floats.
struct Weighted {
    sum: u64,
    weight: u64,
}

impl Weighted {
    fn plus(&mut self, kind: Kind, sum: u64, weight: u64) {
        if kind == Kind::Float {
            let add = |a: u64, b: u64| (f64::from_bits(a) + f64::from_bits(b)).to_bits();
            (self.sum, self.weight) = (add(self.sum, sum), add(self.weight, weight));
        } else {
            self.sum = self.sum.wrapping_add(sum);
            self.weight = self.weight.wrapping_add(weight);
        }
    }
}

impl State for Weighted {
    type Setup = (Kind, Arc<[ChType]>);
    type Input<'a> = Vec<Vec<u64>>;

    fn empty(_: &Self::Setup) -> Self {
        Self { sum: 0, weight: 0 }
    }

    fn input<'a>((kind, types): &Self::Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        let part = |(column, ty): (&ArrayRef, &ChType)| -> Result<Vec<u64>> {
            if *kind != Kind::Float && ty.integer_bits().is_some_and(|(bits, _)| bits <= 64) {
                return Ok((0..column.len()).map(|row| int_at(column, row) as u64).collect());
            }
            let whole = |value: f64| {
                if value.abs() < 9.3e18 { value as i64 as u64 } else { value as u64 }
            };
            let values = numbers(column, ty)?.into_iter();
            Ok(values
                .map(|value| if *kind == Kind::Float { value.to_bits() } else { whole(value) })
                .collect())
        };
        columns.iter().zip(types.iter()).map(part).collect()
    }

    fn add(&mut self, (kind, _): &Self::Setup, input: &Self::Input<'_>, row: usize) -> Result<()> {
        if let [values, weights] = input.as_slice()
            && let (Some(value), Some(weight)) = (values.get(row), weights.get(row))
        {
            let product = match kind {
                Kind::Float => (f64::from_bits(*value) * f64::from_bits(*weight)).to_bits(),
                _ => value.wrapping_mul(*weight),
            };
            self.plus(*kind, product, *weight);
        }
        Ok(())
    }

    fn merge(&mut self, (kind, _): &Self::Setup, other: Self) -> Result<()> {
        self.plus(*kind, other.sum, other.weight);
        Ok(())
    }

    fn write(&self, (kind, _): &Self::Setup, out: &mut Vec<u8>) -> Result<()> {
        out.extend(self.sum.to_le_bytes());
        if *kind == Kind::Unsigned {
            write_varint(self.weight, out);
        } else {
            out.extend(self.weight.to_le_bytes());
        }
        Ok(())
    }

    fn read((kind, _): &Self::Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let sum = u64::from_le_bytes(bytes.array()?);
        let weight =
            if *kind == Kind::Unsigned { bytes.varint()? } else { u64::from_le_bytes(bytes.array()?) };
        Ok(Self { sum, weight })
    }

    fn finish((kind, _): &Self::Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let number = |value: u64| match kind {
            Kind::Unsigned => value as f64,
            Kind::Signed => value as i64 as f64,
            Kind::Float => f64::from_bits(value),
        };
        let means = states.iter().map(|state| number(state.sum) / number(state.weight));
        Ok(Arc::new(Float64Array::from_iter_values(means)))
    }
}

fn sum_count(call: &Call<'_>) -> Result<Arc<dyn Bound>> {
    call.expect_count(1..=1)?;
    call.expect_no_parameters()?;
    let ty = call.expect(0, |ty| {
        ty.is_float() || ty.is_decimal() || ty.integer_bits().is_some_and(|(bits, _)| bits <= 64)
    })?;
    if ty.is_decimal() {
        let sum = super::bind(&Call { name: "sum", ..*call })?;
        return Ok(Arc::new(BoundDecimals { sum }));
    }
    let sum = ty.integer_bits().map_or(ChType::Float64, |(_, signed)| ChType::integer(64, signed));
    Ok(Arc::new(BoundSumCount { setup: (sum, ty.clone()) }))
}

#[derive(Debug)]
struct BoundSumCount {
    /// Type of the sum, type of the values.
    setup: (ChType, ChType),
}

impl Bound for BoundSumCount {
    fn result_type(&self) -> ChType {
        ChType::tuple([self.setup.0.clone(), ChType::UInt64])
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<SumAndCount>::new(self.setup.clone()))
    }
}

/// The sum, as the bits of its type, and the count.
struct SumAndCount(i64, u64);

impl SumAndCount {
    fn plus(&mut self, ty: &ChType, other: i64) {
        self.0 = if *ty == ChType::Float64 {
            (f64::from_bits(self.0 as u64) + f64::from_bits(other as u64)).to_bits() as i64
        } else {
            self.0.wrapping_add(other)
        };
    }
}

impl State for SumAndCount {
    type Setup = (ChType, ChType);
    type Input<'a> = ArrayRef;

    fn empty(_: &Self::Setup) -> Self {
        Self(0, 0)
    }

    fn input((sum, ty): &Self::Setup, columns: &[ArrayRef]) -> Result<ArrayRef> {
        let column = columns.first().ok_or_else(|| internal("no column to add up"))?;
        if *sum != ChType::Float64 {
            return Ok(Arc::clone(column));
        }
        let bits = numbers(column, ty)?.into_iter().map(|value| value.to_bits() as i64);
        Ok(Arc::new(Int64Array::from_iter_values(bits)))
    }

    fn add(&mut self, (sum, _): &Self::Setup, input: &ArrayRef, row: usize) -> Result<()> {
        self.plus(sum, int_at(input, row));
        self.1 += 1;
        Ok(())
    }

    fn merge(&mut self, (sum, _): &Self::Setup, other: Self) -> Result<()> {
        self.plus(sum, other.0);
        self.1 += other.1;
        Ok(())
    }

    fn write(&self, _: &Self::Setup, out: &mut Vec<u8>) -> Result<()> {
        out.extend(self.0.to_le_bytes());
        write_varint(self.1, out);
        Ok(())
    }

    fn read(_: &Self::Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        Ok(Self(i64::from_le_bytes(bytes.array()?), bytes.varint()?))
    }

    fn finish((ty, _): &Self::Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let sums: ArrayRef = if *ty == ChType::Float64 {
            Arc::new(Float64Array::from_iter_values(
                states.iter().map(|state| f64::from_bits(state.0 as u64)),
            ))
        } else {
            crate::function::result::int_array(ty, states.iter().map(|state| state.0).collect(), None)?
        };
        pair(ty, sums, states.iter().map(|state| state.1).collect())
    }
}

/// A tuple of sums and counts.
fn pair(ty: &ChType, sums: ArrayRef, counts: Vec<u64>) -> Result<ArrayRef> {
    let rows = counts.len();
    match arrow_type(&ChType::tuple([ty.clone(), ChType::UInt64])) {
        DataType::Struct(fields) => {
            struct_array(&fields, vec![sums, Arc::new(UInt64Array::from(counts))], rows)
        }
        _ => Err(internal("a tuple that is none")),
    }
}

/// `sumCount` of decimals: `sum` and a count beside it.
#[derive(Debug)]
struct BoundDecimals {
    sum: Arc<dyn Bound>,
}

impl Bound for BoundDecimals {
    fn result_type(&self) -> ChType {
        ChType::tuple([self.sum.result_type(), ChType::UInt64])
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(Decimals { ty: self.sum.result_type(), sum: self.sum.groups(), counts: Vec::new() })
    }
}

struct Decimals {
    ty: ChType,
    sum: Box<dyn Groups>,
    counts: Vec<u64>,
}

impl Decimals {
    fn counted(&mut self, group: usize, by: u64) {
        if let Some(count) = self.counts.get_mut(group) {
            *count += by;
        }
    }

    fn first(&mut self, count: usize) -> Vec<u64> {
        self.counts.resize(self.counts.len().max(count), 0);
        super::keep::split(&mut self.counts, count)
    }
}

impl Groups for Decimals {
    fn update(&mut self, rows: &super::Rows<'_>) -> Result<()> {
        self.counts.resize(self.counts.len().max(rows.total), 0);
        rows.each(|_, group| {
            self.counted(group, 1);
            Ok(())
        })?;
        self.sum.update(rows)
    }

    fn merge(&mut self, rows: &super::Rows<'_>) -> Result<()> {
        self.counts.resize(self.counts.len().max(rows.total), 0);
        let states = super::parts::states(rows)?;
        let mut sums = Vec::with_capacity(states.len());
        let mut counts = vec![0; states.len()];
        for (state, count) in states.iter().zip(&mut counts) {
            let Some(state) = state else {
                sums.push(None);
                continue;
            };
            let length = self.sum.state_length(state)?;
            let (sum, rest) = state.split_at_checked(length).ok_or_else(|| internal("a state ends early"))?;
            *count = Reader::new(rest).varint()?;
            sums.push(Some(sum));
        }
        rows.each(|row, group| {
            self.counted(group, counts.get(row).copied().unwrap_or_default());
            Ok(())
        })?;
        super::parts::merge_into(self.sum.as_mut(), sums, rows.groups, rows.filter, rows.total)
    }

    fn finish(&mut self, count: usize) -> Result<ArrayRef> {
        let counts = self.first(count);
        pair(&self.ty, self.sum.finish(count)?, counts)
    }

    fn states(&mut self, count: usize) -> Result<ArrayRef> {
        let counts = self.first(count);
        super::parts::with_tail(&self.sum.states(count)?, |row, out| {
            write_varint(counts.get(row).copied().unwrap_or_default(), out);
        })
    }

    fn state_length(&self, bytes: &[u8]) -> Result<usize> {
        let length = self.sum.state_length(bytes)?;
        let mut rest = Reader::new(bytes.get(length..).unwrap_or_default());
        let before = rest.rest().len();
        rest.varint()?;
        Ok(length + before - rest.rest().len())
    }

    fn len(&self) -> usize {
        self.counts.len()
    }

    fn size(&self) -> usize {
        self.sum.size() + self.counts.capacity() * 8
    }
}
