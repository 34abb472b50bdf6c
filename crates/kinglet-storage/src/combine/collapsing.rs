//! CollapsingMergeTree and VersionedCollapsingMergeTree: rows that cancel each other by sign.

use arrow::record_batch::RecordBatch;

use super::{Column, ranges, take};
use crate::engine::{CombineStage, RowCombine};
use crate::error::StorageError;
use crate::table::TableDefinition;

/// Keeps of a key the first row that cancels and the last that states, as far as they do not balance.
#[derive(Debug)]
pub struct Collapsing {
    sign: Column,
}

impl Collapsing {
    /// The combiner of a table whose sign is in this column.
    ///
    /// # Errors
    /// `Invalid` if the name is not a column.
    pub fn new(definition: &TableDefinition, sign: &str) -> Result<Self, StorageError> {
        Ok(Collapsing { sign: Column::find(definition, sign)? })
    }
}

impl RowCombine for Collapsing {
    fn required_columns(&self) -> Vec<usize> {
        vec![self.sign.place]
    }

    fn combine(
        &self,
        rows: &RecordBatch,
        groups: &[usize],
        stage: CombineStage,
    ) -> Result<RecordBatch, StorageError> {
        let positive = self.sign.positive(rows)?;
        let is_positive = |row: &usize| positive.get(*row).copied().unwrap_or(true);
        let mut kept = Vec::new();
        for range in ranges(groups) {
            let ups = range.clone().filter(is_positive).count();
            let downs = range.len() - ups;
            if ups == downs && !range.clone().last().as_ref().is_some_and(is_positive) {
                continue;
            }
            // A reader gets no rows that only cancel.
            let first_down = range.clone().find(|row| !is_positive(row));
            kept.extend(first_down.filter(|_| ups <= downs && stage != CombineStage::Final));
            kept.extend(range.rev().find(is_positive).filter(|_| ups >= downs));
        }
        take(rows, kept)
    }
}

/// Removes pairs of a row and its cancelling row of the same version, in whatever order they came.
#[derive(Debug)]
pub struct VersionedCollapsing {
    sign: Column,
    version: Column,
}

impl VersionedCollapsing {
    /// The combiner of a table with its sign and version in these columns.
    ///
    /// # Errors
    /// `Invalid` if a name is not a column.
    pub fn new(definition: &TableDefinition, sign: &str, version: &str) -> Result<Self, StorageError> {
        let find = |name| Column::find(definition, name);
        Ok(VersionedCollapsing { sign: find(sign)?, version: find(version)? })
    }
}

impl RowCombine for VersionedCollapsing {
    fn required_columns(&self) -> Vec<usize> {
        vec![self.sign.place, self.version.place]
    }

    fn combine(
        &self,
        rows: &RecordBatch,
        groups: &[usize],
        _: CombineStage,
    ) -> Result<RecordBatch, StorageError> {
        let positive = self.sign.positive(rows)?;
        let versions = self.version.sortable(rows)?;
        let mut kept: Vec<usize> = Vec::new();
        for range in ranges(groups) {
            let mut by_version: Vec<usize> = range.collect();
            by_version.sort_by(|a, b| versions.row(*a).cmp(&versions.row(*b)));
            let start = kept.len();
            for row in by_version {
                let cancels = |last: &mut usize| {
                    versions.row(*last) == versions.row(row) && positive.get(*last) != positive.get(row)
                };
                let open = kept.len() > start;
                if !(open && kept.pop_if(cancels).is_some()) {
                    kept.push(row);
                }
            }
        }
        take(rows, kept)
    }
}
