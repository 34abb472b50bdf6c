//! What the layer above injects: how keys are computed and how rows of equal keys become one.

use std::fmt;
use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, Int64Array};
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

/// Ends the life of rows and of single values: the table's `TTL`. Merges apply it; readers see what is left.
pub trait RowExpiry: Send + Sync + fmt::Debug {
    /// The rule as text. Parts remember by which rule they were judged.
    fn rule(&self) -> &str;

    /// When each row next loses something, in milliseconds since 1970; null for never. `rows` holds all columns of
    /// the table, in its order.
    fn due(&self, rows: &RecordBatch) -> Result<Int64Array, StorageError>;

    /// What is left of the rows at this time, in the same order.
    fn expire(&self, rows: &RecordBatch, now_millis: i64) -> Result<RecordBatch, StorageError>;
}

/// How a table's rows are keyed, combined, indexed and expired.
#[derive(Clone, Debug)]
pub struct TableEngine {
    /// Computes the keys.
    pub keys: Arc<dyn KeyEvaluator>,
    /// Combines rows with equal keys; `None` keeps them all.
    pub combine: Option<Arc<dyn RowCombine>>,
    /// Ends the life of rows; `None` keeps them for ever.
    pub expiry: Option<Arc<dyn RowExpiry>>,
    /// What new parts are indexed by, besides the bounds of every column.
    pub indexes: Vec<SkipIndex>,
}

impl TableEngine {
    /// Rows with these keys, all kept as they are.
    pub fn new(keys: Arc<dyn KeyEvaluator>) -> Self {
        TableEngine { keys, combine: None, expiry: None, indexes: Vec::new() }
    }
}

/// A data-skipping index on one column. It is made for new parts only; parts without it are read.
#[derive(Clone, Debug, PartialEq)]
pub struct SkipIndex {
    /// Position of the column in the table.
    pub column: usize,
    /// Granules that one entry speaks for; at least one.
    pub granularity: usize,
    /// What an entry holds.
    pub kind: SkipIndexKind,
}

/// What an entry of a [`SkipIndex`] holds. (Least and greatest value, `minmax`, are kept of every column anyway.)
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SkipIndexKind {
    /// The values, unless there are more than `most` (`set(most)`, 0 for any number).
    Set {
        /// Values of an entry at most.
        most: usize,
    },
    /// A Bloom filter of the values (`bloom_filter(p)`).
    Bloom {
        /// Share of absent values that it takes for present.
        false_positives: f64,
    },
    /// A Bloom filter of every stretch of so many characters of a string (`ngrambf_v1(n, bytes, ...)`).
    Ngrams {
        /// Characters of a stretch.
        length: usize,
        /// Size of the filter.
        bytes: usize,
    },
    /// A Bloom filter of the words of a string (`tokenbf_v1(bytes, ...)`).
    Tokens {
        /// Size of the filter.
        bytes: usize,
    },
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
        Ok(TableEngine::new(Arc::new(ColumnKeys::new(definition)?)))
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
