//! Rows of equal sorting keys made fewer, as each engine of the MergeTree family does; one kernel for merges and
//! for `FINAL`.

mod collapsing;
mod folding;
mod replacing;

use std::fmt::Debug;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, RecordBatch, UInt64Array};
use arrow::compute::take_record_batch;
use kinglet_types::{ErrorCode, Result, SqlError};

use crate::TableColumn;
use crate::function::result::internal;

/// Makes rows of equal keys fewer.
pub trait Combine: Debug + Send + Sync {
    /// Positions in the table of the columns it reads, besides the sorting key and the columns a reader asked for.
    fn required_columns(&self) -> Vec<usize>;

    /// `rows` are sorted by key, equal keys in insertion order; group `i` is rows `groups[i]..groups[i + 1]`, and
    /// no group is empty. The columns are the required ones and those a reader asked for, under their names, in any
    /// order. Answers the combined rows with the same columns, in group order.
    ///
    /// # Errors
    /// When a column is missing or its values cannot be combined.
    fn combine(&self, rows: &RecordBatch, groups: &[usize], stage: Stage) -> Result<RecordBatch>;
}

/// When rows are combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Some rows of a key, others may follow: what is needed to go on is kept.
    Partial,
    /// All rows of a key in the parts of a merge; other parts may hold more.
    Merge,
    /// All rows of a key in the table, for a reader (`FINAL`).
    Final,
}

/// A table's engine: its name, its options and the columns of its sorting and partition keys.
#[derive(Clone, Copy)]
pub struct Engine<'a> {
    /// `ReplacingMergeTree`, `SummingMergeTree`, ..
    pub name: &'a str,
    /// The value of an option: `ver`, `is_deleted`, `sign`, `version`, `columns`.
    pub option: &'a dyn Fn(&str) -> Option<String>,
    /// Names of key columns, which are never combined.
    pub keys: &'a [String],
}

impl Engine<'_> {
    fn is_key(&self, name: &str) -> bool {
        self.keys.iter().any(|key| key == name)
    }
}

/// How a table's rows are combined; `None` for engines that keep them all.
///
/// # Errors
/// 36 when an option is missing or names a column that is not there.
pub fn combination(engine: &Engine<'_>, columns: &[TableColumn]) -> Result<Option<Arc<dyn Combine>>> {
    let optional = |name: &str| {
        (engine.option)(name).map(|column| place(column.trim().trim_matches('`'), columns)).transpose()
    };
    let required = |name: &str| {
        let missing = || invalid(format!("the engine's option '{name}' is missing"));
        optional(name)?.ok_or_else(missing)
    };
    let list = (engine.option)("columns");
    let chosen: Option<Vec<&str>> = list.as_deref().map(|list| {
        list.trim().trim_matches(['(', ')']).split(',').map(|name| name.trim().trim_matches('`')).collect()
    });
    Ok(Some(match engine.name {
        "ReplacingMergeTree" => {
            Arc::new(replacing::Replacing { version: optional("ver")?, is_deleted: optional("is_deleted")? })
        }
        "CollapsingMergeTree" => Arc::new(collapsing::Collapsing { sign: required("sign")?, version: None }),
        "VersionedCollapsingMergeTree" => {
            let version = Some(required("version")?);
            Arc::new(collapsing::Collapsing { sign: required("sign")?, version })
        }
        "SummingMergeTree" => Arc::new(folding::Folding::summing(engine, columns, chosen.as_deref())),
        "AggregatingMergeTree" => Arc::new(folding::Folding::aggregating(engine, columns)),
        "CoalescingMergeTree" => Arc::new(folding::Folding::coalescing(engine, columns, chosen.as_deref())),
        _ => return Ok(None),
    }))
}

fn invalid(message: String) -> SqlError {
    SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
}

/// A column of the table: where it is, and its name.
#[derive(Clone, Debug)]
struct Place {
    at: usize,
    name: String,
}

fn place(name: &str, columns: &[TableColumn]) -> Result<Place> {
    let at = columns.iter().position(|column| column.name == name);
    let at = at.ok_or_else(|| invalid(format!("the engine's column '{name}' is not in the table")))?;
    Ok(Place { at, name: name.to_owned() })
}

impl Place {
    fn of<'a>(&self, rows: &'a RecordBatch) -> Result<&'a ArrayRef> {
        rows.column_by_name(&self.name)
            .ok_or_else(|| internal(format!("the rows to combine have no column '{}'", self.name)))
    }
}

/// The groups as ranges of rows.
fn ranges(groups: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    groups.iter().zip(groups.iter().skip(1)).map(|(start, end)| (*start, *end))
}

fn kept(rows: &RecordBatch, indices: Vec<u64>) -> Result<RecordBatch> {
    take_record_batch(rows, &UInt64Array::from(indices)).map_err(internal)
}

/// The whole number at `row`; 0 for NULL and for what is none.
fn number_at(array: &ArrayRef, row: usize) -> i64 {
    if row >= array.len() || array.is_null(row) { 0 } else { crate::text::int_at(array, row) }
}

/// True where rows are read, not rewritten.
fn is_final(stage: Stage) -> bool {
    stage == Stage::Final
}
