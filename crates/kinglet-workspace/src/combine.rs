//! Rows of equal sorting keys made fewer, as each engine of the MergeTree family does;
//! one kernel for merges and for `FINAL`.

mod collapsing;
mod folding;
mod replacing;

use arrow::array::{Array, ArrayRef, RecordBatch, UInt64Array};
use arrow::compute::take_record_batch;
use kinglet_sql::TableColumn;
use kinglet_storage::{CombineStage, RowCombine, StorageError, TableDefinition};
use std::sync::Arc;

/// How a table's rows are combined; `None` for engines that keep them all.
///
/// # Errors
/// `Invalid` when an option names a column that is not there.
pub(crate) fn of_table(
    definition: &TableDefinition,
    columns: &[TableColumn],
) -> Result<Option<Arc<dyn RowCombine>>, StorageError> {
    let engine = definition.engine.split('(').next().unwrap_or_default();
    let option = |name: &str| definition.options.get(name).map(|value| value.trim().trim_matches('`'));
    let position = |name: &str| {
        let found = columns.iter().position(|column| column.name == name);
        found
            .ok_or_else(|| StorageError::Invalid(format!("the engine's column '{name}' is not in the table")))
    };
    let optional = |name: &str| option(name).map(|column| place(column, &position)).transpose();
    let required = |name: &str| {
        let column = option(name)
            .ok_or_else(|| StorageError::Invalid(format!("the engine's option '{name}' is missing")))?;
        place(column, &position)
    };
    Ok(Some(match engine {
        "ReplacingMergeTree" => {
            Arc::new(replacing::Replacing { version: optional("ver")?, is_deleted: optional("is_deleted")? })
        }
        "CollapsingMergeTree" => Arc::new(collapsing::Collapsing { sign: required("sign")?, version: None }),
        "VersionedCollapsingMergeTree" => {
            let version = Some(required("version")?);
            Arc::new(collapsing::Collapsing { sign: required("sign")?, version })
        }
        "SummingMergeTree" => {
            let chosen: Option<Vec<&str>> = option("columns")
                .map(|list| list.trim_matches(['(', ')']).split(',').map(str::trim).collect());
            Arc::new(folding::Folding::summing(definition, columns, chosen.as_deref())?)
        }
        "AggregatingMergeTree" => Arc::new(folding::Folding::aggregating(definition, columns)?),
        _ => return Ok(None),
    }))
}

/// A column of the table: where it is, and its name.
#[derive(Clone, Debug)]
struct Place {
    at: usize,
    name: String,
}

fn place(name: &str, position: &impl Fn(&str) -> Result<usize, StorageError>) -> Result<Place, StorageError> {
    Ok(Place { at: position(name)?, name: name.to_owned() })
}

impl Place {
    fn of<'a>(&self, rows: &'a RecordBatch) -> Result<&'a ArrayRef, StorageError> {
        rows.column_by_name(&self.name).ok_or_else(|| {
            StorageError::Schema(format!("the rows to combine have no column '{}'", self.name))
        })
    }
}

/// The groups as ranges of rows.
fn ranges(groups: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    groups.iter().zip(groups.iter().skip(1)).map(|(start, end)| (*start, *end))
}

fn kept(rows: &RecordBatch, indices: Vec<u64>) -> Result<RecordBatch, StorageError> {
    Ok(take_record_batch(rows, &UInt64Array::from(indices))?)
}

/// The whole number at `row`; 0 for NULL and for what is none.
fn number_at(array: &ArrayRef, row: usize) -> i64 {
    use arrow::array::AsArray;
    use arrow::datatypes::{DataType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type};
    if row >= array.len() || array.is_null(row) {
        return 0;
    }
    match array.data_type() {
        DataType::Int8 => i64::from(array.as_primitive::<Int8Type>().value(row)),
        DataType::UInt8 => i64::from(array.as_primitive::<UInt8Type>().value(row)),
        DataType::Int16 => i64::from(array.as_primitive::<Int16Type>().value(row)),
        DataType::Int32 => i64::from(array.as_primitive::<Int32Type>().value(row)),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row),
        DataType::Boolean => i64::from(array.as_boolean().value(row)),
        _ => 0,
    }
}

/// True where rows are read, not rewritten.
fn is_final(stage: CombineStage) -> bool {
    stage == CombineStage::Final
}
