//! How a table's rows of equal sorting keys are combined: the engine's kernel as storage asks for it.

use std::sync::Arc;

use arrow::array::RecordBatch;
use kinglet_sql::TableColumn;
use kinglet_sql::combine::{Combine, Engine, Stage, combination};
use kinglet_storage::{CombineStage, RowCombine, StorageError, TableDefinition};
use kinglet_types::SqlError;

/// How a table's rows are combined; `None` for engines that keep them all.
///
/// # Errors
/// `Invalid` when an option names a column that is not there.
pub(crate) fn of_table(
    definition: &TableDefinition,
    columns: &[TableColumn],
) -> Result<Option<Arc<dyn RowCombine>>, StorageError> {
    let keys: Vec<String> = definition.sorting_key.iter().chain(&definition.partition_key).cloned().collect();
    let option = |name: &str| definition.options.get(name).cloned();
    let name = definition.engine.split('(').next().unwrap_or_default();
    let combine = combination(&Engine { name, option: &option, keys: &keys }, columns);
    let combine = combine.map_err(|error| StorageError::Invalid(error.message))?;
    Ok(combine.map(|combine| Arc::new(Combining(combine)) as Arc<dyn RowCombine>))
}

#[derive(Debug)]
struct Combining(Arc<dyn Combine>);

impl RowCombine for Combining {
    fn required_columns(&self) -> Vec<usize> {
        self.0.required_columns()
    }

    fn combine(
        &self,
        rows: &RecordBatch,
        groups: &[usize],
        stage: CombineStage,
    ) -> Result<RecordBatch, StorageError> {
        let stage = match stage {
            CombineStage::Partial => Stage::Partial,
            CombineStage::Merge => Stage::Merge,
            CombineStage::Final => Stage::Final,
        };
        self.0.combine(rows, groups, stage).map_err(failed)
    }
}

fn failed(error: SqlError) -> StorageError {
    StorageError::Compute(format!("rows cannot be combined: {}", error.message))
}
