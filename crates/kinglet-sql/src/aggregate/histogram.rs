//! `histogram`: adaptive bins, by the streaming histogram of Ben-Haim and Tom-Tov (2010).

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::family::numbers;
use super::wire::{Reader, write_varint};
use super::{Aggregate, Bound, Call, Empty, Groups, PerGroup, State};
use crate::column_builder::ColumnBuilder;
use crate::function::result::internal;
use crate::function::{Example, Spec};

pub(super) struct Histogram;

static SPEC: Spec = Spec {
    name: "histogram",
    category: "aggregate",
    syntax: "histogram(bins)(value)",
    summary: "An adaptive histogram: for each bin its lower and upper bound and its height, roughly how many values it holds.",
    arguments: &[("bins", "The most bins, 1 to 250"), ("value", "Number")],
    returns: "Array(Tuple(Float64, Float64, Float64))",
    examples: &[Example {
        sql: "SELECT histogram(2)(number) FROM numbers(4)",
        answer: "[(0,1.5,2),(1.5,3,2)]",
    }],
    ..Spec::EMPTY
};

impl Aggregate for Histogram {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        if call.parameters.len() != 1 {
            let message = format!("Function {} requires single parameter: bins count.", call.name);
            return Err(SqlError::new(ErrorCode::NUMBER_OF_ARGUMENTS_DOESNT_MATCH, message));
        }
        let bins = call.uint_parameter(0)?.unwrap_or(0);
        if bins == 0 {
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, "Bin count should be positive."));
        }
        if bins > 250 {
            let message = "Unsupported bins count. Should not be greater than 250.";
            return Err(SqlError::new(ErrorCode::PARAMETER_OUT_OF_BOUND, message));
        }
        call.expect_count(1..=1)?;
        let ty = call.expect(0, |ty| ty.is_number() && !ty.is_decimal())?.clone();
        Ok(Arc::new(BoundHistogram { setup: (ty, bins as usize) }))
    }

    fn empty(&self) -> Empty {
        Empty::Plain
    }
}

/// Type of the values and the most bins.
type Setup = (ChType, usize);

#[derive(Debug)]
struct BoundHistogram {
    setup: Setup,
}

fn result_type() -> ChType {
    ChType::array(ChType::tuple([ChType::Float64, ChType::Float64, ChType::Float64]))
}

impl Bound for BoundHistogram {
    fn result_type(&self) -> ChType {
        result_type()
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Bins>::new(self.setup.clone()))
    }
}

/// A bin by the mean and number of its values.
#[derive(Clone, Copy)]
struct Bin {
    mean: f64,
    weight: f64,
}

impl Bin {
    fn fused(self, other: Self) -> Self {
        let weight = other.weight + self.weight;
        Self { mean: self.mean + other.weight * (other.mean - self.mean) / weight, weight }
    }
}

/// The bins of a group, at times more than are answered.
struct Bins {
    lower: f64,
    upper: f64,
    bins: Vec<Bin>,
}

/// The distance of a bin to the next, and its place.
#[derive(PartialEq)]
struct Gap(f64, usize);

impl Eq for Gap {}

impl PartialOrd for Gap {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Gap {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0).then(self.1.cmp(&other.1))
    }
}

impl Bins {
    fn insert(&mut self, bin: Bin, most: usize) {
        self.bins.push(bin);
        self.lower = self.lower.min(bin.mean);
        self.upper = self.upper.max(bin.mean);
        if self.bins.len() >= most * 2 {
            self.compress(most);
        }
    }

    /// Fuses the two closest bins until `most` are left.
    fn compress(&mut self, most: usize) {
        self.bins.sort_by(|a, b| a.mean.total_cmp(&b.mean));
        let count = self.bins.len();
        let mut bins: Vec<Option<Bin>> = self.bins.iter().copied().map(Some).collect();
        let mut next: Vec<usize> = (1..=count).collect();
        let mut before: Vec<Option<usize>> = (0..count).map(|at| at.checked_sub(1)).collect();
        let bin = |bins: &[Option<Bin>], at: usize| bins.get(at).copied().flatten();
        let mut gaps: BinaryHeap<Reverse<Gap>> = self
            .bins
            .windows(2)
            .enumerate()
            .filter_map(|(at, pair)| match pair {
                [left, right] => Some(Reverse(Gap(right.mean - left.mean, at))),
                _ => None,
            })
            .collect();
        let mut left = count;
        while left > most {
            let Some(Reverse(Gap(gap, at))) = gaps.pop() else { break };
            let Some(follower) = next.get(at).copied() else { break };
            let (Some(low), Some(high)) = (bin(&bins, at), bin(&bins, follower)) else { continue };
            if high.mean - low.mean > gap {
                continue;
            }
            let fused = low.fused(high);
            let after = next.get(follower).copied().unwrap_or(count);
            set(&mut bins, at, Some(fused));
            set(&mut bins, follower, None);
            set(&mut next, at, after);
            set(&mut before, after, Some(at));
            if let Some(right) = bin(&bins, after) {
                gaps.push(Reverse(Gap(right.mean - fused.mean, at)));
            }
            let previous = before.get(at).copied().flatten();
            if let Some((previous, low)) = previous.and_then(|at| Some((at, bin(&bins, at)?))) {
                gaps.push(Reverse(Gap(fused.mean - low.mean, previous)));
            }
            left -= 1;
        }
        self.bins = bins.into_iter().flatten().collect();
    }

