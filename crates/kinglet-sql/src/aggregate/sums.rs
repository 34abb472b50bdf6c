//! Aggregates whose state is a handful of numbers: sums of powers and products, and what follows from them.

use std::fmt::Debug;
use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, UInt64Array};
use arrow::datatypes::DataType;
use kinglet_types::{ChType, Result};

use super::family::all_numbers;
use super::wire::{Reader, write_varint};
use super::{Bound, Call, Groups, PerGroup, State};
use crate::arrow_type;
use crate::column_builder::struct_array;
use crate::function::result::internal;

/// Numbers of a state at most.
pub(super) const MOST: usize = 8;

/// How a number of a state is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Width {
    /// 8 bytes of a Float64.
    Float,
    /// 4 bytes of a Float32.
    Single,
    /// 8 bytes of an unsigned number.
    Count,
    /// An unsigned number in LEB128.
    Varint,
    /// One byte; the state ends after it where it is not zero.
    EndFlag,
}

/// What is added up and what is answered.
pub(super) trait Formula: Debug + Send + Sync {
    /// The numbers of a state, in the order they are written.
    fn layout(&self) -> &[Width];

    /// The state of no rows.
    fn init(&self) -> [f64; MOST] {
        [0.0; MOST]
    }

    /// Adds a row of arguments.
    fn add(&self, state: &mut [f64; MOST], row: &[f64]);

    /// Adds another state; by default number by number.
    fn merge(&self, state: &mut [f64; MOST], other: &[f64; MOST]) {
        state.iter_mut().zip(other).for_each(|(a, b)| *a += b);
    }

    /// Type of the answer: Float64, Float32, UInt64 or a tuple of Float64.
    fn result_type(&self) -> ChType;

    /// Appends the answer, or the answers of a tuple.
    fn finish(&self, state: &[f64; MOST], out: &mut Vec<f64>);
}

/// The aggregate of a formula over numbers of `types`.
pub(super) fn bound(types: &[ChType], formula: Arc<dyn Formula>) -> Arc<dyn Bound> {
    Arc::new(BoundSums { setup: (types.into(), formula) })
}

/// Checks that there are `count` arguments, all numbers, and no parameters.
pub(super) fn expect_numbers(call: &Call<'_>, count: usize) -> Result<()> {
    call.expect_count(count..=count)?;
    (0..count).try_for_each(|at| call.expect(at, ChType::is_number).map(|_| ()))
}

type Setup = (Arc<[ChType]>, Arc<dyn Formula>);

#[derive(Debug)]
struct BoundSums {
    setup: Setup,
}

impl Bound for BoundSums {
    fn result_type(&self) -> ChType {
        self.setup.1.result_type()
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Sums>::new(self.setup.clone()))
    }
}

struct Sums([f64; MOST]);

impl State for Sums {
    type Setup = Setup;
    type Input<'a> = Vec<Vec<f64>>;

    fn empty((_, formula): &Setup) -> Self {
        Self(formula.init())
    }

    fn input<'a>((types, _): &Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        all_numbers(columns, types)
    }

    fn add(&mut self, (_, formula): &Setup, input: &Self::Input<'_>, row: usize) -> Result<()> {
        let mut values = [0.0; 2];
        let count = input.len().min(2);
        for (value, column) in values.iter_mut().zip(input) {
            *value = column.get(row).copied().unwrap_or_default();
        }
        formula.add(&mut self.0, values.get(..count).unwrap_or_default());
        Ok(())
    }

    fn merge(&mut self, (_, formula): &Setup, other: Self) -> Result<()> {
        formula.merge(&mut self.0, &other.0);
        Ok(())
    }

    fn write(&self, (_, formula): &Setup, out: &mut Vec<u8>) -> Result<()> {
        for (width, value) in formula.layout().iter().zip(self.0) {
            match width {
                Width::Float => out.extend(value.to_le_bytes()),
                Width::Single => out.extend((value as f32).to_le_bytes()),
                Width::Count => out.extend((value as u64).to_le_bytes()),
                Width::Varint => write_varint(value as u64, out),
                Width::EndFlag => {
                    out.push(u8::from(value != 0.0));
                    if value != 0.0 {
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    fn read((_, formula): &Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let mut state = formula.init();
        for (width, value) in formula.layout().iter().zip(&mut state) {
            *value = match width {
                Width::Float => f64::from_le_bytes(bytes.array()?),
                Width::Single => f32::from_le_bytes(bytes.array()?).into(),
                Width::Count => u64::from_le_bytes(bytes.array()?) as f64,
                Width::Varint => bytes.varint()? as f64,
                Width::EndFlag => f64::from(bytes.array::<1>()?[0]),
            };
            if *width == Width::EndFlag && *value != 0.0 {
                break;
            }
        }
        Ok(Self(state))
    }

    fn finish((_, formula): &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let mut answers = Vec::with_capacity(states.len());
        states.iter().for_each(|state| formula.finish(&state.0, &mut answers));
        answer_column(&formula.result_type(), answers, states.len())
    }
}

/// A column of floats, counts or tuples of floats from their numbers in a row.
///
/// # Errors
/// 49 for another type.
pub(super) fn answer_column(ty: &ChType, answers: Vec<f64>, rows: usize) -> Result<ArrayRef> {
    Ok(match (ty, arrow_type(ty)) {
        (ChType::UInt64, _) => Arc::new(UInt64Array::from_iter_values(answers.iter().map(|v| *v as u64))),
        (ChType::Float32, _) => {
            Arc::new(arrow::array::Float32Array::from_iter_values(answers.iter().map(|v| *v as f32)))
        }
        (_, DataType::Struct(fields)) => {
            let width = fields.len();
            let column = |at: usize| -> ArrayRef {
                Arc::new(Float64Array::from_iter_values(
                    answers.iter().skip(at).step_by(width.max(1)).copied(),
                ))
            };
            struct_array(&fields, (0..width).map(column).collect(), rows)?
        }
        (_, DataType::Float64) => Arc::new(Float64Array::from(answers)),
        _ => return Err(internal("neither number nor tuple of numbers")),
    })
}

/// A tuple of named floats.
pub(super) fn named(names: &[&str]) -> ChType {
    ChType::Tuple(names.iter().map(|name| (Some((*name).into()), ChType::Float64)).collect())
}
