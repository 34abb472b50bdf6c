//! Results of queries as rows of a data source: columns by name, values converted.

use crate::error::{Error, Result};
use crate::ingest::block::Block;
use crate::ingest::column::column;
use crate::resource::Datasource;
use crate::workspace::Workspace;
use arrow::array::{ArrayRef, BooleanArray, RecordBatch, RecordBatchOptions};
use arrow::compute::take;
use arrow::datatypes::DataType;
use kinglet_sql::OutputColumn;
use kinglet_sql::conversion::{Failure, convert};
use std::sync::Arc;

impl Workspace {
    /// The rows of a query's answer as rows of a data source. Columns that the query
    /// does not have take their defaults.
    pub(crate) fn in_layout_of(
        &self,
        target: &Datasource,
        columns: &[OutputColumn],
        batch: RecordBatch,
    ) -> Result<RecordBatch> {
        check_columns(target, columns)?;
        let environment = self.environment();
        let n_rows = batch.num_rows();
        let mut arrays = Vec::with_capacity(target.columns.len());
        let mut defaults = Vec::new();
        for (at, (wanted, field)) in target.columns.iter().zip(target.definition.schema.fields()).enumerate()
        {
            let found = columns.iter().zip(batch.columns()).find(|(column, _)| column.name == wanted.name);
            let array = match found {
                Some((column, array)) => {
                    convert(array, &column.ty, &wanted.ty, Failure::Error, &environment)?
                }
                None => {
                    if wanted.default.is_some() {
                        defaults.push((at, BooleanArray::from(vec![true; n_rows])));
                    }
                    type_defaults(target, at, field.data_type(), n_rows)?
                }
            };
            arrays.push(array);
        }
        let options = RecordBatchOptions::new().with_row_count(Some(n_rows));
        let schema = target.definition.schema.clone();
        let rows = RecordBatch::try_new_with_options(schema, arrays, &options)
            .map_err(|error| Error::invalid(format!("the rows do not fit '{}': {error}", target.name)))?;
        self.with_defaults(target, Block { rows, defaults, refused: Vec::new() })
    }
}

/// # Errors
/// Kind `Invalid` for a column that the data source does not have.
pub(crate) fn check_columns(target: &Datasource, columns: &[OutputColumn]) -> Result<()> {
    let unknown = columns.iter().find(|column| target.column(&column.name).is_none());
    match unknown {
        Some(column) => Err(Error::invalid(format!(
            "the query's column '{}' is not in the target data source '{}'",
            column.name, target.name
        ))),
        None => Ok(()),
    }
}

/// `n_rows` times the type's default value.
fn type_defaults(target: &Datasource, at: usize, layout: &DataType, n_rows: usize) -> Result<ArrayRef> {
    let spec = target.columns.get(at).ok_or_else(|| Error::internal("no such column"))?;
    let mut builder = column(&spec.ty, layout).ok_or_else(|| {
        Error::invalid(format!("column '{}' of type {} must be in the query", spec.name, spec.ty))
    })?;
    builder.push_default();
    let indices: ArrayRef = Arc::new(arrow::array::UInt32Array::from(vec![0; n_rows]));
    take(&builder.finish(), &indices, None).map_err(|error| Error::internal(error.to_string()))
}
