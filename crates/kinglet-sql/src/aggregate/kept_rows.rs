//! Aggregates that are computed from all rows of a group at once.
//!
//! The state is the rows themselves in ClickHouse's binary form of values, after their number, unless ClickHouse
//! writes something else: then a [`Codec`] makes rows into its bytes and back.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::Debug;
use std::ops::Range;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, Float64Array};
use kinglet_types::{ChType, Result};

use super::wire::{Reader, write_varint};
use super::{Bound, Groups, PerGroup, State};
use crate::Environment;
use crate::binary::{read_value, write_value};
use crate::column_builder::ColumnBuilder;
use crate::conversion::{Failure, convert};

/// What is computed of the rows.
pub(super) trait OverRows: Debug + Send + Sync {
    /// Type of the answer.
    fn result_type(&self) -> ChType;

    /// The answers: one per range of rows of the columns.
    ///
    /// # Errors
    /// When one cannot be computed.
    fn finish(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef>;

    /// How ClickHouse writes the state, where it does not write the rows.
    fn codec(&self) -> Option<&dyn Codec> {
        None
    }
}

/// ClickHouse's bytes of the rows of a group.
pub(super) trait Codec {
    /// Appends the state of `rows` rows.
    ///
    /// # Errors
    /// When the columns are not laid out as bound.
    fn write(&self, columns: &[ArrayRef], rows: usize, out: &mut Vec<u8>) -> Result<()>;

    /// Appends rows that have the state at the front of `bytes`, one builder per column; answers how many.
    ///
    /// # Errors
    /// When the bytes are no such state.
    fn read(&self, bytes: &mut Reader<'_>, out: &mut [ColumnBuilder]) -> Result<u64>;
}

/// The aggregate of `answer` over rows of `types`; equal rows are kept once where `distinct`.
pub(super) fn bound(types: &[ChType], answer: Arc<dyn OverRows>, distinct: bool) -> Arc<dyn Bound> {
    let types: Arc<[ChType]> = types.into();
    Arc::new(BoundRows { setup: Setup { given: Arc::clone(&types), types, answer, distinct } })
}

/// The aggregate of `answer` over rows that come as `given` and are kept as `types`.
pub(super) fn bound_as(given: &[ChType], types: Vec<ChType>, answer: Arc<dyn OverRows>) -> Arc<dyn Bound> {
    Arc::new(BoundRows { setup: Setup { given: given.into(), types: types.into(), answer, distinct: false } })
}

#[derive(Clone, Debug)]
struct Setup {
    /// Types of the arguments.
    given: Arc<[ChType]>,
    /// Types of what is kept of them.
    types: Arc<[ChType]>,
    answer: Arc<dyn OverRows>,
    distinct: bool,
}

#[derive(Debug)]
struct BoundRows {
    setup: Setup,
}

impl Bound for BoundRows {
    fn result_type(&self) -> ChType {
        self.setup.answer.result_type()
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<KeptRows>::new(self.setup.clone()))
    }
}

/// The rows of one group.
#[derive(Default)]
struct KeptRows {
    count: u64,
    bytes: Vec<u8>,
    known: HashSet<Box<[u8]>>,
}

impl KeptRows {
    /// Takes back the row that starts at `start` if it is known.
    fn close(&mut self, setup: &Setup, start: usize) {
        let row = self.bytes.get(start..).unwrap_or_default();
        if setup.distinct && !self.known.insert(row.into()) {
            self.bytes.truncate(start);
        } else {
            self.count += 1;
        }
    }
}

impl State for KeptRows {
    type Setup = Setup;
    type Input<'a> = Cow<'a, [ArrayRef]>;

    fn empty(_: &Setup) -> Self {
        Self::default()
    }