    /// Fuses bins whose means differ in the last digits only.
    fn unite_equal(&mut self) {
        let mut united: Vec<Bin> = Vec::with_capacity(self.bins.len());
        for bin in &self.bins {
            match united.last_mut() {
                Some(last)
                    if last.mean + (10.0 * (last.mean + bin.mean) * f64::EPSILON).abs() >= bin.mean =>
                {
                    *last = last.fused(*bin);
                }
                _ => united.push(*bin),
            }
        }
        self.bins = united;
    }

    /// Bounds and heights of the bins.
    fn rows(mut self, most: usize) -> Vec<[f64; 3]> {
        self.compress(most);
        self.unite_equal();
        let weight = |at: Option<usize>| at.and_then(|at| self.bins.get(at)).map(|bin| bin.weight);
        let mut lower = self.lower;
        let mut rows = Vec::with_capacity(self.bins.len());
        for (at, bin) in self.bins.iter().enumerate() {
            let upper = self.bins.get(at + 1).map_or(self.upper, |next| (bin.mean + next.mean) / 2.0);
            // A quarter of a bin lies towards each neighbour, of which half is shared.
            let shared = |other: Option<f64>| other.map_or(bin.weight, |other| (other + bin.weight) / 2.0);
            let sides = shared(weight(at.checked_sub(1))) + shared(weight(Some(at + 1)));
            rows.push([lower, upper, bin.weight / 2.0 + sides / 4.0]);
            lower = upper;
        }
        rows
    }
}

fn set<T>(values: &mut [T], at: usize, value: T) {
    if let Some(place) = values.get_mut(at) {
        *place = value;
    }
}

impl State for Bins {
    type Setup = Setup;
    type Input<'a> = Vec<f64>;

    fn empty(_: &Setup) -> Self {
        Self { lower: f64::MAX, upper: f64::MIN, bins: Vec::new() }
    }

    fn input<'a>((ty, _): &Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        numbers(columns.first().ok_or_else(|| internal("no column"))?, ty)
    }

    fn add(&mut self, (_, most): &Setup, input: &Self::Input<'_>, row: usize) -> Result<()> {
        if let Some(mean) = input.get(row).copied().filter(|value| !value.is_nan()) {
            self.insert(Bin { mean, weight: 1.0 }, *most);
        }
        Ok(())
    }

    fn merge(&mut self, (_, most): &Setup, other: Self) -> Result<()> {
        let (lower, upper) = (self.lower.min(other.lower), self.upper.max(other.upper));
        other.bins.into_iter().for_each(|bin| self.insert(bin, *most));
        (self.lower, self.upper) = (lower, upper);
        Ok(())
    }

    fn write(&self, _: &Setup, out: &mut Vec<u8>) -> Result<()> {
        out.extend(self.lower.to_le_bytes());
        out.extend(self.upper.to_le_bytes());
        write_varint(self.bins.len() as u64, out);
        for bin in &self.bins {
            out.extend(bin.mean.to_le_bytes());
            out.extend(bin.weight.to_le_bytes());
        }
        Ok(())
    }

    fn read(_: &Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let (lower, upper) = (f64::from_le_bytes(bytes.array()?), f64::from_le_bytes(bytes.array()?));
        let mut bins = Vec::new();
        for _ in 0..bytes.varint()? {
            let mean = f64::from_le_bytes(bytes.array()?);
            bins.push(Bin { mean, weight: f64::from_le_bytes(bytes.array()?) });
        }
        Ok(Self { lower, upper, bins })
    }

    fn finish((_, most): &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let mut builder = ColumnBuilder::new(&result_type());
        for state in states {
            let elements = builder.elements().ok_or_else(|| internal("an array without elements"))?;
            for row in state.rows(*most) {
                elements.fields().iter_mut().zip(row).for_each(|(field, value)| field.append_float(value));
                elements.close();
            }
            builder.close();
        }
        builder.finish()
    }

    fn size(&self) -> usize {
        self.bins.capacity() * size_of::<Bin>()
    }
}
