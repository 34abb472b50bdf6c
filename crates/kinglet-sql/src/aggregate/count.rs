//! `count`: number of rows, or of values that are not NULL.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, BinaryViewBuilder, UInt64Array};
use kinglet_types::{ChType, Result};

use super::wire::{Reader, write_varint};
use super::{Aggregate, Bound, Call, Empty, Groups, Nulls, Rows};
use crate::function::result::internal;
use crate::function::{Case, Example, Spec};

pub(super) struct Count;

static SPEC: Spec = Spec {
    name: "count",
    case: Case::Insensitive,
    category: "aggregate",
    syntax: "count() or count(value)",
    summary: "Number of rows, or of rows in which the value is not NULL.",
    arguments: &[("value", "Any type")],
    returns: "UInt64, 0 for no rows.",
    examples: &[
        Example { sql: "SELECT count() FROM numbers(3)", answer: "3" },
        Example { sql: "SELECT count(nullIf(number, 1)) FROM numbers(3)", answer: "2" },
    ],
    ..Spec::EMPTY
};

impl Aggregate for Count {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        call.expect_count(0..=1)?;
        call.expect_no_parameters()?;
        // Variant and Dynamic hold NULL as a value like any other.
        Ok(Arc::new(BoundCount { every: call.ty(0).is_tagged() }))
    }

    // ClickHouse counts non-NULL values with the same state as plain `count()`.
    fn nulls(&self) -> Nulls {
        Nulls::Own
    }

    fn empty(&self) -> Empty {
        Empty::Default
    }
}

#[derive(Debug)]
struct BoundCount {
    every: bool,
}

impl Bound for BoundCount {
    fn result_type(&self) -> ChType {
        ChType::UInt64
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(Counts { counts: Vec::new(), every: self.every })
    }
}

struct Counts {
    counts: Vec<u64>,
    /// Whether NULLs count too.
    every: bool,
}

impl Counts {
    fn first(&mut self, count: usize) -> Vec<u64> {
        self.counts.resize(self.counts.len().max(count), 0);
        let rest = self.counts.split_off(count);
        std::mem::replace(&mut self.counts, rest)
    }

    fn add(&mut self, group: usize, count: u64) {
        if let Some(have) = self.counts.get_mut(group) {
            *have = have.wrapping_add(count);
        }
    }
}

impl Groups for Counts {
    fn update(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.counts.resize(self.counts.len().max(rows.total), 0);
        let nulls = rows.columns.first().and_then(|column| column.logical_nulls());
        let Some(nulls) = nulls.filter(|nulls| nulls.null_count() > 0 && !self.every) else {
            rows.count(&mut self.counts);
            return Ok(());
        };
        rows.each(|row, group| {
            if nulls.is_valid(row) {
                self.add(group, 1);
            }
            Ok(())
        })
    }

    fn merge(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.counts.resize(self.counts.len().max(rows.total), 0);
        let bytes = rows.column(0)?.as_binary_view_opt().ok_or_else(|| internal("states are bytes"))?;
        rows.each(|row, group| {
            if bytes.is_valid(row) {
                self.add(group, Reader::new(bytes.value(row)).varint()?);
            }
            Ok(())
        })
    }

    fn finish(&mut self, count: usize) -> Result<ArrayRef> {
        Ok(Arc::new(UInt64Array::from(self.first(count))))
    }

    fn states(&mut self, count: usize) -> Result<ArrayRef> {
        let mut builder = BinaryViewBuilder::new();
        let mut bytes = Vec::new();
        for value in self.first(count) {
            bytes.clear();
            write_varint(value, &mut bytes);
            builder.append_value(&bytes);
        }
        Ok(Arc::new(builder.finish()))
    }

    fn state_length(&self, bytes: &[u8]) -> Result<usize> {
        let mut reader = Reader::new(bytes);
        reader.varint()?;
        Ok(bytes.len() - reader.rest().len())
    }

    fn accumulate(&mut self) -> bool {
        super::sum::prefixed(&mut self.counts, u64::wrapping_add);
        true
    }

    fn len(&self) -> usize {
        self.counts.len()
    }

    fn size(&self) -> usize {
        self.counts.capacity() * size_of::<u64>()
    }
}
