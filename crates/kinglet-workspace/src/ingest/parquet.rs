//! Parquet files, whole, as blocks of a table's layout.

use super::block::Block;
use super::cast::cast;
use super::quarantine::{RefusedRow, text_of};
use super::target::{Target, TargetColumn};
use crate::error::{Error, Result};
use arrow::array::{
    Array, ArrayRef, BooleanArray, RecordBatch, RecordBatchOptions, StructArray, new_null_array,
};
use arrow::buffer::NullBuffer;
use arrow::datatypes::{DataType, Field};
use bytes::Bytes;
use kinglet_datafile::PathStep;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The blocks of a Parquet file.
pub(crate) struct ParquetReader {
    target: Arc<Target>,
    batches: ParquetRecordBatchReader,
    rows_before: usize,
}

/// Opens a file, checking that it is whole.
pub(crate) fn open(file: Bytes, block_rows: usize) -> Result<ParquetRecordBatchReader> {
    if !file.starts_with(b"PAR1") {
        return Err(broken("it does not begin with 'PAR1'"));
    }
    if file.len() < 12 || !file.ends_with(b"PAR1") {
        return Err(broken("its end is missing: the file was cut off"));
    }
    ParquetRecordBatchReaderBuilder::try_new(file)
        .and_then(|builder| builder.with_batch_size(block_rows).build())
        .map_err(|error| broken(&error.to_string()))
}

fn broken(reason: &str) -> Error {
    Error::invalid(format!("the body is not a readable Parquet file: {reason}"))
}

impl ParquetReader {
    /// # Errors
    /// Kind `Invalid` when the file is not a whole Parquet file, or has none of the
    /// table's columns.
    pub(crate) fn new(file: Bytes, target: Arc<Target>, block_rows: usize) -> Result<Self> {
        let batches = open(file, block_rows)?;
        let schema = arrow::array::RecordBatchReader::schema(&batches);
        let found =
            |column: &TargetColumn| first_key(column).is_some_and(|key| schema.field_with_name(key).is_ok());
        if !target.columns.iter().any(found) {
            let names: Vec<&str> = schema.fields().iter().map(|f| f.name().as_str()).collect();
            return Err(Error::invalid(format!(
                "the Parquet file has none of the data source's columns; it has: {}",
                names.join(", ")
            )));
        }
        Ok(ParquetReader { target, batches, rows_before: 0 })
    }

    /// The next block; `None` at the end.
    pub(crate) fn next_block(&mut self) -> Result<Option<Block>> {
        let Some(batch) = self.batches.next() else {
            return Ok(None);
        };
        let batch = batch.map_err(|error| broken(&error.to_string()))?;
        let mut arrays = Vec::with_capacity(self.target.columns.len());
        let mut defaults = Vec::new();
        let mut refused = BTreeMap::new();
        let target = self.target.clone();
        let sources: Vec<Option<ArrayRef>> =
            target.columns.iter().map(|column| locate(&batch, column)).collect();
        for (at, (column, field)) in target.columns.iter().zip(target.schema.fields()).enumerate() {
            let source = sources.get(at).cloned().flatten();
            let missing = source.is_none();
            let source = source.unwrap_or_else(|| new_null_array(&DataType::Null, batch.num_rows()));
            let cast = cast(&source, &column.ty, field.data_type()).map_err(|reason| {
                let (name, ty, row) = (&column.name, &column.ty, self.rows_before + 1);
                Error::invalid(format!("rows from {row}, column '{name}' of type {ty}: {reason}"))
            })?;
            let ready = without_nulls(cast.array, &source, column, field, missing)?;
            for row in cast.refused.into_iter().chain(ready.refused) {
                let value = text_of(&source, row).unwrap_or_default();
                let row: &mut RefusedRow = refused.entry(row).or_default();
                row.errors.push((Some(at), target.refusal(at, &value)));
            }
            if let Some(absent) = ready.absent {
                defaults.push((at, absent));
            }
            arrays.push(ready.array);
        }
        self.rows_before += batch.num_rows();
        for (row, refused) in &mut refused {
            refused.values = sources.iter().map(|source| text_of(source.as_ref()?, *row)).collect();
        }
        let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        let rows = RecordBatch::try_new_with_options(target.schema.clone(), arrays, &options)
            .map_err(|error| Error::invalid(error.to_string()))?;
        let (places, refused): (Vec<usize>, Vec<RefusedRow>) = refused.into_iter().unzip();
        Block { rows, defaults, refused }.without(&places).map(Some)
    }
}

