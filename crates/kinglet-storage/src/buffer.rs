//! Rows that are in the log but not yet in a part.

use std::sync::{Arc, OnceLock};

use arrow::compute::concat_batches;
use arrow::datatypes::SchemaRef;
use arrow::record_batch::RecordBatch;

use crate::engine::KeyEvaluator;
use crate::error::StorageError;
use crate::merge::sort_rows;
use crate::schema::{compact, extend};

/// Rows of one table in insertion order, in few batches however many inserts there were: a new batch is joined
/// with its neighbour until that one is at least twice as large, so `n` rows are copied `log n` times.
#[derive(Clone, Debug, Default)]
pub(crate) struct RowBuffer {
    chunks: Vec<Chunk>,
    rows: usize,
    bytes: usize,
    oldest_millis: Option<u64>,
}

/// Rows in insertion order, and sorted once somebody asks.
#[derive(Clone, Debug)]
pub(crate) struct Chunk {
    rows: RecordBatch,
    sorted: Arc<OnceLock<Result<RecordBatch, StorageError>>>,
}

impl Chunk {
    fn new(rows: RecordBatch) -> Self {
        Chunk { rows, sorted: Arc::default() }
    }

    pub(crate) fn rows(&self) -> &RecordBatch {
        &self.rows
    }

    /// The rows in order of key.
    pub(crate) fn sorted(&self, keys: &dyn KeyEvaluator) -> Result<RecordBatch, StorageError> {
        self.sorted.get_or_init(|| sort_rows(&self.rows, keys)).clone()
    }
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
        while let Some(previous) = self.chunks.pop_if(|chunk| chunk.rows.num_rows() < 2 * last.num_rows()) {
            last = compact(&concat_batches(&last.schema(), [&previous.rows, &last])?)?;
        }
        self.chunks.push(Chunk::new(last));
        Ok(())
    }

    /// Forgets the first `rows` rows: they are in a part now.
    pub(crate) fn drop_front(&mut self, rows: usize) {
        let before = self.rows.max(1);
        let mut left = rows.min(self.rows);
        self.rows -= left;
        self.bytes = (self.bytes as u128 * self.rows as u128 / before as u128) as usize;
        self.chunks.retain_mut(|chunk| {
            let rows = &chunk.rows;
            let cut = left.min(rows.num_rows());
            left -= cut;
            if cut > 0 {
                *chunk = Chunk::new(rows.slice(cut, rows.num_rows() - cut));
            }
            chunk.rows.num_rows() > 0
        });
        if self.rows == 0 {
            *self = RowBuffer::default();
        }
    }

    /// Gives all rows the columns of a schema that has more at its end.
    pub(crate) fn extend(&mut self, schema: &SchemaRef) -> Result<(), StorageError> {
        for chunk in &mut self.chunks {
            *chunk = Chunk::new(extend(&chunk.rows, schema)?);
        }
        Ok(())
    }

    pub(crate) fn chunks(&self) -> &[Chunk] {
        &self.chunks
    }

    /// All rows as one batch.
    pub(crate) fn all(&self, schema: &SchemaRef) -> Result<RecordBatch, StorageError> {
        Ok(concat_batches(schema, self.chunks.iter().map(Chunk::rows))?)
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
