//! What the layer above injects: how keys are computed and how rows of equal keys become one.

use std::fmt;
use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray};
use arrow::record_batch::RecordBatch;

use crate::error::StorageError;
use crate::table::TableDefinition;

/// Computes the keys of a table's rows.
///
/// The rows it is given hold at least its required columns, under the table's field names, in any order.
pub trait KeyEvaluator: Send + Sync + fmt::Debug {
    /// Positions in the table of the columns it reads.
    fn required_columns(&self) -> Vec<usize>;

    /// One array per element of the sorting key. Rows are ordered by them as Arrow orders values, nulls first.
    fn sorting_key(&self, rows: &RecordBatch) -> Result<Vec<ArrayRef>, StorageError>;

    /// The partition of each row, if the table has partitions. Rows of different values never share a part.
    fn partition(&self, rows: &RecordBatch) -> Result<Option<ArrayRef>, StorageError>;

    /// For each element of the sorting key, the table's column it is, if it is just a column.
    fn key_columns(&self) -> Vec<Option<usize>>;
}

/// At which moment rows are combined: what a merge must keep, a reader may drop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CombineStage {
    /// Some rows of a key, others may follow: keep what is needed to go on.
    Partial,
    /// All rows of a key in the parts of a merge; other parts may hold more.
    Merge,
    /// All rows of a key in the table, for a reader (`FINAL`).
    Final,
}

/// Turns rows with equal sorting keys into fewer rows: the Replacing, Summing, Aggregating, Coalescing and
/// Collapsing engines.
///
/// Must be associative: combining a prefix of a group at [`CombineStage::Partial`] and then its result with the
/// rest must equal combining all at once.
pub trait RowCombine: Send + Sync + fmt::Debug {
    /// Positions in the table of the columns it reads, besides the sorting key and the columns a reader asked for.
    fn required_columns(&self) -> Vec<usize>;

    /// `rows` are sorted by key, equal keys in insertion order; group `i` is rows `groups[i]..groups[i + 1]`, and
    /// no group is empty. The columns are the required ones and those a reader asked for, under the table's field
    /// names, in any order. Returns the combined rows with the same columns, in group order.
    /// Often every group has one row: `groups.len() == rows.num_rows() + 1`.
    fn combine(
        &self,
        rows: &RecordBatch,
        groups: &[usize],
        stage: CombineStage,
    ) -> Result<RecordBatch, StorageError>;
}

/// Chooses rows, for deletions.
pub trait RowFilter: Send + Sync + fmt::Debug {
    /// True for the rows to delete; null counts as false.
    fn matches(&self, rows: &RecordBatch) -> Result<BooleanArray, StorageError>;
}

/// How a table's rows are keyed and combined.
#[derive(Clone, Debug)]
pub struct TableEngine {
    /// Computes the keys.
    pub keys: Arc<dyn KeyEvaluator>,
    /// Combines rows with equal keys; `None` keeps them all.
    pub combine: Option<Arc<dyn RowCombine>>,
}

/// Makes the engine of a table from its definition. Called once per table, when first needed.
pub trait Engines: Send + Sync + fmt::Debug {
    /// The engine of this table.
    fn engine(&self, definition: &TableDefinition) -> Result<TableEngine, StorageError>;
}

/// Engines whose keys are plain columns and which combine nothing.
#[derive(Debug, Default)]
pub struct PlainEngines;

impl Engines for PlainEngines {
    fn engine(&self, definition: &TableDefinition) -> Result<TableEngine, StorageError> {
        Ok(TableEngine { keys: Arc::new(ColumnKeys::new(definition)?), combine: None })
    }
}

/// Keys that are plain columns of the table.
#[derive(Debug)]
pub struct ColumnKeys {
    sorting: Vec<(usize, String)>,
    partition: Option<(usize, String)>,
}

impl ColumnKeys {
    /// Finds the columns that the definition's sorting and partition keys name.
    ///
    /// # Errors
    /// `Invalid` if a key is not the name of a column.
    pub fn new(definition: &TableDefinition) -> Result<Self, StorageError> {
        let column = |name: &String| {
            let found = definition.schema.fields().iter().position(|field| field.name() == name);
            let found = found.ok_or_else(|| {
                StorageError::Invalid(format!("The key '{name}' is not a column of the table"))
            })?;
            Ok((found, name.clone()))
        };
        Ok(ColumnKeys {
            sorting: definition.sorting_key.iter().map(column).collect::<Result<_, StorageError>>()?,
            partition: definition.partition_key.as_ref().map(column).transpose()?,
        })
    }
}

fn column(rows: &RecordBatch, name: &str) -> Result<ArrayRef, StorageError> {
    let column = rows.column_by_name(name).cloned();
    column.ok_or_else(|| StorageError::Schema(format!("The rows have no column '{name}'")))
}

impl KeyEvaluator for ColumnKeys {
    fn required_columns(&self) -> Vec<usize> {
        self.sorting.iter().chain(&self.partition).map(|(index, _)| *index).collect()
    }

    fn sorting_key(&self, rows: &RecordBatch) -> Result<Vec<ArrayRef>, StorageError> {
        self.sorting.iter().map(|(_, name)| column(rows, name)).collect()
    }

    fn partition(&self, rows: &RecordBatch) -> Result<Option<ArrayRef>, StorageError> {
        self.partition.as_ref().map(|(_, name)| column(rows, name)).transpose()
    }

    fn key_columns(&self) -> Vec<Option<usize>> {
        self.sorting.iter().map(|(index, _)| Some(*index)).collect()
    }
}
