//! CoalescingMergeTree: of each column the last value that is not null.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, UInt64Array};
use arrow::compute::take;
use arrow::record_batch::RecordBatch;

use super::{Column, ranges};
use crate::engine::{CombineStage, RowCombine};
use crate::error::StorageError;
use crate::table::TableDefinition;

/// Keeps one row per key; each of its columns has the last value that is not null.
#[derive(Debug)]
pub struct Coalescing {
    /// The columns that coalesce; none means all. The others have their first value.
    columns: Vec<Column>,
}

impl Coalescing {
    /// The combiner of a table in which these columns coalesce; with none, all do.
    ///
    /// # Errors
    /// `Invalid` if a name is not a column.
    pub fn new(definition: &TableDefinition, columns: &[&str]) -> Result<Self, StorageError> {
        let columns = columns.iter().map(|name| Column::find(definition, name));
        Ok(Coalescing { columns: columns.collect::<Result<_, _>>()? })
    }

    fn column(&self, name: &str, column: &ArrayRef, groups: &[usize]) -> Result<ArrayRef, StorageError> {
        let coalesces = self.columns.is_empty() || self.columns.iter().any(|column| column.name == name);
        let row = |range: std::ops::Range<usize>| {
            let last = range.clone().rev().find(|row| column.is_valid(*row));
            if coalesces { last.unwrap_or(range.start) } else { range.start }
        };
        let places: UInt64Array = ranges(groups).map(|range| row(range) as u64).collect();
        Ok(take(column, &places, None)?)
    }
}

impl RowCombine for Coalescing {
    fn required_columns(&self) -> Vec<usize> {
        Vec::new()
    }

    fn combine(
        &self,
        rows: &RecordBatch,
        groups: &[usize],
        _: CombineStage,
    ) -> Result<RecordBatch, StorageError> {
        if groups.len() == rows.num_rows() + 1 {
            return Ok(rows.clone());
        }
        let schema = rows.schema();
        let columns = schema.fields().iter().zip(rows.columns());
        let columns = columns.map(|(field, column)| self.column(field.name(), column, groups));
        Ok(RecordBatch::try_new(Arc::clone(&schema), columns.collect::<Result<_, _>>()?)?)
    }
}
