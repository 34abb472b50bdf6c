//! Arrow IPC: batches as they are, ClickHouse types in the fields' metadata.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{RecordBatch, RecordBatchOptions};
use arrow::datatypes::{Schema, SchemaRef};
use arrow::ipc::writer::{FileWriter, StreamWriter};
use kinglet_types::Result;

use crate::arrow_field;
use crate::engine::OutputColumn;
use crate::function::result::internal;

/// Key of the metadata that holds a field's ClickHouse type.
pub(crate) const TYPE_KEY: &str = "clickhouse_type";

fn schema(columns: &[OutputColumn]) -> SchemaRef {
    let fields = columns.iter().map(|column| {
        let metadata = HashMap::from([(TYPE_KEY.to_owned(), column.ty.to_string())]);
        arrow_field(&column.name, &column.ty).with_metadata(metadata)
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

fn of_schema(batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch> {
    let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    let columns = batch.columns().to_vec();
    RecordBatch::try_new_with_options(Arc::clone(schema), columns, &options).map_err(internal)
}

enum Writer {
    Stream(StreamWriter<Vec<u8>>),
    File(FileWriter<Vec<u8>>),
}

pub(super) struct ArrowStream {
    writer: Writer,
    schema: SchemaRef,
}

impl ArrowStream {
    /// A stream.
    pub(super) fn new(columns: &[OutputColumn]) -> Result<Self> {
        let schema = schema(columns);
        let writer = StreamWriter::try_new(Vec::new(), &schema).map_err(internal)?;
        Ok(Self { writer: Writer::Stream(writer), schema })
    }

    /// A file, which ends with the places of its batches.
    pub(super) fn file(columns: &[OutputColumn]) -> Result<Self> {
        let schema = schema(columns);
        let writer = FileWriter::try_new(Vec::new(), &schema).map_err(internal)?;
        Ok(Self { writer: Writer::File(writer), schema })
    }

    pub(super) fn write(&mut self, batch: &RecordBatch, out: &mut Vec<u8>) -> Result<()> {
        let batch = of_schema(batch, &self.schema)?;
        match &mut self.writer {
            Writer::Stream(writer) => {
                writer.write(&batch).map_err(internal)?;
                out.append(writer.get_mut());
            }
            Writer::File(writer) => {
                writer.write(&batch).map_err(internal)?;
                out.append(writer.get_mut());
            }
        }
        Ok(())
    }

    pub(super) fn finish(&mut self, out: &mut Vec<u8>) -> Result<()> {
        match &mut self.writer {
            Writer::Stream(writer) => {
                writer.finish().map_err(internal)?;
                out.append(writer.get_mut());
            }
            Writer::File(writer) => {
                writer.finish().map_err(internal)?;
                out.append(writer.get_mut());
            }
        }
        Ok(())
    }
}
