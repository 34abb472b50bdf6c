//! `quantileGK`: quantiles within an error of rank, by the summary of Greenwald and Khanna (2001).

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, Float64Array};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::dd_sketch::split_accuracy;
use super::family::Member;
use super::levels::{grouped, levels, stored, stored_column};
use super::wire::Reader;
use super::{Bound, Call, Groups, PerGroup, State};
use crate::function::result::internal;
use crate::function::{Example, Spec};

const BASE: Spec = Spec {
    category: "aggregate",
    arguments: &[
        ("accuracy", "Whole number above 0: the error of a rank is the number of values over it"),
        ("level", "0.5 if left out"),
        ("value", "Number, Date or DateTime"),
    ],
    ..Spec::EMPTY
};

pub(super) static MEMBERS: &[Member] = &[
    Member::new(
        &Spec {
            name: "quantileGK",
            aliases: &["medianGK"],
            syntax: "quantileGK(accuracy[, level])(value)",
            summary: "A quantile within an error of rank.",
            returns: "The type of the value.",
            examples: &[Example {
                sql: "SELECT quantileGK(100, 0.25)(number) FROM numbers(101)",
                answer: "24",
            }],
            ..BASE
        },
        |call| bind(call, false),
    ),
    Member::new(
        &Spec {
            name: "quantilesGK",
            syntax: "quantilesGK(accuracy, level, ..)(value)",
            summary: "Quantiles within an error of rank.",
            returns: "Array of the type of the value.",
            examples: &[Example {
                sql: "SELECT quantilesGK(100, 0.25, 0.5)(number) FROM numbers(101)",
                answer: "[24,49]",
            }],
            ..BASE
        },
        |call| bind(call, true),
    ),
];

fn bind(call: &Call<'_>, several: bool) -> Result<Arc<dyn Bound>> {
    call.expect_count(1..=1)?;
    let ty = call.expect(0, |ty| ty.is_number() || *ty == ChType::Date || ty.is_date_time())?;
    let (accuracy, rest) = split_accuracy(call)?;
    let accuracy = accuracy.int_value().unwrap_or(0);
    if accuracy <= 0 {
        let message = format!(
            "Aggregate function {} requires accuracy parameter with positive value but is {accuracy}.",
            call.name
        );
        return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
    }
    let setup = Setup {
        ty: ty.clone(),
        error: 1.0 / accuracy as f64,
        levels: levels(&Call { parameters: rest, ..*call }, several)?,
        several,
    };
    Ok(Arc::new(BoundSummary { setup }))
}

#[derive(Clone, Debug)]
struct Setup {
    ty: ChType,
    /// The error of a rank as a share of all values.
    error: f64,
    levels: Vec<f64>,
    several: bool,
}

impl Setup {
    /// A value as a number in its order: the bits of floats, stored whole numbers otherwise.
    fn ordered(&self, bits: i64) -> i64 {
        match &self.ty {
            ChType::UInt64 => bits ^ i64::MIN,
            ty if ty.is_float() => bits ^ (((bits >> 63) as u64) >> 1) as i64,
            _ => bits,
        }
    }

    /// Bytes of a value in a state.
    fn width(&self) -> usize {
        match &self.ty {
            ChType::Date => 2,
            ChType::Date32 | ChType::DateTime(_) | ChType::Float32 => 4,
            ChType::Decimal(0..=9, _) => 4,
            ChType::Decimal(19..=38, _) => 16,
            ty => ty.integer_bits().map_or(8, |(bits, _)| usize::from(bits) / 8),
        }
    }

    fn write(&self, value: i64, out: &mut Vec<u8>) {
        let bits = self.ordered(value);
        if self.ty == ChType::Float32 {
            return out.extend((f64::from_bits(bits as u64) as f32).to_le_bytes());
        }
        out.extend(i128::from(bits).to_le_bytes().iter().take(self.width().min(16)));
    }

    fn read(&self, bytes: &mut Reader<'_>) -> Result<i64> {
        if self.ty == ChType::Float32 {
            return Ok(self.ordered(f64::from(f32::from_le_bytes(bytes.array()?)).to_bits() as i64));
        }
        let taken = bytes.take(self.width())?;
        let unsigned = self.ty.integer_bits().is_some_and(|(_, signed)| !signed)
            || matches!(self.ty, ChType::Date | ChType::DateTime(_));
        let negative = !unsigned && taken.last().is_some_and(|byte| byte & 0x80 != 0);
        let mut wide = [if negative { 0xff } else { 0 }; 8];
        wide.iter_mut().zip(taken).for_each(|(to, from)| *to = *from);
        Ok(self.ordered(i64::from_le_bytes(wide)))
    }
}

