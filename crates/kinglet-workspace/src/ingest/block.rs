//! A block under construction: one column builder per column of the target.

use super::column::{Column, column};
use super::target::Target;
use crate::error::{Error, Result};
use arrow::array::{BooleanArray, BooleanBufferBuilder, RecordBatch, RecordBatchOptions};
use std::sync::Arc;

/// Rows of a finished block, and which of their values are still to be computed.
pub(crate) struct Block {
    /// The rows, in the target's layout.
    pub(crate) rows: RecordBatch,
    /// Columns with rows that take their `DEFAULT` expression, and those rows.
    pub(crate) defaults: Vec<(usize, BooleanArray)>,
}

/// Collects rows, value by value. After a failure the rows of the block are lost.
pub(crate) struct BlockBuilder {
    target: Arc<Target>,
    columns: Vec<Box<dyn Column>>,
    defaulted: Vec<Option<BooleanBufferBuilder>>,
    n_rows: usize,
}

impl BlockBuilder {
    /// # Errors
    /// Kind `Invalid` when a column's type cannot be ingested.
    pub(crate) fn new(target: Arc<Target>) -> Result<BlockBuilder> {
        let mut columns = Vec::with_capacity(target.columns.len());
        for (spec, field) in target.columns.iter().zip(target.schema.fields()) {
            columns.push(column(&spec.ty, field.data_type()).ok_or_else(|| {
                let (name, ty) = (&spec.name, &spec.ty);
                Error::invalid(format!("column '{name}' of type {ty} cannot be filled from files or events"))
            })?);
        }
        let defaulted = target.columns.iter().map(|_| None).collect();
        Ok(BlockBuilder { target, columns, defaulted, n_rows: 0 })
    }

    /// The columns to read into.
    pub(crate) fn target(&self) -> &Arc<Target> {
        &self.target
    }

    /// Rows ended so far.
    pub(crate) fn n_rows(&self) -> usize {
        self.n_rows
    }

    /// The builder of a column.
    pub(crate) fn column(&mut self, at: usize) -> Option<&mut dyn Column> {
        self.columns.get_mut(at).map(|column| &mut **column as _)
    }

    /// Leaves a column of the current row out: NULL, or its `DEFAULT`, or, when
    /// `forgiving`, its type's default. False when the row may not leave it out.
    pub(crate) fn leave_out(&mut self, at: usize, forgiving: bool) -> bool {
        let Some(spec) = self.target.columns.get(at) else {
            return false;
        };
        if spec.default.is_some() {
            let n_rows = self.n_rows;
            if let Some(slot) = self.defaulted.get_mut(at) {
                let mask = slot.get_or_insert_with(|| BooleanBufferBuilder::new(0));
                mask.append_n(n_rows.saturating_sub(mask.len()), false);
                mask.append(true);
            }
        } else if !spec.may_be_missing() && !forgiving {
            return false;
        }
        if let Some(column) = self.columns.get_mut(at) {
            column.push_default();
        }
        true
    }

    /// Ends the current row: every column has got one more value.
    pub(crate) fn end_row(&mut self) {
        self.n_rows += 1;
    }

    /// Takes the rows, leaving the builder empty.
    pub(crate) fn finish(&mut self) -> Result<Block> {
        let n_rows = std::mem::take(&mut self.n_rows);
        let arrays = self.columns.iter_mut().map(|c| c.finish()).collect();
        let options = RecordBatchOptions::new().with_row_count(Some(n_rows));
        let schema = self.target.schema.clone();
        let rows = RecordBatch::try_new_with_options(schema, arrays, &options)
            .map_err(|error| Error::internal(format!("a block came out uneven: {error}")))?;
        let mut defaults = Vec::new();
        for (at, slot) in self.defaulted.iter_mut().enumerate() {
            if let Some(mut mask) = slot.take() {
                mask.append_n(n_rows.saturating_sub(mask.len()), false);
                defaults.push((at, BooleanArray::new(mask.finish(), None)));
            }
        }
        Ok(Block { rows, defaults })
    }
}
