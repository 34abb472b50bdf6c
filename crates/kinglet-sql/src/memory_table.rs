//! Tables whose rows are in memory, or are computed.

use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions, UInt64Array};
use arrow::datatypes::{Schema, SchemaRef};
use futures::StreamExt;
use futures::stream::{self, BoxStream};
use kinglet_types::{ChType, Result};

use crate::arrow_field;
use crate::catalog::{ScanRequest, Table, TableColumn};
use crate::function::result::internal;

/// A table of batches.
#[derive(Debug)]
pub struct MemoryTable {
    columns: Vec<TableColumn>,
    batches: Vec<RecordBatch>,
}

impl MemoryTable {
    /// A table of these columns; batches hold all of them in order, in the layout of [`crate::arrow_type`].
    pub fn new(columns: Vec<TableColumn>, batches: Vec<RecordBatch>) -> Self {
        Self { columns, batches }
    }

    /// The Arrow schema of columns under their names.
    pub fn schema(columns: &[TableColumn]) -> SchemaRef {
        Arc::new(Schema::new(columns.iter().map(|c| arrow_field(&c.name, &c.ty)).collect::<Vec<_>>()))
    }
}

impl Table for MemoryTable {
    fn columns(&self) -> &[TableColumn] {
        &self.columns
    }

    fn row_count(&self) -> Option<u64> {
        Some(self.batches.iter().map(|batch| batch.num_rows() as u64).sum())
    }

    fn scan(&self, request: &ScanRequest) -> Result<BoxStream<'static, Result<RecordBatch>>> {
        let batches: Vec<RecordBatch> = self
            .batches
            .iter()
            .map(|batch| batch.project(&request.projection).map_err(internal))
            .collect::<Result<_>>()?;
        // Large batches in slices, so that no operator holds the thread for long.
        let slices = batches.into_iter().flat_map(|batch| {
            let rows = batch.num_rows();
            (0..rows.div_ceil(SLICE).max(1)).map(move |at| {
                Ok(batch.slice((at * SLICE).min(rows), SLICE.min(rows - (at * SLICE).min(rows))))
            })
        });
        Ok(stream::iter(slices).boxed())
    }
}

/// Rows per batch.
pub(crate) const SLICE: usize = 8_192;

/// Numbers in arithmetic progression: `numbers`, `generate_series`.
#[derive(Debug)]
pub(crate) struct Numbers {
    columns: Vec<TableColumn>,
    start: u64,
    step: u64,
    count: u64,
}

impl Numbers {
    pub(crate) fn new(name: &str, start: u64, step: u64, count: u64) -> Self {
        Self { columns: vec![TableColumn::new(name, ChType::UInt64)], start, step, count }
    }
}

impl Table for Numbers {
    fn columns(&self) -> &[TableColumn] {
        &self.columns
    }

    fn engine(&self) -> &str {
        "SystemNumbers"
    }

    fn row_count(&self) -> Option<u64> {
        Some(self.count)
    }

    fn scan(&self, request: &ScanRequest) -> Result<BoxStream<'static, Result<RecordBatch>>> {
        let (start, step) = (self.start, self.step);
        let count = request.limit.map_or(self.count, |limit| self.count.min(limit as u64));
        let schema = MemoryTable::schema(if request.projection.is_empty() { &[] } else { &self.columns });
        let batches = (0..count.div_ceil(SLICE as u64)).map(move |batch| {
            let first = batch * SLICE as u64;
            let rows = (count - first).min(SLICE as u64);
            let columns: Vec<ArrayRef> = if schema.fields().is_empty() {
                Vec::new()
            } else {
                let value = |row: u64| start.wrapping_add((first + row).wrapping_mul(step));
                vec![Arc::new(UInt64Array::from_iter_values((0..rows).map(value)))]
            };
            let options = RecordBatchOptions::new().with_row_count(Some(rows as usize));
            RecordBatch::try_new_with_options(Arc::clone(&schema), columns, &options).map_err(internal)
        });
        Ok(stream::iter(batches).boxed())
    }
}