#[derive(Debug)]
struct BoundSummary {
    setup: Setup,
}

impl Bound for BoundSummary {
    fn result_type(&self) -> ChType {
        let ty = self.setup.ty.clone();
        if self.setup.several { ChType::array(ty) } else { ty }
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Summary>::new(self.setup.clone()))
    }
}

/// A value that stands for those before it.
#[derive(Clone, Copy)]
struct Sample {
    value: i64,
    /// Least rank of it less that of the sample before.
    gap: i64,
    /// Greatest rank of it less its least.
    slack: i64,
}

/// Most values that wait to be put among the samples.
const WAITING: usize = 50_000;

/// From how many samples on they are made fewer.
const THRESHOLD: u64 = 10_000;

#[derive(Default)]
struct Summary {
    count: u64,
    samples: Vec<Sample>,
    waiting: Vec<i64>,
    compressed: bool,
}

impl Summary {
    fn insert(&mut self, error: f64, value: i64) {
        self.waiting.push(value);
        self.compressed = false;
        if self.waiting.len() >= WAITING {
            self.place_waiting(error);
            if self.samples.len() as u64 >= THRESHOLD {
                self.compress(error);
            }
        }
    }

    /// Puts the waiting values among the samples.
    fn place_waiting(&mut self, error: f64) {
        if self.waiting.is_empty() {
            return;
        }
        self.waiting.sort_unstable();
        let mut count = self.count;
        let mut placed: Vec<Sample> = Vec::with_capacity(self.samples.len() + self.waiting.len());
        let mut old = self.samples.iter().copied().peekable();
        for (at, value) in self.waiting.iter().enumerate() {
            while let Some(sample) = old.next_if(|sample| sample.value <= *value) {
                placed.push(sample);
            }
            count += 1;
            let last = old.peek().is_none() && at + 1 == self.waiting.len();
            let exact = placed.is_empty() || last;
            let slack = if exact { 0 } else { (2.0 * error * count as f64).floor() as i64 };
            placed.push(Sample { value: *value, gap: 1, slack });
        }
        placed.extend(old);
        self.samples = placed;
        self.count = count;
        self.waiting.clear();
    }

    fn compress(&mut self, error: f64) {
        if !self.compressed {
            self.place_waiting(error);
            self.thin(2.0 * error * self.count as f64);
            self.compressed = true;
        }
    }

    /// Merges samples into the next where both together span less than `threshold` ranks.
    fn thin(&mut self, threshold: f64) {
        let Some((mut head, rest)) = self.samples.split_last().map(|(last, rest)| (*last, rest)) else {
            return;
        };
        let mut kept = Vec::with_capacity(self.samples.len());
        for sample in rest.iter().skip(1).rev() {
            if ((sample.gap + head.gap + head.slack) as f64) < threshold {
                head.gap += sample.gap;
            } else {
                kept.push(head);
                head = *sample;
            }
        }
        kept.push(head);
        if let Some(first) = rest.first().filter(|first| first.value <= head.value) {
            kept.push(*first);
        }
        kept.reverse();
        self.samples = kept;
    }

    /// Values at levels, `None` of nothing.
    fn query(&self, error: f64, levels: &[f64]) -> Vec<Option<i64>> {
        let (Some(first), Some(last)) = (self.samples.first(), self.samples.last()) else {
            return vec![None; levels.len()];
        };
        let spread = self.samples.iter().map(|sample| sample.gap + sample.slack).max().unwrap_or(0) / 2;
        let at = |level: f64| {
            if level <= error {
                return first.value;
            }
            if level >= 1.0 - error {
                return last.value;
            }
            let rank = (level * self.count as f64).ceil() as i64;
            let mut least = 0;
            for sample in &self.samples {
                least += sample.gap;
                if least + sample.slack - spread <= rank && rank <= least + spread {
                    return sample.value;
                }
            }
            last.value
        };
        levels.iter().map(|level| Some(at(*level))).collect()
    }
}

impl State for Summary {
    type Setup = Setup;
    type Input<'a> = Vec<i64>;

    fn empty(_: &Setup) -> Self {
        Self::default()
    }

