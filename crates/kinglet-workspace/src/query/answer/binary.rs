//! Parquet files and Arrow streams. ClickHouse types are told in field metadata.

use super::{Figures, Format, Layout};
use crate::error::{Error, Result};
use arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::ipc::writer::StreamWriter;
use kinglet_sql::arrow_field;
use kinglet_types::ChType;
use parquet::arrow::ArrowWriter;
use std::collections::HashMap;
use std::sync::Arc;

/// Key of a field's ClickHouse type.
const TYPE_KEY: &str = "clickhouse.type";

/// The fields of an answer; `texts` says whether `String` is text (else bytes).
fn schema(layout: &Layout, texts: bool) -> SchemaRef {
    let fields = layout.columns.iter().map(|column| {
        let field = arrow_field(&column.name, &column.ty);
        let is_text = texts && column.ty.bare() == &ChType::String;
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

/// A Parquet file.
pub(super) struct Parquet {
    schema: SchemaRef,
    writer: Option<ArrowWriter<Vec<u8>>>,
}

impl Parquet {
    pub(super) fn new(layout: &Layout) -> Result<Parquet> {
        let schema = schema(layout, true);
        let writer = ArrowWriter::try_new(Vec::new(), schema.clone(), None).map_err(internal)?;
        Ok(Parquet { schema, writer: Some(writer) })
    }
}

impl Format for Parquet {
    fn begin(&mut self, _: &mut Vec<u8>) -> Result<()> {
        Ok(())
    }

    fn rows(&mut self, batch: &RecordBatch, _: &mut Vec<u8>) -> Result<()> {
        let batch = in_schema(batch, &self.schema)?;
        match &mut self.writer {
            Some(writer) => writer.write(&batch).map_err(internal),
            None => Ok(()),
        }
    }

    fn end(&mut self, _: &Figures, out: &mut Vec<u8>) -> Result<()> {
        if let Some(writer) = self.writer.take() {
            out.extend(writer.into_inner().map_err(internal)?);
        }
        Ok(())
    }
}

/// An Arrow IPC stream.
pub(super) struct ArrowStream {
    schema: SchemaRef,
    writer: StreamWriter<Vec<u8>>,
}

impl ArrowStream {
    pub(super) fn new(layout: &Layout) -> Result<ArrowStream> {
        let schema = schema(layout, false);
        let writer = StreamWriter::try_new(Vec::new(), &schema).map_err(internal)?;
        Ok(ArrowStream { schema, writer })
    }

    fn take(&mut self, out: &mut Vec<u8>) {
        out.append(self.writer.get_mut());
    }
}

impl Format for ArrowStream {
    fn begin(&mut self, out: &mut Vec<u8>) -> Result<()> {
        self.take(out);
        Ok(())
    }

    fn rows(&mut self, batch: &RecordBatch, out: &mut Vec<u8>) -> Result<()> {
        let batch = in_schema(batch, &self.schema)?;
        self.writer.write(&batch).map_err(internal)?;
        self.take(out);
        Ok(())
    }

    fn end(&mut self, _: &Figures, out: &mut Vec<u8>) -> Result<()> {
        self.writer.finish().map_err(internal)?;
        self.take(out);
        Ok(())
    }
}
