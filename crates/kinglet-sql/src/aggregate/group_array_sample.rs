//! `groupArraySample`: some of the values, drawn at random.

use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::array_wire::{read_element, write_element};
use super::generator::Generator;
use super::wire::{Reader, write_varint};
use super::{Aggregate, Bound, Call, Empty, Groups, PerGroup, State};
use crate::binary::{read_value, write_value};
use crate::column_builder::ColumnBuilder;
use crate::function::result::internal;
use crate::function::{Example, Spec};

pub(super) struct GroupArraySample;

static SPEC: Spec = Spec {
    name: "groupArraySample",
    category: "aggregate",
    syntax: "groupArraySample(size[, seed])(value)",
    summary: "A random sample of the values, no more than `size`.",
    arguments: &[
        ("size", "Whole number above 0"),
        ("seed", "Whole number; that of the query if left out"),
        ("value", "Any type"),
    ],
    returns: "Array of the type of the value.",
    examples: &[Example {
        sql: "SELECT groupArraySample(3, 42)(number) FROM numbers(1000)",
        answer: "[830,903,874]",
    }],
    ..Spec::EMPTY
};

impl Aggregate for GroupArraySample {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        call.expect_count(1..=1)?;
        if !(1..=2).contains(&call.parameters.len()) {
            let message = format!(
                "Incorrect number of parameters for aggregate function {}, should be 1 or 2.",
                call.name
            );
            return Err(SqlError::new(ErrorCode::NUMBER_OF_ARGUMENTS_DOESNT_MATCH, message));
        }
        let size = call.uint_parameter(0)?.unwrap_or(0);
        if size == 0 {
            let message =
                format!("Parameter for aggregate function {} should be positive number.", call.name);
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
        let seed = call.uint_parameter(1)?.unwrap_or(call.environment.seed);
        let setup = Setup { ty: call.ty(0).clone(), size: usize::try_from(size).unwrap_or(usize::MAX), seed };
        Ok(Arc::new(BoundSample { setup }))
    }

    fn empty(&self) -> Empty {
        Empty::Plain
    }
}

#[derive(Clone, Debug)]
struct Setup {
    ty: ChType,
    size: usize,
    seed: u64,
}

#[derive(Debug)]
struct BoundSample {
    setup: Setup,
}

impl Bound for BoundSample {
    fn result_type(&self) -> ChType {
        ChType::array(self.setup.ty.clone())
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Sample>::new(self.setup.clone()))
    }
}

/// Values in their binary form.
struct Sample {
    values: Vec<Box<[u8]>>,
    total: u64,
    random: Generator,
}

impl Sample {
    fn insert(&mut self, setup: &Setup, value: Box<[u8]>) {
        self.total += 1;
        if self.values.len() < setup.size {
            return self.values.push(value);
        }
        let place = usize::try_from(self.random.below(self.total)).unwrap_or(usize::MAX);
        if let Some(kept) = self.values.get_mut(place) {
            *kept = value;
        }
    }

    /// Both samples full: each place goes to the other sample by its share of all values.
    fn blend(&mut self, other: Self) {
        for at in 1..self.values.len() {
            let with = self.random.below(at as u64 + 1) as usize;
            self.values.swap(at, with);
        }
        self.total += other.total;
        for (kept, value) in self.values.iter_mut().zip(other.values) {
            if self.random.below(self.total) < other.total {
                *kept = value;
            }
        }
    }
}

impl State for Sample {
    type Setup = Setup;
    type Input<'a> = &'a ArrayRef;

    fn empty(setup: &Setup) -> Self {
        Self { values: Vec::new(), total: 0, random: Generator::new(setup.seed) }
    }

    fn input<'a>(_: &Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        columns.first().ok_or_else(|| internal("no column to sample"))
    }

    fn add(&mut self, setup: &Setup, input: &Self::Input<'_>, row: usize) -> Result<()> {
        let mut value = Vec::new();
        write_value(input, row, &setup.ty, &mut value)?;
        self.insert(setup, value.into());
        Ok(())
    }

    fn merge(&mut self, setup: &Setup, mut other: Self) -> Result<()> {
        let full = setup.size as u64;
        if other.total > full && self.total <= full {
            std::mem::swap(self, &mut other);
        }
        if other.total <= full {
            other.values.into_iter().for_each(|value| self.insert(setup, value));
        } else {
            self.blend(other);
        }
        Ok(())
    }

    fn write(&self, setup: &Setup, out: &mut Vec<u8>) -> Result<()> {
        write_varint(self.values.len() as u64, out);
        for value in &self.values {
            write_element(value, &setup.ty, out)?;
        }
        out.extend(self.total.to_le_bytes());
        self.random.write(out);
        Ok(())
    }

    fn read(setup: &Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let mut values = Vec::new();
        for _ in 0..bytes.varint()? {
            let mut value = Vec::new();
            read_element(bytes, &setup.ty, &mut value)?;
            values.push(value.into());
        }
        let total = u64::from_le_bytes(bytes.array()?);
        Ok(Self { values, total, random: Generator::read(bytes)? })
    }

    fn finish(setup: &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let mut builder = ColumnBuilder::new(&ChType::array(setup.ty.clone()));
        for state in states {
            let elements = builder.elements().ok_or_else(|| internal("an array without elements"))?;
            for value in &state.values {
                read_value(&mut Reader::new(value), &setup.ty, elements)?;
            }
            builder.close();
        }
        builder.finish()
    }

    fn size(&self) -> usize {
        self.values.iter().map(|value| value.len() + 16).sum()
    }
}
