//! Handing whole groups of equal keys to a table's row combiner.

use std::sync::atomic::Ordering;

use arrow::compute::concat_batches;
use arrow::record_batch::RecordBatch;

use super::Combining;
use super::stream::{MergeStream, Merged};
use crate::engine::CombineStage;
use crate::error::StorageError;

/// Rows of one key held back before they are combined in part, so that a key with very many rows takes no more
/// memory than this.
const MOST_HELD_ROWS: usize = 65_536;

/// Merged rows, combined.
pub(crate) struct Combined {
    merged: MergeStream,
    combining: Combining,
    /// The rows of the last key so far: more may come.
    held: Option<RecordBatch>,
    ended: bool,
}

impl Combined {
    pub(crate) fn new(merged: MergeStream, combining: Combining) -> Self {
        Combined { merged, combining, held: None, ended: false }
    }

    fn combine(&self, rows: &RecordBatch, groups: &[usize]) -> Result<RecordBatch, StorageError> {
        let combined = self.combining.combine.combine(rows, groups, self.combining.stage)?;
        if combined.num_rows() >= groups.len() {
            self.combining.unique.store(false, Ordering::Relaxed);
        }
        Ok(combined)
    }

    fn step(&mut self) -> Result<Option<RecordBatch>, StorageError> {
        loop {
            if self.ended {
                return Ok(None);
            }
            let combined = match self.merged.next().transpose()? {
                Some(merged) => self.take(merged)?,
                None => {
                    self.ended = true;
                    match self.held.take() {
                        Some(held) => Some(self.combine(&held, &[0, held.num_rows()])?),
                        None => None,
                    }
                }
            };
            if let Some(rows) = combined.filter(|rows| rows.num_rows() > 0) {
                return Ok(Some(rows));
            }
        }
    }

    /// Combines the groups that are whole now and holds back the last.
    fn take(&mut self, merged: Merged) -> Result<Option<RecordBatch>, StorageError> {
        let Merged { rows, starts } = merged;
        let held = self.held.take();
        let before = held.as_ref().map_or(0, RecordBatch::num_rows);
        let mut groups = if before > 0 { vec![0] } else { Vec::new() };
        groups.extend(starts.iter().map(|start| start + before));
        let rows = match held {
            Some(held) => concat_batches(&rows.schema(), [&held, &rows])?,
            None => rows,
        };
        let last = groups.last().copied().unwrap_or(0);
        self.hold(rows.slice(last, rows.num_rows() - last))?;
        if groups.len() < 2 {
            return Ok(None);
        }
        self.combine(&rows.slice(0, last), &groups).map(Some)
    }

    fn hold(&mut self, rows: RecordBatch) -> Result<(), StorageError> {
        let count = rows.num_rows();
        self.held = Some(match count > MOST_HELD_ROWS {
            true => self.combining.combine.combine(&rows, &[0, count], CombineStage::Partial)?,
            false => rows,
        });
        Ok(())
    }
}

impl Iterator for Combined {
    type Item = Result<RecordBatch, StorageError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step().transpose()
    }
}
