//! `quantileDD`: quantiles within a relative error, by DDSketch (Masson, Rim and Lee, 2019).

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::family::{Member, numbers};
use super::levels::{column, grouped, levels};
use super::wire::{Reader, write_varint};
use super::{Bound, Call, Groups, Parameter, PerGroup, State};
use crate::function::result::internal;
use crate::function::{Example, Spec};

const BASE: Spec = Spec {
    category: "aggregate",
    arguments: &[
        ("accuracy", "The relative error, between 0 and 1"),
        ("level", "0.5 if left out"),
        ("value", "Number, Date or DateTime"),
    ],
    ..Spec::EMPTY
};

pub(super) static MEMBERS: &[Member] = &[
    Member::new(
        &Spec {
            name: "quantileDD",
            aliases: &["medianDD"],
            syntax: "quantileDD(accuracy[, level])(value)",
            summary: "A quantile within a relative error.",
            returns: "Float64; for dates and times their type.",
            examples: &[Example {
                sql: "SELECT round(quantileDD(0.01, 0.75)(number), 3) FROM numbers(5)",
                answer: "2.974",
            }],
            ..BASE
        },
        |call| bind(call, false),
    ),
    Member::new(
        &Spec {
            name: "quantilesDD",
            syntax: "quantilesDD(accuracy, level, ..)(value)",
            summary: "Quantiles within a relative error.",
            returns: "Array of Float64; for dates and times of their type.",
            examples: &[Example {
                sql: "SELECT arrayMap(x -> round(x, 3), quantilesDD(0.01, 0.5, 0.75)(number)) FROM numbers(5)",
                answer: "[1.994,2.974]",
            }],
            ..BASE
        },
        |call| bind(call, true),
    ),
];

fn bind(call: &Call<'_>, several: bool) -> Result<Arc<dyn Bound>> {
    call.expect_count(1..=1)?;
    let number = |ty: &ChType| ty.is_number() && !ty.is_decimal();
    let ty = call.expect(0, |ty| number(ty) || ty.is_date() || ty.is_date_time())?;
    let (accuracy, rest) = split_accuracy(call)?;
    let Some(accuracy) = accuracy.ty.is_float().then(|| accuracy.float_value()).flatten() else {
        let message = format!(
            "Aggregate function {} requires relative accuracy parameter with Float64 type.",
            call.name
        );
        return Err(SqlError::new(ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT, message));
    };
    if !(accuracy > 0.0 && accuracy < 1.0) {
        let message = format!(
            "Aggregate function {} requires relative accuracy parameter with value between 0 and 1 but is {accuracy}.",
            call.name
        );
        return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
    }
    let setup = Setup {
        result: if ty.is_number() { ChType::Float64 } else { ty.clone() },
        ty: ty.clone(),
        mapping: Mapping::new(accuracy),
        levels: levels(&Call { parameters: rest, ..*call }, several)?,
        several,
    };
    Ok(Arc::new(BoundSketch { setup }))
}

/// The first parameter, and the others.
///
/// # Errors
/// 42 when there is none.
pub(super) fn split_accuracy<'a>(call: &Call<'a>) -> Result<(&'a Parameter, &'a [Parameter])> {
    call.parameters.split_first().ok_or_else(|| {
        let message = format!("Aggregate function {} requires at least one param.", call.name);
        SqlError::new(ErrorCode::NUMBER_OF_ARGUMENTS_DOESNT_MATCH, message)
    })
}

#[derive(Clone, Debug)]
struct Setup {
    ty: ChType,
    result: ChType,
    mapping: Mapping,
    levels: Vec<f64>,
    several: bool,
}

/// Numbers of bins on a logarithmic scale.
#[derive(Clone, Copy, Debug)]
struct Mapping {
    accuracy: f64,
    gamma: f64,
}

impl Mapping {
    fn new(accuracy: f64) -> Self {
        Self { accuracy, gamma: (1.0 + accuracy) / (1.0 - accuracy) }
    }

    fn index(self, value: f64) -> Result<i64> {
        let (least, greatest) = (f64::MIN_POSITIVE * self.gamma, f64::MAX / self.gamma);
        if value < least || value > greatest {
            let message = format!("Value {value} is out of range [{least}, {greatest}]");
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
        Ok((value.ln() / self.gamma.ln()).floor() as i64)
    }

    fn value(self, index: i64) -> f64 {
        (index as f64 * self.gamma.ln()).exp() * (1.0 + self.accuracy)
    }
}

#[derive(Debug)]
struct BoundSketch {
    setup: Setup,
}

impl Bound for BoundSketch {
    fn result_type(&self) -> ChType {
        let ty = self.setup.result.clone();
        if self.setup.several { ChType::array(ty) } else { ty }
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Sketch>::new(self.setup.clone()))
    }
}

/// Counts by bin.
type Store = BTreeMap<i64, f64>;

#[derive(Default)]
struct Sketch {
    above: Store,
    below: Store,
    zeros: f64,
}

fn total(store: &Store) -> f64 {
    store.values().sum()
}

/// The bin in which the count passes `rank`, or reaches the next where `reach`.
fn key_at(store: &Store, rank: f64, reach: bool) -> i64 {
    let mut running = 0.0;
    for (index, count) in store {
        running += count;
        if if reach { running >= rank + 1.0 } else { running > rank } {
            return *index;
        }
    }
    store.keys().next_back().copied().unwrap_or(0)
}