    fn input<'a>(setup: &Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        if setup.given == setup.types {
            return Ok(Cow::Borrowed(columns));
        }
        let types = setup.given.iter().zip(setup.types.iter());
        let converted = columns.iter().zip(types).map(|(column, (from, to))| {
            if from == to {
                return Ok(Arc::clone(column));
            }
            if *to == ChType::Float64 {
                return Ok(Arc::new(Float64Array::from(super::family::numbers(column, from)?)) as ArrayRef);
            }
            // Rows that are left out may hold NULLs.
            let nullable = |ty: &ChType| ty.clone().nullable_if(column.null_count() > 0);
            convert(column, &nullable(from), &nullable(to), Failure::Error, &Environment::default())
        });
        Ok(Cow::Owned(converted.collect::<Result<_>>()?))
    }

    fn add(&mut self, setup: &Setup, columns: &Self::Input<'_>, row: usize) -> Result<()> {
        let start = self.bytes.len();
        for (column, ty) in columns.iter().zip(setup.types.iter()) {
            write_value(column, row, ty, &mut self.bytes)?;
        }
        self.close(setup, start);
        Ok(())
    }

    fn merge(&mut self, setup: &Setup, other: Self) -> Result<()> {
        if !setup.distinct {
            self.bytes.extend_from_slice(&other.bytes);
            self.count += other.count;
            return Ok(());
        }
        let mut builders = builders(setup);
        let mut rest = other.bytes.as_slice();
        for _ in 0..other.count {
            let mut reader = Reader::new(rest);
            read_row(&mut reader, setup, &mut builders)?;
            let (row, after) = rest.split_at(rest.len() - reader.rest().len());
            let start = self.bytes.len();
            self.bytes.extend_from_slice(row);
            self.close(setup, start);
            rest = after;
        }
        Ok(())
    }

    fn write(&self, setup: &Setup, out: &mut Vec<u8>) -> Result<()> {
        if let Some(codec) = setup.answer.codec() {
            let mut builders = builders(setup);
            let mut bytes = Reader::new(&self.bytes);
            for _ in 0..self.count {
                read_row(&mut bytes, setup, &mut builders)?;
            }
            let columns = builders.into_iter().map(ColumnBuilder::finish).collect::<Result<Vec<_>>>()?;
            return codec.write(&columns, self.count as usize, out);
        }
        write_varint(self.count, out);
        out.extend_from_slice(&self.bytes);
        Ok(())
    }

    fn read(setup: &Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        if let Some(codec) = setup.answer.codec() {
            let mut builders = builders(setup);
            let count = codec.read(bytes, &mut builders)?;
            let columns = builders.into_iter().map(ColumnBuilder::finish).collect::<Result<Vec<_>>>()?;
            let mut read = Self::default();
            for row in 0..count as usize {
                read.add(setup, &Cow::Borrowed(columns.as_slice()), row)?;
            }
            return Ok(read);
        }
        let count = bytes.varint()?;
        let mut builders = builders(setup);
        let before = bytes.rest();
        for _ in 0..count {
            read_row(bytes, setup, &mut builders)?;
        }
        let rows = before.get(..before.len() - bytes.rest().len()).unwrap_or_default();
        let mut read = Self::default();
        read.merge(setup, Self { count, bytes: rows.to_vec(), known: HashSet::new() })?;
        Ok(read)
    }

    fn finish(setup: &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let mut builders = builders(setup);
        let mut groups = Vec::with_capacity(states.len());
        let mut end = 0;
        for state in states {
            let mut bytes = Reader::new(&state.bytes);
            for _ in 0..state.count {
                read_row(&mut bytes, setup, &mut builders)?;
            }
            groups.push(end..end + state.count as usize);
            end += state.count as usize;
        }
        let columns = builders.into_iter().map(ColumnBuilder::finish).collect::<Result<Vec<_>>>()?;
        setup.answer.finish(&columns, &groups)
    }

    fn size(&self) -> usize {
        self.bytes.capacity() + self.known.len() * 32
    }
}

fn builders(setup: &Setup) -> Vec<ColumnBuilder> {
    setup.types.iter().map(ColumnBuilder::new).collect()
}

fn read_row(bytes: &mut Reader<'_>, setup: &Setup, builders: &mut [ColumnBuilder]) -> Result<()> {
    builders.iter_mut().zip(setup.types.iter()).try_for_each(|(out, ty)| read_value(bytes, ty, out))
}

/// The group of each row.
pub(super) fn group_numbers(groups: &[Range<usize>]) -> Vec<usize> {
    groups.iter().enumerate().flat_map(|(at, rows)| std::iter::repeat_n(at, rows.len())).collect()
}
