//! The aggregates that answer their values as an array: `groupArray` and `groupUniqArray`.
//!
//! Values are held in ClickHouse's binary form, so that every type is collected by one piece of code.

use std::collections::HashSet;
use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::array_wire::{read_element, write_element};
use super::wire::{Reader, write_bytes, write_varint};
use super::{Bound, Call, Groups, PerGroup, State};
use crate::binary::{read_value, width, write_value};
use crate::column_builder::ColumnBuilder;
use crate::function::result::internal;

/// Binds an aggregate of one argument; the first parameter is the most values that are kept.
pub(super) fn bind(call: &Call<'_>, distinct: bool) -> Result<Arc<dyn Bound>> {
    call.expect_count(1..=1)?;
    let limit = call.uint_parameter(0)?.unwrap_or(u64::MAX);
    Ok(Arc::new(BoundCollected { setup: Setup { ty: call.ty(0).clone(), limit, distinct } }))
}

/// Type of the values, the most that are kept, and whether equal ones are kept once.
#[derive(Clone, Debug)]
pub(super) struct Setup {
    ty: ChType,
    limit: u64,
    distinct: bool,
}

#[derive(Debug)]
struct BoundCollected {
    setup: Setup,
}

impl Bound for BoundCollected {
    fn result_type(&self) -> ChType {
        // Different times are answered in the session's zone.
        match &self.setup.ty {
            ChType::DateTime(_) if self.setup.distinct => ChType::array(ChType::DateTime(None)),
            ty => ChType::array(ty.clone()),
        }
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Collected>::new(self.setup.clone()))
    }
}

/// The values of one group.
struct Collected {
    count: u64,
    bytes: Vec<u8>,
    known: HashSet<Box<[u8]>>,
}

impl Collected {
    /// Keeps one value in its binary form.
    fn keep(&mut self, setup: &Setup, value: &[u8]) {
        if self.count >= setup.limit || (setup.distinct && !self.known.insert(value.into())) {
            return;
        }
        self.bytes.extend_from_slice(value);
        self.count += 1;
    }
}

/// The first value of `bytes`, and what follows it.
fn split_value<'a>(
    bytes: &'a [u8],
    setup: &Setup,
    scratch: &mut ColumnBuilder,
) -> Result<(&'a [u8], &'a [u8])> {
    let mut reader = Reader::new(bytes);
    read_value(&mut reader, &setup.ty, scratch)?;
    Ok(bytes.split_at(bytes.len() - reader.rest().len()))
}

/// Whether different values are written as the bytes of their elements alone: arrays of narrow values.
fn is_bare(ty: &ChType) -> bool {
    ty.element().is_some_and(|element| !element.is_nullable() && width(&element).is_some())
}

fn after_count(mut value: Reader<'_>) -> Result<&[u8]> {
    value.varint()?;
    Ok(value.rest())
}

impl State for Collected {
    type Setup = Setup;
    type Input<'a> = &'a ArrayRef;

    fn empty(_: &Setup) -> Self {
        Self { count: 0, bytes: Vec::new(), known: HashSet::new() }
    }

    fn input<'a>(_: &Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        columns.first().ok_or_else(|| internal("no column to collect"))
    }

    fn add(&mut self, setup: &Setup, input: &Self::Input<'_>, row: usize) -> Result<()> {
        if self.count >= setup.limit {
            return Ok(());
        }
        let start = self.bytes.len();
        write_value(input, row, &setup.ty, &mut self.bytes)?;
        if setup.distinct && !self.known.insert(self.bytes[start..].into()) {
            self.bytes.truncate(start);
            return Ok(());
        }
        self.count += 1;
        Ok(())
    }

    fn merge(&mut self, setup: &Setup, other: Self) -> Result<()> {
        if !setup.distinct && setup.limit == u64::MAX {
            self.bytes.extend_from_slice(&other.bytes);
            self.count += other.count;
            return Ok(());
        }
        let mut builder = ColumnBuilder::new(&setup.ty);
        let mut rest = other.bytes.as_slice();
        for _ in 0..other.count {
            let (value, after) = split_value(rest, setup, &mut builder)?;
            self.keep(setup, value);
            rest = after;
        }
        Ok(())
    }

    fn write(&self, setup: &Setup, out: &mut Vec<u8>) -> Result<()> {
        write_varint(self.count, out);
        let mut builder = ColumnBuilder::new(&setup.ty);
        let mut rest = self.bytes.as_slice();
        for _ in 0..self.count {
            let (value, after) = split_value(rest, setup, &mut builder)?;
            if setup.distinct && is_bare(&setup.ty) {
                let elements = Reader::new(value);
                write_bytes(after_count(elements)?, out);
            } else {
                write_element(value, &setup.ty, out)?;
            }
            rest = after;
        }
        Ok(())
    }

    fn read(setup: &Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let mut read = Self::empty(setup);
        let mut value = Vec::new();
        for _ in 0..bytes.varint()? {
            value.clear();
            match setup.ty.element().as_ref().and_then(width) {
                Some(width) if setup.distinct && is_bare(&setup.ty) => {
                    let elements = bytes.bytes()?;
                    write_varint((elements.len() / width.max(1)) as u64, &mut value);
                    value.extend_from_slice(elements);
                }
                _ => read_element(bytes, &setup.ty, &mut value)?,
            }
            read.keep(setup, &value);
        }
        Ok(read)
    }

    fn finish(setup: &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let mut builder = ColumnBuilder::new(&ChType::array(setup.ty.clone()));
        for state in states {
            let mut bytes = Reader::new(&state.bytes);
            let elements = builder.elements().ok_or_else(|| internal("an array without elements"))?;
            for _ in 0..state.count {
                read_value(&mut bytes, &setup.ty, elements)?;
            }
            builder.close();
        }
        builder.finish()
    }

    fn size(&self) -> usize {
        self.bytes.capacity() + self.known.len() * 32
    }
}
