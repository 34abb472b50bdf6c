//! Aggregates that are computed from all rows of a group at once.
//!
//! The state is the rows themselves in ClickHouse's binary form of values, after their number.

use std::collections::HashSet;
use std::fmt::Debug;
use std::ops::Range;
use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::wire::{Reader, write_varint};
use super::{Bound, Groups, PerGroup, State};
use crate::binary::{read_value, write_value};
use crate::column_builder::ColumnBuilder;

/// What is computed of the rows.
pub(super) trait OverRows: Debug + Send + Sync {
    /// Type of the answer.
    fn result_type(&self) -> ChType;

    /// The answers: one per range of rows of the columns.
    ///
    /// # Errors
    /// When one cannot be computed.
    fn finish(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef>;
}

/// The aggregate of `answer` over rows of `types`; equal rows are kept once where `distinct`.
pub(super) fn bound(types: &[ChType], answer: Arc<dyn OverRows>, distinct: bool) -> Arc<dyn Bound> {
    Arc::new(BoundRows { setup: Setup { types: types.into(), answer, distinct } })
}

#[derive(Clone, Debug)]
struct Setup {
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
    type Input<'a> = &'a [ArrayRef];

    fn empty(_: &Setup) -> Self {
        Self::default()
    }

    fn input<'a>(_: &Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        Ok(columns)
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
        let mut builders: Vec<ColumnBuilder> = setup.types.iter().map(ColumnBuilder::new).collect();
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

    fn write(&self, _: &Setup, out: &mut Vec<u8>) -> Result<()> {
        write_varint(self.count, out);
        out.extend_from_slice(&self.bytes);
        Ok(())
    }

    fn read(setup: &Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let count = bytes.varint()?;
        let mut builders: Vec<ColumnBuilder> = setup.types.iter().map(ColumnBuilder::new).collect();
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
        let mut builders: Vec<ColumnBuilder> = setup.types.iter().map(ColumnBuilder::new).collect();
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

fn read_row(bytes: &mut Reader<'_>, setup: &Setup, builders: &mut [ColumnBuilder]) -> Result<()> {
    builders.iter_mut().zip(setup.types.iter()).try_for_each(|(out, ty)| read_value(bytes, ty, out))
}

/// The group of each row.
pub(super) fn group_numbers(groups: &[Range<usize>]) -> Vec<usize> {
    groups.iter().enumerate().flat_map(|(at, rows)| std::iter::repeat_n(at, rows.len())).collect()
}