    fn input<'a>(setup: &Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        let column = columns.first().ok_or_else(|| internal("no column"))?;
        let bits = if setup.ty.is_float() {
            let floats = cast(column, &DataType::Float64).map_err(internal)?;
            floats.as_primitive::<Float64Type>().values().iter().map(|value| value.to_bits() as i64).collect()
        } else {
            stored(column)?
        };
        Ok(bits.into_iter().map(|bits| setup.ordered(bits)).collect())
    }

    fn add(&mut self, setup: &Setup, input: &Self::Input<'_>, row: usize) -> Result<()> {
        if let Some(value) = input.get(row) {
            let nan = setup.ty.is_float() && f64::from_bits(setup.ordered(*value) as u64).is_nan();
            if !nan {
                self.insert(setup.error, *value);
            }
        }
        Ok(())
    }

    fn merge(&mut self, setup: &Setup, mut other: Self) -> Result<()> {
        self.compress(setup.error);
        other.compress(setup.error);
        if other.count == 0 {
            return Ok(());
        }
        if self.count == 0 {
            *self = other;
            return Ok(());
        }
        let slack = |count: u64| (2.0 * setup.error * count as f64).floor() as i64;
        let (own_slack, other_slack) = (slack(other.count), slack(self.count));
        let (own, others) = (std::mem::take(&mut self.samples), other.samples);
        let (mut own, mut others) = (own.into_iter().peekable(), others.into_iter().peekable());
        let (mut from_own, mut from_others) = (false, false);
        let mut merged = Vec::with_capacity(own.len() + others.len());
        while let (Some(mine), Some(theirs)) = (own.peek().copied(), others.peek().copied()) {
            if mine.value < theirs.value {
                own.next();
                from_own = true;
                merged.push(Sample { slack: mine.slack + if from_others { own_slack } else { 0 }, ..mine });
            } else {
                others.next();
                from_others = true;
                merged
                    .push(Sample { slack: theirs.slack + if from_own { other_slack } else { 0 }, ..theirs });
            }
        }
        merged.extend(own);
        merged.extend(others);
        self.samples = merged;
        self.count += other.count;
        self.thin(2.0 * setup.error * self.count as f64);
        self.compressed = true;
        Ok(())
    }

    fn write(&self, setup: &Setup, out: &mut Vec<u8>) -> Result<()> {
        let mut done = Self {
            count: self.count,
            samples: self.samples.clone(),
            waiting: self.waiting.clone(),
            compressed: self.compressed,
        };
        done.compress(setup.error);
        out.extend(THRESHOLD.to_le_bytes());
        out.extend(setup.error.to_le_bytes());
        out.extend(done.count.to_le_bytes());
        out.extend((done.samples.len() as u64).to_le_bytes());
        for sample in &done.samples {
            setup.write(sample.value, out);
            out.extend(sample.gap.to_le_bytes());
            out.extend(sample.slack.to_le_bytes());
        }
        Ok(())
    }

    fn read(setup: &Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        bytes.take(16)?;
        let count = u64::from_le_bytes(bytes.array()?);
        let mut samples = Vec::new();
        for _ in 0..u64::from_le_bytes(bytes.array()?) {
            let value = setup.read(bytes)?;
            let gap = i64::from_le_bytes(bytes.array()?);
            samples.push(Sample { value, gap, slack: i64::from_le_bytes(bytes.array()?) });
        }
        Ok(Self { count, samples, waiting: Vec::new(), compressed: true })
    }

    fn finish(setup: &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let mut answers = Vec::with_capacity(states.len() * setup.levels.len());
        for mut state in states {
            state.compress(setup.error);
            let found = state.query(setup.error, &setup.levels);
            answers.extend(found.into_iter().map(|value| value.map(|value| setup.ordered(value))));
        }
        let values = if setup.ty.is_float() {
            let float = |bits: Option<i64>| bits.map_or(f64::NAN, |bits| f64::from_bits(bits as u64));
            let floats: ArrayRef = Arc::new(Float64Array::from_iter_values(answers.into_iter().map(float)));
            cast(&floats, &crate::arrow_type(&setup.ty)).map_err(internal)?
        } else {
            stored_column(&setup.ty, answers)?
        };
        grouped(values, &setup.ty, setup.levels.len(), setup.several)
    }

    fn size(&self) -> usize {
        self.samples.capacity() * size_of::<Sample>() + self.waiting.capacity() * 8
    }
}