/// A column with values for its nulls.
struct Ready {
    array: ArrayRef,
    /// Rows that take the `DEFAULT` expression.
    absent: Option<BooleanArray>,
    /// Rows that have no value though they must.
    refused: Vec<usize>,
}

/// The array with values for its nulls, where the column is not nullable. `source` is what
/// it was cast from.
fn without_nulls(
    array: ArrayRef,
    source: &ArrayRef,
    column: &TargetColumn,
    field: &Field,
    missing: bool,
) -> Result<Ready> {
    let Some(nulls) = array.logical_nulls().filter(|nulls| nulls.null_count() > 0) else {
        return Ok(Ready { array, absent: None, refused: Vec::new() });
    };
    let absent = column.default.is_some().then(|| BooleanArray::new(!nulls.inner(), None));
    if field.is_nullable() {
        return Ok(Ready { array, absent, refused: Vec::new() });
    }
    let mut refused = Vec::new();
    if absent.is_none() && !missing {
        let given = source.logical_nulls();
        let is_null = |row: &usize| given.as_ref().is_some_and(|nulls| nulls.is_null(*row));
        refused = (0..nulls.len()).filter(is_null).collect();
    }
    Ok(Ready { array: filled(&array, column, field, &nulls)?, absent, refused })
}

/// The array with the type's default value in place of nulls.
fn filled(array: &ArrayRef, column: &TargetColumn, field: &Field, nulls: &NullBuffer) -> Result<ArrayRef> {
    let internal = |error: arrow::error::ArrowError| Error::internal(error.to_string());
    let mut builder = super::column::column(&column.ty, field.data_type()).ok_or_else(|| {
        Error::invalid(format!("column '{}' of type {} cannot be filled from files", column.name, column.ty))
    })?;
    builder.push_default();
    let default = arrow::array::Scalar::new(builder.finish());
    let mask = BooleanArray::new(nulls.inner().clone(), None);
    arrow::compute::kernels::zip::zip(&mask, array, &default).map_err(internal)
}

fn first_key(column: &TargetColumn) -> Option<&str> {
    match &column.path {
        None => Some(&column.name),
        Some(path) => match path.steps.first() {
            Some(PathStep::Key(key)) => Some(key),
            _ => None,
        },
    }
}

/// The file's column at a path of keys, through structs.
fn locate(batch: &RecordBatch, column: &TargetColumn) -> Option<ArrayRef> {
    let mut array = batch.column_by_name(first_key(column)?)?.clone();
    let steps = column.path.as_ref().map_or([].as_slice(), |path| &path.steps);
    for step in steps.iter().skip(1) {
        match step {
            PathStep::Key(key) => {
                let parent = array.as_any().downcast_ref::<StructArray>()?;
                let child = parent.column_by_name(key)?.clone();
                array = with_parent_nulls(child, parent.nulls())?;
            }
            PathStep::All => {}
            PathStep::Index(_) => return None,
        }
    }
    Some(array)
}

fn with_parent_nulls(child: ArrayRef, parent: Option<&NullBuffer>) -> Option<ArrayRef> {
    if parent.is_none() || child.data_type() == &DataType::Null {
        return Some(child);
    }
    let nulls = NullBuffer::union(child.nulls(), parent);
    let data = child.to_data().into_builder().nulls(nulls).build().ok()?;
    Some(arrow::array::make_array(data))
}

/// The columns of a file, and whether they have nulls, as far as its statistics tell.
pub(crate) fn fields(file: Bytes) -> Result<Vec<(Arc<Field>, bool)>> {
    let broken = |error: parquet::errors::ParquetError| broken(&error.to_string());
    open(file.clone(), 1)?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(broken)?;
    let metadata = builder.metadata().clone();
    let leaves = metadata.file_metadata().schema_descr_ptr();
    let mut fields = Vec::new();
    for (at, field) in builder.schema().fields().iter().enumerate() {
        let columns = (0..leaves.num_columns()).filter(|leaf| leaves.get_column_root_idx(*leaf) == at);
        let has_nulls = field.is_nullable()
            && columns.clone().any(|leaf| {
                metadata.row_groups().iter().any(|group| {
                    let statistics = group.columns().get(leaf).and_then(|column| column.statistics());
                    statistics.and_then(|found| found.null_count_opt()) != Some(0)
                })
            });
        fields.push((field.clone(), has_nulls));
    }
    Ok(fields)
}
