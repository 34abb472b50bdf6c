//! Merging sorted rows: for background merges, `FINAL` and reads in key order.

pub(crate) mod choose;
mod combine;
mod range;
mod sort;
mod stream;
pub(crate) mod task;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use arrow::record_batch::RecordBatch;

use crate::engine::{CombineStage, KeyEvaluator, RowCombine};
use crate::error::StorageError;

pub(crate) use range::{Ranged, merge_ranged};
pub(crate) use sort::sort_rows;

/// Rows in pieces.
pub(crate) type Batches = Box<dyn Iterator<Item = Result<RecordBatch, StorageError>> + Send>;

/// What to do with rows of equal keys, and when.
#[derive(Clone, Debug)]
pub(crate) struct Combining {
    pub(crate) combine: Arc<dyn RowCombine>,
    pub(crate) stage: CombineStage,
    /// Turns false when a key is given more than one row.
    pub(crate) unique: Arc<AtomicBool>,
}

impl Combining {
    pub(crate) fn new(combine: Arc<dyn RowCombine>, stage: CombineStage) -> Self {
        Combining { combine, stage, unique: Arc::new(AtomicBool::new(true)) }
    }
}

/// Merges sources that are each sorted by key into one that is, equal keys in order of source; then combines rows
/// of equal keys. Without a sorting key the sources follow each other, and all rows have equal keys.
pub(crate) fn merge_sorted(
    sources: Vec<Batches>,
    keys: Arc<dyn KeyEvaluator>,
    combining: Option<Combining>,
    batch_rows: usize,
) -> Batches {
    if combining.is_none() && (sources.len() < 2 || keys.key_columns().is_empty()) {
        return Box::new(sources.into_iter().flatten());
    }
    let merged = stream::MergeStream::new(sources, keys, batch_rows, combining.is_some());
    match combining {
        None => Box::new(merged.map(|merged| merged.map(|merged| merged.rows))),
        Some(combining) => Box::new(combine::Combined::new(merged, combining)),
    }
}
