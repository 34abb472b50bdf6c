//! `groupArraySorted`: the least values in order.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef};
use arrow::row::Rows;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::array_wire::is_plain;
use super::wire::{Reader, write_varint};
use super::{Aggregate, Bound, Call, Empty, Groups, PerGroup, State};
use crate::binary::{read_value, write_value};
use crate::column_builder::ColumnBuilder;
use crate::function::result::internal;
use crate::function::{Example, Spec, comparable};

pub(super) struct GroupArraySorted;

static SPEC: Spec = Spec {
    name: "groupArraySorted",
    category: "aggregate",
    syntax: "groupArraySorted(size)(value)",
    summary: "The `size` least values in ascending order.",
    arguments: &[("size", "Whole number"), ("value", "Any type")],
    returns: "Array of the type of the value.",
    examples: &[Example { sql: "SELECT groupArraySorted(2)(5 - number) FROM numbers(5)", answer: "[1,2]" }],
    ..Spec::EMPTY
};

impl Aggregate for GroupArraySorted {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        call.expect_count(1..=1)?;
        let size = call.uint_parameter(0)?.and_then(|size| usize::try_from(size).ok()).ok_or_else(|| {
            let message = format!("Aggregate function {} needs a size as parameter", call.name);
            SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
        })?;
        Ok(Arc::new(BoundLeast { setup: (call.ty(0).clone(), size) }))
    }

    fn empty(&self) -> Empty {
        Empty::Plain
    }
}

/// Type of the values and how many are kept.
type Setup = (ChType, usize);

#[derive(Debug)]
struct BoundLeast {
    setup: Setup,
}

impl Bound for BoundLeast {
    fn result_type(&self) -> ChType {
        ChType::array(self.setup.0.clone())
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Least>::new(self.setup.clone()))
    }
}

/// A value: bytes in its order, and its binary form.
type Value = (Box<[u8]>, Box<[u8]>);

/// The least values as a heap, the greatest of them first, in the places where C++ puts them.
#[derive(Default)]
struct Least(Vec<Value>);

impl Least {
    fn insert(&mut self, size: usize, value: Value) {
        if self.0.len() < size {
            self.0.push(value);
            return self.rise(self.0.len() - 1);
        }
        if let Some(greatest) = self.0.first_mut().filter(|greatest| value.0 < greatest.0) {
            *greatest = value;
            self.sink();
        }
    }

    fn key(&self, at: usize) -> Option<&[u8]> {
        self.0.get(at).map(|(key, _)| key.as_ref())
    }

    fn rise(&mut self, mut at: usize) {
        while at > 0 && self.key((at - 1) / 2) < self.key(at) {
            self.0.swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }

    fn sink(&mut self) {
        let mut at = 0;
        loop {
            let left = 2 * at + 1;
            let child = if self.key(left) < self.key(left + 1) { left + 1 } else { left };
            if self.key(child) <= self.key(at) {
                return;
            }
            self.0.swap(at, child);
            at = child;
        }
    }
}

/// Whether a value stands in a state without a mark before it.
fn is_bare(ty: &ChType) -> bool {
    is_plain(ty) && *ty != ChType::String
}

impl State for Least {
    type Setup = Setup;
    type Input<'a> = (&'a ArrayRef, Rows);

    fn empty(_: &Setup) -> Self {
        Self::default()
    }

    fn input<'a>(_: &Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        let values = columns.first().ok_or_else(|| internal("no column to sort"))?;
        Ok((values, comparable(values, false)?))
    }

    fn add(&mut self, (ty, size): &Setup, (values, order): &Self::Input<'_>, row: usize) -> Result<()> {
        let key = order.row(row);
        if self.0.len() >= *size && self.key(0).is_none_or(|greatest| greatest <= key.as_ref()) {
            return Ok(());
        }
        let mut value = Vec::new();
        write_value(values, row, ty, &mut value)?;
        self.insert(*size, (key.as_ref().into(), value.into()));
        Ok(())
    }

    fn merge(&mut self, (_, size): &Setup, other: Self) -> Result<()> {
        other.0.into_iter().for_each(|value| self.insert(*size, value));
        Ok(())
    }

    fn write(&self, (ty, _): &Setup, out: &mut Vec<u8>) -> Result<()> {
        write_varint(self.0.len() as u64, out);
        for (_, value) in &self.0 {
            if !is_bare(ty) {
                out.push(1);
            }
            out.extend_from_slice(value);
        }
        Ok(())
    }

    fn read(setup: &Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let mut builder = ColumnBuilder::new(&setup.0);
        for _ in 0..bytes.varint()? {
            if !is_bare(&setup.0) {
                bytes.take(1)?;
            }
            read_value(bytes, &setup.0, &mut builder)?;
        }
        let columns = [builder.finish()?];
        let input = Self::input(setup, &columns)?;
        let mut read = Self::default();
        (0..input.0.len()).try_for_each(|row| read.add(setup, &input, row))?;
        Ok(read)
    }

    fn finish((ty, _): &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let mut builder = ColumnBuilder::new(&ChType::array(ty.clone()));
        for mut state in states {
            state.0.sort_by(|a, b| a.0.cmp(&b.0));
            let elements = builder.elements().ok_or_else(|| internal("an array without elements"))?;
            for (_, value) in &state.0 {
                read_value(&mut Reader::new(value), ty, elements)?;
            }
            builder.close();
        }
        builder.finish()
    }

    fn size(&self) -> usize {
        self.0.iter().map(|(key, value)| key.len() + value.len() + 32).sum()
    }
}
