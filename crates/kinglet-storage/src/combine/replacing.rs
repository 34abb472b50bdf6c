//! ReplacingMergeTree: the last row of a key, or the one of the greatest version.

use arrow::datatypes::UInt8Type;
use arrow::record_batch::RecordBatch;

use super::{Column, ranges, take};
use crate::engine::{CombineStage, RowCombine};
use crate::error::StorageError;
use crate::table::TableDefinition;

/// Keeps one row per key: of those with the greatest version, or of all without versions, the last inserted. With a
/// column of deletions a reader does not get keys whose kept row has it set.
#[derive(Debug)]
pub struct Replacing {
    version: Option<Column>,
    is_deleted: Option<Column>,
}

impl Replacing {
    /// The combiner of a table with these engine arguments.
    ///
    /// # Errors
    /// `Invalid` if a name is not a column.
    pub fn new(
        definition: &TableDefinition,
        version: Option<&str>,
        is_deleted: Option<&str>,
    ) -> Result<Self, StorageError> {
        let find = |name| Column::find(definition, name);
        Ok(Replacing {
            version: version.map(find).transpose()?,
            is_deleted: is_deleted.map(find).transpose()?,
        })
    }
}

impl RowCombine for Replacing {
    fn required_columns(&self) -> Vec<usize> {
        self.version.iter().chain(&self.is_deleted).map(|column| column.place).collect()
    }

    fn combine(
        &self,
        rows: &RecordBatch,
        groups: &[usize],
        stage: CombineStage,
    ) -> Result<RecordBatch, StorageError> {
        let versions = self.version.as_ref().map(|version| version.sortable(rows)).transpose()?;
        let deleted = self.is_deleted.as_ref().filter(|_| stage == CombineStage::Final);
        let deleted = deleted.map(|column| column.typed::<UInt8Type>(rows, "a flag (UInt8)")).transpose()?;
        let kept = ranges(groups).filter_map(|range| match &versions {
            None => range.last(),
            // Of several greatest this gives the last.
            Some(versions) => range.max_by(|a, b| versions.row(*a).cmp(&versions.row(*b))),
        });
        let kept = kept.filter(|row| deleted.is_none_or(|deleted| deleted.value(*row) == 0));
        take(rows, kept.collect())
    }
}
