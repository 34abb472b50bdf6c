//! Reading a table: an iterator of record batches that decodes what it gives, when it gives it.

mod estimate;
mod narrowing;
mod prepare;
mod request;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arrow::datatypes::SchemaRef;
use arrow::record_batch::RecordBatch;

use crate::error::StorageError;
use crate::merge::Batches;

pub use estimate::ReadEstimate;
pub(crate) use estimate::estimate;
pub use narrowing::Narrowing;
pub(crate) use prepare::prepare;

pub use request::{Bound, ColumnFilter, KeyFilter, ScanRequest, TextTest, ValueTest, words};

/// What a scan has read so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScanStatistics {
    /// Parts in the table.
    pub parts_total: u64,
    /// Parts with granules to read.
    pub parts_read: u64,
    /// Granules in the table's parts.
    pub granules_total: u64,
    /// Granules read so far, at least in part.
    pub granules_read: u64,
    /// Rows given so far.
    pub rows_read: u64,
    /// Rows read so far but left out, as they do not meet the request's conditions.
    pub rows_left_out: u64,
    /// Bytes in memory of the columns read so far, about.
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
    pub(crate) rows_left_out: AtomicU64,
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
            rows_left_out: get(&self.rows_left_out),
            bytes_read: get(&self.bytes_read),
            disk_bytes: get(&self.disk_bytes),
        }
    }
}

pub(crate) fn count(counter: &AtomicU64, by: u64) {
    counter.fetch_add(by, Ordering::Relaxed);
}

/// An iterator over the batches of a table. It holds open what it needs, so it is synchronous; drop it to stop.
pub struct Scan {
    schema: SchemaRef,
    rows: Batches,
    /// Columns of `rows` to give, if it has more.
    give: Option<Vec<usize>>,
    left: usize,
    counters: Arc<ScanCounters>,
    narrowing: Arc<Narrowing>,
}

impl fmt::Debug for Scan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scan").field("statistics", &self.counters.get()).finish_non_exhaustive()
    }
}

impl Scan {
    /// Columns of the batches.
    pub fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// Counters that go on counting while the scan runs.
    pub fn counters(&self) -> &Arc<ScanCounters> {
        &self.counters
    }

    /// A way to leave out more granules while the scan runs.
    pub fn narrowing(&self) -> &Arc<Narrowing> {
        &self.narrowing
    }

    /// What has been read so far.
    pub fn statistics(&self) -> ScanStatistics {
        self.counters.get()
    }

    fn step(&mut self) -> Result<Option<RecordBatch>, StorageError> {
        if self.left == 0 {
            return Ok(None);
        }
        let Some(mut batch) = self.rows.next().transpose()? else { return Ok(None) };
        if let Some(give) = &self.give {
            batch = batch.project(give)?;
        }
        if batch.num_rows() > self.left {
            batch = batch.slice(0, self.left);
        }
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
