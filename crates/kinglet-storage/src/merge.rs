//! Merging sorted rows: for background merges, `FINAL` and reads in key order.

pub(crate) mod choose;
mod combine;
mod sort;
mod stream;
pub(crate) mod task;

use std::sync::Arc;

use arrow::record_batch::RecordBatch;

use crate::engine::{CombineStage, KeyEvaluator, RowCombine};
use crate::error::StorageError;

pub(crate) use sort::sort_rows;

/// Rows in pieces.
pub(crate) type Batches = Box<dyn Iterator<Item = Result<RecordBatch, StorageError>> + Send>;

/// Merges sources that are each sorted by key into one that is, equal keys in order of source; then combines rows
/// of equal keys. Without a sorting key the sources follow each other.
pub(crate) fn merge_sorted(
    sources: Vec<Batches>,
    keys: Arc<dyn KeyEvaluator>,
    combine: Option<(Arc<dyn RowCombine>, CombineStage)>,
    batch_rows: usize,
) -> Batches {
    let single = sources.len() < 2 && combine.is_none();
    if single || keys.key_columns().is_empty() {
        return Box::new(sources.into_iter().flatten());
    }
    let groups = combine.is_some();
    let merged = stream::MergeStream::new(sources, keys, batch_rows, groups);
    match combine {
        None => Box::new(merged.map(|merged| merged.map(|merged| merged.rows))),
        Some((combine, stage)) => Box::new(combine::Combined::new(merged, combine, stage)),
    }
}
