//! Sorting and partition keys of tables, computed by the query engine.

use arrow::array::{ArrayRef, RecordBatch};
use kinglet_sql::{Environment, RowExpression, TableColumn};
use kinglet_storage::{ColumnKeys, Engines, KeyEvaluator, StorageError, TableDefinition, TableEngine};
use kinglet_types::{ChType, SqlError};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Makes tables' engines.
#[derive(Debug, Default)]
pub(crate) struct SqlEngines;

impl Engines for SqlEngines {
    fn engine(&self, definition: &TableDefinition) -> Result<TableEngine, StorageError> {
        // Plain columns need no expressions.
        let keys: Arc<dyn KeyEvaluator> = match ColumnKeys::new(definition) {
            Ok(plain) => Arc::new(plain),
            Err(_) => Arc::new(ExpressionKeys::new(definition)?),
        };
        let columns = table_columns(definition)?;
        let combine = crate::combine::of_table(definition, &columns)?;
        let expiry = crate::expiry::of_table(definition, &columns);
        Ok(TableEngine { keys, combine, expiry, indexes: crate::skip_index::of_table(definition) })
    }
}

/// Keys that are expressions over the table's columns.
#[derive(Debug)]
struct ExpressionKeys {
    sorting: Vec<RowExpression>,
    partition: Option<RowExpression>,
    /// For each element of the sorting key, its column, where it is just one.
    columns: Vec<Option<usize>>,
    names: Vec<String>,
}

impl ExpressionKeys {
    fn new(definition: &TableDefinition) -> Result<ExpressionKeys, StorageError> {
        let columns = table_columns(definition)?;
        let environment = Environment::default();
        let bind = |text: &String| {
            RowExpression::bind(text, &columns, &environment).map_err(|error| {
                StorageError::Invalid(format!("the key '{text}' cannot be computed: {}", error.message))
            })
        };
        let position = |text: &String| columns.iter().position(|column| column.name == *text);
        Ok(ExpressionKeys {
            sorting: definition.sorting_key.iter().map(bind).collect::<Result<_, _>>()?,
            partition: definition.partition_key.as_ref().map(bind).transpose()?,
            columns: definition.sorting_key.iter().map(position).collect(),
            names: columns.into_iter().map(|column| column.name).collect(),
        })
    }

    /// The rows with all columns of the table, as expressions want them; those that no
    /// key reads are left out by name, so any column may stand in.
    fn whole(&self, rows: &RecordBatch) -> Result<RecordBatch, StorageError> {
        let schema = rows.schema();
        let places = self.names.iter().map(|name| schema.index_of(name).unwrap_or(0));
        rows.project(&places.collect::<Vec<_>>()).map_err(StorageError::from)
    }
}

/// The columns of a table with the ClickHouse types that its definition carries.
fn table_columns(definition: &TableDefinition) -> Result<Vec<TableColumn>, StorageError> {
    let damaged =
        |what: String| StorageError::Invalid(format!("the table's column types are damaged: {what}"));
    let types: Vec<(String, String)> =
        serde_json::from_str(&definition.extra).map_err(|error| damaged(error.to_string()))?;
    types
        .into_iter()
        .map(|(name, ty)| {
            let ty = ChType::parse(&ty).map_err(|error| damaged(error.message))?;
            Ok(TableColumn::new(name, ty))
        })
        .collect()
}

fn failed(error: SqlError) -> StorageError {
    StorageError::Compute(format!("a key cannot be computed: {}", error.message))
}

impl KeyEvaluator for ExpressionKeys {
    fn required_columns(&self) -> Vec<usize> {
        let all = self.sorting.iter().chain(&self.partition);
        let used: BTreeSet<usize> = all.flat_map(|key| key.columns_used().to_vec()).collect();
        used.into_iter().collect()
    }

    fn sorting_key(&self, rows: &RecordBatch) -> Result<Vec<ArrayRef>, StorageError> {
        let rows = self.whole(rows)?;
        self.sorting.iter().map(|key| key.evaluate(&rows).map_err(failed)).collect()
    }

    fn partition(&self, rows: &RecordBatch) -> Result<Option<ArrayRef>, StorageError> {
        let Some(partition) = &self.partition else {
            return Ok(None);
        };
        partition.evaluate(&self.whole(rows)?).map(Some).map_err(failed)
    }

    fn key_columns(&self) -> Vec<Option<usize>> {
        self.columns.clone()
    }
}
