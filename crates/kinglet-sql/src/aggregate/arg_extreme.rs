//! `argMin` and `argMax`: the argument at the least or greatest value.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryViewBuilder, BooleanArray};
use kinglet_types::{ChType, Result};

use super::keep::Kept;
use super::single_value::Choice;
use super::wire::Reader;
use super::{Bound, Call, Groups, Rows};
use crate::function::result::internal;

/// Binds an aggregate of an argument and a value.
pub(super) fn bind(call: &Call<'_>, choice: Choice) -> Result<Arc<dyn Bound>> {
    call.expect_count(2..=2)?;
    call.expect_no_parameters()?;
    call.expect_ordered(1)?;
    Kept::new(call.ty(0))?;
    Kept::new(call.ty(1))?;
    Ok(Arc::new(BoundArg { argument: call.ty(0).clone(), value: call.ty(1).clone(), choice }))
}

#[derive(Debug)]
struct BoundArg {
    argument: ChType,
    value: ChType,
    choice: Choice,
}

impl Bound for BoundArg {
    fn result_type(&self) -> ChType {
        self.argument.clone()
    }

    fn groups(&self) -> Box<dyn Groups> {
        match ArgValues::new(&self.argument, &self.value, self.choice) {
            Ok(held) => Box::new(held),
            Err(error) => Box::new(super::refused::Refused(error)),
        }
    }
}

pub(super) struct ArgValues {
    argument: Kept,
    value: Kept,
    choice: Choice,
}

impl ArgValues {
    /// No groups yet.
    ///
    /// # Errors
    /// 49 for a type that cannot be kept.
    pub(super) fn new(argument: &ChType, value: &ChType, choice: Choice) -> Result<Self> {
        Ok(Self { argument: Kept::new(argument)?, value: Kept::new(value)?, choice })
    }

    /// Arguments and values of the first `count` groups, which are removed.
    ///
    /// # Errors
    /// 49 when they cannot be read back.
    pub(super) fn both(&mut self, count: usize) -> Result<(ArrayRef, ArrayRef)> {
        Ok((self.argument.first(count)?.0, self.value.first(count)?.0))
    }

    fn add(&mut self, rows: &Rows<'_>, arguments: &ArrayRef, values: &ArrayRef) -> Result<()> {
        let argument = self.argument.load(arguments)?;
        let value = self.value.load(values)?;
        rows.each(|row, group| {
            if self.choice.replaces(&self.value, group, &value, row) {
                self.value.set(group, &value, row);
                self.argument.set(group, &argument, row);
            }
            Ok(())
        })
    }
}

impl Groups for ArgValues {
    fn update(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.argument.grow(rows.total);
        self.value.grow(rows.total);
        self.add(rows, rows.column(0)?, rows.column(1)?)
    }

    fn merge(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.argument.grow(rows.total);
        self.value.grow(rows.total);
        let states = rows.column(0)?.as_binary_view_opt().ok_or_else(|| internal("states are bytes"))?;
        let (mut arguments, mut values) = (self.argument.builder(), self.value.builder());
        let mut there = Vec::with_capacity(states.len());
        for row in 0..states.len() {
            if states.is_null(row) {
                arguments.append_default();
                values.append_default();
                there.push(false);
                continue;
            }
            let mut bytes = Reader::new(states.value(row));
            let has_argument = self.argument.read(&mut bytes, &mut arguments)?;
            there.push(self.value.read(&mut bytes, &mut values)? && has_argument);
        }
        let there: ArrayRef = Arc::new(BooleanArray::from(there));
        let filter = super::if_condition::condition(&there, rows.filter)?;
        let (arguments, values) = (arguments.finish()?, values.finish()?);
        self.add(&Rows { filter: Some(&filter), ..*rows }, &arguments, &values)
    }

    fn finish(&mut self, count: usize) -> Result<ArrayRef> {
        self.value.first(count)?;
        Ok(self.argument.first(count)?.0)
    }

    fn states(&mut self, count: usize) -> Result<ArrayRef> {
        let (arguments, has_argument) = self.argument.first(count)?;
        let (values, has_value) = self.value.first(count)?;
        let mut builder = BinaryViewBuilder::with_capacity(count);
        let mut bytes = Vec::new();
        for row in 0..count {
            bytes.clear();
            self.argument.write(&arguments, has_argument.value(row), row, &mut bytes)?;
            self.value.write(&values, has_value.value(row), row, &mut bytes)?;
            builder.append_value(&bytes);
        }
        Ok(Arc::new(builder.finish()))
    }

    fn state_length(&self, bytes: &[u8]) -> Result<usize> {
        let mut reader = Reader::new(bytes);
        self.argument.read(&mut reader, &mut self.argument.builder())?;
        self.value.read(&mut reader, &mut self.value.builder())?;
        Ok(bytes.len() - reader.rest().len())
    }

    fn len(&self) -> usize {
        self.value.len()
    }

    fn size(&self) -> usize {
        self.argument.size() + self.value.size()
    }
}
