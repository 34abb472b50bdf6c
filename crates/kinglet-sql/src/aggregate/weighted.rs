//! Two sums: of values times weights, and of weights.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, Float64Array, Int64Array, UInt64Array};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type};
use kinglet_types::{ChType, Result};

use super::wire::{Reader, write_varint};
use super::{Aggregate, Bound, Call, Groups, PerGroup, State};
use crate::arrow_type;
use crate::column_builder::struct_array;
use crate::function::result::{int_array, internal};
use crate::function::{Example, Spec};
use crate::text::int_at;

/// `avgWeighted`: the mean of values with weights.
pub(super) struct AvgWeighted;

static AVG_WEIGHTED: Spec = Spec {
    name: "avgWeighted",
    category: "aggregate",
    syntax: "avgWeighted(value, weight)",
    summary: "The mean of the values, each counted as often as its weight says.",
    arguments: &[("value", "Number"), ("weight", "Number")],
    returns: "Float64",
    examples: &[Example {
        sql: "SELECT avgWeighted(number, number) FROM numbers(4)",
        answer: "2.3333333333333335",
    }],
    ..Spec::EMPTY
};

impl Aggregate for AvgWeighted {
    fn spec(&self) -> &'static Spec {
        &AVG_WEIGHTED
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        call.expect_count(2..=2)?;
        call.expect_no_parameters()?;
        call.expect(0, ChType::is_number)?;
        call.expect(1, ChType::is_number)?;
        Ok(Arc::new(BoundWeighted))
    }
}

#[derive(Debug)]
struct BoundWeighted;

impl Bound for BoundWeighted {
    fn result_type(&self) -> ChType {
        ChType::Float64
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Weighted>::new(()))
    }
}

struct Weighted {
    sum: f64,
    weight: f64,
}

impl State for Weighted {
    type Setup = ();
    type Input<'a> = Vec<Float64Array>;

    fn empty((): &()) -> Self {
        Self { sum: 0.0, weight: 0.0 }
    }

    fn input<'a>((): &(), columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        let float = |column: &ArrayRef| {
            let column = cast(column, &DataType::Float64).map_err(internal)?;
            Ok(column.as_primitive::<Float64Type>().clone())
        };
        columns.iter().map(float).collect()
    }

    fn add(&mut self, (): &(), input: &Self::Input<'_>, row: usize) -> Result<()> {
        if let [values, weights] = input.as_slice() {
            self.sum += values.value(row) * weights.value(row);
            self.weight += weights.value(row);
        }
        Ok(())
    }

    fn merge(&mut self, (): &(), other: Self) -> Result<()> {
        self.sum += other.sum;
        self.weight += other.weight;
        Ok(())
    }

    fn write(&self, (): &(), out: &mut Vec<u8>) -> Result<()> {
        out.extend(self.sum.to_le_bytes());
        out.extend(self.weight.to_le_bytes());
        Ok(())
    }

    fn read((): &(), bytes: &mut Reader<'_>) -> Result<Self> {
        Ok(Self { sum: f64::from_le_bytes(bytes.array()?), weight: f64::from_le_bytes(bytes.array()?) })
    }

    fn finish((): &(), states: Vec<Self>) -> Result<ArrayRef> {
        let means = states.iter().map(|state| state.sum / state.weight);
        Ok(Arc::new(Float64Array::from_iter_values(means)))
    }
}

/// `sumCount`: sum and number of values.
pub(super) struct SumCount;

static SUM_COUNT: Spec = Spec {
    name: "sumCount",
    category: "aggregate",
    syntax: "sumCount(value)",
    summary: "The sum and the number of the values.",
    arguments: &[("value", "Number")],
    returns: "Tuple of a sum and a UInt64.",
    examples: &[Example { sql: "SELECT sumCount(number) FROM numbers(4)", answer: "(6,4)" }],
    ..Spec::EMPTY
};

impl Aggregate for SumCount {
    fn spec(&self) -> &'static Spec {
        &SUM_COUNT
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        call.expect_count(1..=1)?;
        call.expect_no_parameters()?;
        let ty =
            call.expect(0, |ty| ty.is_float() || ty.integer_bits().is_some_and(|(bits, _)| bits <= 64))?;
        let sum = ty.integer_bits().map_or(ChType::Float64, |(_, signed)| ChType::integer(64, signed));
        Ok(Arc::new(BoundSumCount { sum }))
    }
}

#[derive(Debug)]
struct BoundSumCount {
    sum: ChType,
}

impl Bound for BoundSumCount {
    fn result_type(&self) -> ChType {
        ChType::tuple([self.sum.clone(), ChType::UInt64])
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<SumAndCount>::new(self.sum.clone()))
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
    type Setup = ChType;
    type Input<'a> = ArrayRef;

    fn empty(_: &ChType) -> Self {
        Self(0, 0)
    }

    fn input(ty: &ChType, columns: &[ArrayRef]) -> Result<ArrayRef> {
        let column = columns.first().ok_or_else(|| internal("no column to add up"))?;
        if *ty != ChType::Float64 {
            return Ok(Arc::clone(column));
        }
        let floats = cast(column, &DataType::Float64).map_err(internal)?;
        let bits = floats.as_primitive::<Float64Type>().values().iter().map(|value| value.to_bits() as i64);
        Ok(Arc::new(Int64Array::from_iter_values(bits)))
    }

    fn add(&mut self, ty: &ChType, input: &ArrayRef, row: usize) -> Result<()> {
        self.plus(ty, int_at(input, row));
        self.1 += 1;
        Ok(())
    }

    fn merge(&mut self, ty: &ChType, other: Self) -> Result<()> {
        self.plus(ty, other.0);
        self.1 += other.1;
        Ok(())
    }

    fn write(&self, _: &ChType, out: &mut Vec<u8>) -> Result<()> {
        out.extend(self.0.to_le_bytes());
        write_varint(self.1, out);
        Ok(())
    }

    fn read(_: &ChType, bytes: &mut Reader<'_>) -> Result<Self> {
        Ok(Self(i64::from_le_bytes(bytes.array()?), bytes.varint()?))
    }

    fn finish(ty: &ChType, states: Vec<Self>) -> Result<ArrayRef> {
        let sums: ArrayRef = if *ty == ChType::Float64 {
            Arc::new(Float64Array::from_iter_values(
                states.iter().map(|state| f64::from_bits(state.0 as u64)),
            ))
        } else {
            int_array(ty, states.iter().map(|state| state.0).collect(), None)?
        };
        let counts = Arc::new(UInt64Array::from_iter_values(states.iter().map(|state| state.1)));
        match arrow_type(&ChType::tuple([ty.clone(), ChType::UInt64])) {
            DataType::Struct(fields) => struct_array(&fields, vec![sums, counts], states.len()),
            _ => Err(internal("a tuple that is none")),
        }
    }
}