impl Sketch {
    fn level(&self, mapping: Mapping, level: f64) -> Option<f64> {
        let (above, below) = (total(&self.above), total(&self.below));
        let count = above + below + self.zeros;
        if count == 0.0 {
            return None;
        }
        let rank = level * (count - 1.0);
        Some(if rank < below {
            -mapping.value(key_at(&self.below, below - rank - 1.0, true))
        } else if rank < below + self.zeros {
            0.0
        } else {
            mapping.value(key_at(&self.above, rank - self.zeros - below, false))
        })
    }
}

fn write_signed(value: i64, out: &mut Vec<u8>) {
    write_varint(((value << 1) ^ (value >> 63)) as u64, out);
}

fn read_signed(bytes: &mut Reader<'_>) -> Result<i64> {
    let coded = bytes.varint()?;
    Ok((coded >> 1) as i64 ^ -((coded & 1) as i64))
}

/// Bins one by one.
const SPARSE: u8 = 4;

/// Bins in a row.
const DENSE: u8 = 12;

fn write_store(store: &Store, out: &mut Vec<u8>) {
    let least = store.keys().next().copied();
    let bins = match (least, store.keys().next_back()) {
        (Some(least), Some(greatest)) => greatest.saturating_sub(least).saturating_add(1) as u64,
        _ => 0,
    };
    // The smaller of the two: 8 bytes for each empty bin, or 2 for each that is not.
    if bins.saturating_sub(store.len() as u64).saturating_mul(8) <= store.len() as u64 * 2 {
        out.push(DENSE);
        write_varint(bins, out);
        let least = least.unwrap_or(i64::from(i32::MAX));
        write_signed(least, out);
        write_signed(1, out);
        for at in 0..bins as i64 {
            out.extend(store.get(&(least + at)).copied().unwrap_or(0.0).to_le_bytes());
        }
    } else {
        out.push(SPARSE);
        write_varint(store.len() as u64, out);
        let mut before = 0;
        for (index, count) in store {
            write_signed(index - before, out);
            out.extend(count.to_le_bytes());
            before = *index;
        }
    }
}

fn read_store(bytes: &mut Reader<'_>, store: &mut Store) -> Result<()> {
    let kind = bytes.array::<1>()?;
    let bins = bytes.varint()?;
    let mut index = 0_i64;
    let mut step = 0;
    if kind == [DENSE] {
        index = read_signed(bytes)?;
        step = read_signed(bytes)?;
    } else if kind != [SPARSE] {
        return Err(damaged());
    }
    for _ in 0..bins {
        if kind == [SPARSE] {
            index = index.wrapping_add(read_signed(bytes)?);
        }
        let count = f64::from_le_bytes(bytes.array()?);
        if count != 0.0 {
            *store.entry(index).or_default() += count;
        }
        index = index.wrapping_add(step);
    }
    Ok(())
}

fn damaged() -> SqlError {
    SqlError::new(ErrorCode::INCORRECT_DATA, "A state of quantileDD is damaged")
}

impl State for Sketch {
    type Setup = Setup;
    type Input<'a> = Vec<f64>;

    fn empty(_: &Setup) -> Self {
        Self::default()
    }

    fn input<'a>(setup: &Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        numbers(columns.first().ok_or_else(|| internal("no column"))?, &setup.ty)
    }

    fn add(&mut self, setup: &Setup, input: &Self::Input<'_>, row: usize) -> Result<()> {
        let value = input.get(row).copied().unwrap_or(f64::NAN);
        if value > 0.0 {
            *self.above.entry(setup.mapping.index(value)?).or_default() += 1.0;
        } else if value < 0.0 {
            *self.below.entry(setup.mapping.index(-value)?).or_default() += 1.0;
        } else if value == 0.0 {
            self.zeros += 1.0;
        }
        Ok(())
    }

    fn merge(&mut self, _: &Setup, other: Self) -> Result<()> {
        other.above.into_iter().for_each(|(index, count)| *self.above.entry(index).or_default() += count);
        other.below.into_iter().for_each(|(index, count)| *self.below.entry(index).or_default() += count);
        self.zeros += other.zeros;
        Ok(())
    }

    fn write(&self, setup: &Setup, out: &mut Vec<u8>) -> Result<()> {
        out.push(2);
        out.extend(setup.mapping.gamma.to_le_bytes());
        out.extend(0_f64.to_le_bytes());
        out.push(1);
        write_store(&self.above, out);
        out.push(3);
        write_store(&self.below, out);
        out.push(4);
        out.extend(self.zeros.to_le_bytes());
        Ok(())
    }

    fn read(_: &Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let mut read = Self::default();
        if bytes.array::<1>()? != [2] {
            return Err(damaged());
        }
        bytes.take(16)?;
        if bytes.array::<1>()? != [1] {
            return Err(damaged());
        }
        read_store(bytes, &mut read.above)?;
        if bytes.array::<1>()? != [3] {
            return Err(damaged());
        }
        read_store(bytes, &mut read.below)?;
        if bytes.array::<1>()? != [4] {
            return Err(damaged());
        }
        read.zeros = f64::from_le_bytes(bytes.array()?);
        Ok(read)
    }

    fn finish(setup: &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let mut answers = Vec::with_capacity(states.len() * setup.levels.len());
        for state in &states {
            answers.extend(setup.levels.iter().map(|level| state.level(setup.mapping, *level)));
        }
        grouped(column(&setup.result, answers)?, &setup.result, setup.levels.len(), setup.several)
    }

    fn size(&self) -> usize {
        (self.above.len() + self.below.len()) * 40
    }
}
