//! A block under construction: one column builder per column of the target. Rows with
//! values that are refused are left out of the block and told beside it.

use super::column::{Column, column};
use super::quarantine::RefusedRow;
use super::target::Target;
use crate::error::{Error, Result};
use arrow::array::{AsArray, BooleanArray, BooleanBufferBuilder, RecordBatch, RecordBatchOptions};
use arrow::compute::{filter, filter_record_batch};
use std::sync::Arc;

/// Rows of a finished block, and which of their values are still to be computed.
pub(crate) struct Block {
    /// The rows, in the target's layout.
    pub(crate) rows: RecordBatch,
    /// Columns with rows that take their `DEFAULT` expression, and those rows.
    pub(crate) defaults: Vec<(usize, BooleanArray)>,
    /// Rows that the table does not take, in order.
    pub(crate) refused: Vec<RefusedRow>,
}

impl Block {
    /// The block without the rows at `places`, which are in order.
    pub(crate) fn without(self, places: &[usize]) -> Result<Block> {
        if places.is_empty() {
            return Ok(self);
        }
        let mut kept = BooleanBufferBuilder::new(self.rows.num_rows());
        kept.append_n(self.rows.num_rows(), true);
        for place in places.iter().filter(|place| **place < self.rows.num_rows()) {
            kept.set_bit(*place, false);
        }
        let kept = BooleanArray::new(kept.finish(), None);
        let internal = |error: arrow::error::ArrowError| Error::internal(error.to_string());
        let rows = filter_record_batch(&self.rows, &kept).map_err(internal)?;
        let mut defaults = Vec::with_capacity(self.defaults.len());
        for (column, mask) in self.defaults {
            defaults.push((column, filter(&mask, &kept).map_err(internal)?.as_boolean().clone()));
        }
        Ok(Block { rows, defaults, refused: self.refused })
    }
}

/// Collects rows, value by value.
pub(crate) struct BlockBuilder {
    target: Arc<Target>,
    columns: Vec<Box<dyn Column>>,
    defaulted: Vec<Option<BooleanBufferBuilder>>,
    n_rows: usize,
    /// The current row, once something in it was refused.
    refusal: Option<RefusedRow>,
    /// Places of rows to leave out, and the rows.
    refused: Vec<(usize, RefusedRow)>,
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
        Ok(BlockBuilder { target, columns, defaulted, n_rows: 0, refusal: None, refused: Vec::new() })
    }

    /// The columns to read into.
    pub(crate) fn target(&self) -> &Arc<Target> {
        &self.target
    }

    /// Rows ended so far, with those that were refused.
    pub(crate) fn n_rows(&self) -> usize {
        self.n_rows
    }

    /// The builder of a column.
    pub(crate) fn column(&mut self, at: usize) -> Option<&mut dyn Column> {
        self.columns.get_mut(at).map(|column| &mut **column as _)
    }

    /// Leaves a column of the current row out: NULL, or its `DEFAULT`, or its type's
    /// default. False when the row may not leave it out and this is not `forgiving`.
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
        }
        let allowed = spec.may_be_missing() || forgiving;
        if let Some(column) = self.columns.get_mut(at) {
            column.push_default();
        }
        allowed
    }

    /// Refuses the current row for a column's value.
    pub(crate) fn refuse_value(&mut self, column: usize, value: &[u8]) {
        let text = self.target.refusal(column, value);
        self.refuse(Some(column), text);
    }

    /// Refuses the current row.
    pub(crate) fn refuse(&mut self, column: Option<usize>, text: String) {
        self.refusal.get_or_insert_default().errors.push((column, text));
    }

    /// Refuses the current row as one that cannot be taken apart.
    pub(crate) fn refuse_malformed(&mut self, text: String) {
        let refusal = self.refusal.get_or_insert_default();
        refusal.errors = vec![(None, text)];
        refusal.is_malformed = true;
    }

    /// Ends the current row: every column has got one more value. `values` tells the texts
    /// of a row that was refused.
    pub(crate) fn end_row(&mut self, values: impl FnOnce() -> Vec<Option<Vec<u8>>>) {
        if let Some(mut refusal) = self.refusal.take() {
            refusal.values = values();
            self.refused.push((self.n_rows, refusal));
        }
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
        let (places, refused): (Vec<usize>, Vec<RefusedRow>) =
            std::mem::take(&mut self.refused).into_iter().unzip();
        Block { rows, defaults, refused }.without(&places)
    }
}
