//! Answers as Parquet files.

use crate::error::{Error, Result};
use arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use kinglet_sql::{OutputColumn, arrow_field};
use kinglet_types::ChType;
use parquet::arrow::ArrowWriter;
use std::collections::HashMap;
use std::sync::Arc;

/// Key of a field's ClickHouse type.
const TYPE_KEY: &str = "clickhouse_type";

/// The fields of an answer; `String` is text.
fn schema(columns: &[OutputColumn]) -> SchemaRef {
    let fields = columns.iter().map(|column| {
        let field = arrow_field(&column.name, &column.ty);
        let is_text = column.ty.bare() == &ChType::String;
        let ty = if is_text { DataType::Utf8View } else { field.data_type().clone() };
        let metadata = HashMap::from([(TYPE_KEY.to_owned(), column.ty.to_string())]);
        Field::new(&column.name, ty, field.is_nullable()).with_metadata(metadata)
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

fn in_schema(batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch> {
    let arrays: Vec<ArrayRef> = batch
        .columns()
        .iter()
        .zip(schema.fields())
        .map(|(array, field)| {
            if array.data_type() == field.data_type() {
                return array.clone();
            }
            // Bytes that are not UTF-8 stay bytes nowhere else than in other formats.
            cast(array, field.data_type()).unwrap_or_else(|_| array.clone())
        })
        .collect();
    let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    RecordBatch::try_new_with_options(schema.clone(), arrays, &options)
        .map_err(|error| Error::invalid(format!("the answer does not fit this format: {error}")))
}

fn internal(error: impl std::fmt::Display) -> Error {
    Error::internal(format!("the answer cannot be written: {error}"))
}

/// A Parquet file being written.
pub(crate) struct ParquetFile {
    schema: SchemaRef,
    writer: Option<ArrowWriter<Vec<u8>>>,
}

impl ParquetFile {
    pub(super) fn new(columns: &[OutputColumn]) -> Result<ParquetFile> {
        let schema = schema(columns);
        let writer = ArrowWriter::try_new(Vec::new(), schema.clone(), None).map_err(internal)?;
        Ok(ParquetFile { schema, writer: Some(writer) })
    }

    /// Adds rows.
    pub(super) fn add(&mut self, batch: &RecordBatch) -> Result<()> {
        let batch = in_schema(batch, &self.schema)?;
        match &mut self.writer {
            Some(writer) => writer.write(&batch).map_err(internal),
            None => Ok(()),
        }
    }

    /// Ends the file, and appends all of it.
    pub(super) fn finish(&mut self, out: &mut Vec<u8>) -> Result<()> {
        if let Some(writer) = self.writer.take() {
            out.extend(writer.into_inner().map_err(internal)?);
        }
        Ok(())
    }
}
