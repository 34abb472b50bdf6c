//! Reading a table: an iterator of record batches that decodes what it gives, when it gives it.

mod request;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arrow::datatypes::SchemaRef;
use arrow::record_batch::RecordBatch;

use crate::catalog::Table;
use crate::error::StorageError;

pub use request::{Bound, ColumnFilter, KeyFilter, ScanRequest, ValueTest};

/// What a scan has read so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScanStatistics {
    /// Parts in the table.
    pub parts_total: u64,
    /// Parts with granules to read.
    pub parts_read: u64,
    /// Granules in the table's parts.
    pub granules_total: u64,
    /// Granules given so far.
    pub granules_read: u64,
    /// Rows given so far.
    pub rows_read: u64,
    /// Bytes of the given rows in memory.
    pub bytes_read: u64,
    /// Bytes read from the disk.
    pub disk_bytes: u64,
}

/// Counters of a running scan, to look at from outside.
#[derive(Debug, Default)]
pub struct ScanCounters {
    pub(crate) parts_total: AtomicU64,
    pub(crate) parts_read: AtomicU64,
    pub(crate) granules_total: AtomicU64,
    pub(crate) granules_read: AtomicU64,
    pub(crate) rows_read: AtomicU64,
    pub(crate) bytes_read: AtomicU64,
    pub(crate) disk_bytes: AtomicU64,
}

impl ScanCounters {
    /// The figures now.
    pub fn get(&self) -> ScanStatistics {
        let get = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        ScanStatistics {
            parts_total: get(&self.parts_total),
            parts_read: get(&self.parts_read),
            granules_total: get(&self.granules_total),
            granules_read: get(&self.granules_read),
            rows_read: get(&self.rows_read),
            bytes_read: get(&self.bytes_read),
            disk_bytes: get(&self.disk_bytes),
        }
    }
}

pub(crate) fn count(counter: &AtomicU64, by: u64) {
    counter.fetch_add(by, Ordering::Relaxed);
}

/// An iterator over the batches of a table. It holds open what it needs, so it is synchronous; drop it to stop.
#[derive(Debug)]
pub struct Scan {
    schema: SchemaRef,
    projection: Vec<usize>,
    source: std::vec::IntoIter<RecordBatch>,
    left: usize,
    counters: Arc<ScanCounters>,
}

impl Scan {
    pub(crate) fn new(table: &Table, request: &ScanRequest) -> Result<Self, StorageError> {
        let all = &table.definition.schema;
        let projection = request.projection.clone().unwrap_or_else(|| (0..all.fields().len()).collect());
        Ok(Scan {
            schema: Arc::new(all.project(&projection)?),
            projection,
            source: table.buffer.chunks().to_vec().into_iter(),
            left: request.limit.unwrap_or(usize::MAX),
            counters: Arc::default(),
        })
    }

    /// Columns of the batches.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// Counters that go on counting while the scan runs.
    pub fn counters(&self) -> &Arc<ScanCounters> {
        &self.counters
    }

    fn step(&mut self) -> Result<Option<RecordBatch>, StorageError> {
        if self.left == 0 {
            return Ok(None);
        }
        let Some(batch) = self.source.next() else { return Ok(None) };
        let batch = batch.project(&self.projection)?;
        let batch = batch.slice(0, batch.num_rows().min(self.left));
        self.left -= batch.num_rows();
        count(&self.counters.rows_read, batch.num_rows() as u64);
        Ok(Some(batch))
    }
}

impl Iterator for Scan {
    type Item = Result<RecordBatch, StorageError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step().transpose()
    }
}
