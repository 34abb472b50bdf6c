//! Rows that are in the log but not yet in a part.

use arrow::compute::concat_batches;
use arrow::datatypes::SchemaRef;
use arrow::record_batch::RecordBatch;

use crate::error::StorageError;
use crate::schema::{compact, extend};

/// Rows of one table in insertion order, in few batches however many inserts there were: a new batch is joined
/// with its neighbour until that one is at least twice as large, so `n` rows are copied `log n` times.
#[derive(Clone, Debug, Default)]
pub(crate) struct RowBuffer {
    chunks: Vec<RecordBatch>,
    rows: usize,
    bytes: usize,
    oldest_millis: Option<u64>,
}

impl RowBuffer {
    pub(crate) fn push(
        &mut self,
        rows: RecordBatch,
        bytes: usize,
        now_millis: u64,
    ) -> Result<(), StorageError> {
        self.rows += rows.num_rows();
        self.bytes += bytes;
        self.oldest_millis.get_or_insert(now_millis);
        let mut last = rows;
        while let Some(previous) = self.chunks.pop_if(|chunk| chunk.num_rows() < 2 * last.num_rows()) {
            last = compact(&concat_batches(&previous.schema(), [&previous, &last])?)?;
        }
        self.chunks.push(last);
        Ok(())
    }

    /// Forgets the first `rows` rows: they are in a part now.
    pub(crate) fn drop_front(&mut self, rows: usize) {
        let before = self.rows.max(1);
        let mut left = rows.min(self.rows);
        self.rows -= left;
        self.bytes = (self.bytes as u128 * self.rows as u128 / before as u128) as usize;
        self.chunks.retain_mut(|chunk| {
            let cut = left.min(chunk.num_rows());
            left -= cut;
            *chunk = chunk.slice(cut, chunk.num_rows() - cut);
            chunk.num_rows() > 0
        });
        if self.rows == 0 {
            *self = RowBuffer::default();
        }
    }

    /// Gives all rows the columns of a schema that has more at its end.
    pub(crate) fn extend(&mut self, schema: &SchemaRef) -> Result<(), StorageError> {
        for chunk in &mut self.chunks {
            *chunk = extend(chunk, schema)?;
        }
        Ok(())
    }

    pub(crate) fn chunks(&self) -> &[RecordBatch] {
        &self.chunks
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    pub(crate) fn bytes(&self) -> usize {
        self.bytes
    }

    /// When the oldest row came, in milliseconds since 1970.
    pub(crate) fn oldest_millis(&self) -> Option<u64> {
        self.oldest_millis
    }
}
