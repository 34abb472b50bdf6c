//! Arrow IPC stream: batches as they are, ClickHouse types in the fields' metadata.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{RecordBatch, RecordBatchOptions};
use arrow::datatypes::{Schema, SchemaRef};
use arrow::ipc::writer::StreamWriter;
use kinglet_types::Result;

use crate::arrow_field;
use crate::engine::OutputColumn;
use crate::function::result::internal;

/// Key of the metadata that holds a field's ClickHouse type.
pub(crate) const TYPE_KEY: &str = "clickhouse_type";

pub(super) struct ArrowStream {
    writer: StreamWriter<Vec<u8>>,
    schema: SchemaRef,
}

impl ArrowStream {
    pub(super) fn new(columns: &[OutputColumn]) -> Result<Self> {
        let fields: Vec<_> = columns
            .iter()
            .map(|column| {
                let metadata = HashMap::from([(TYPE_KEY.to_owned(), column.ty.to_string())]);
                arrow_field(&column.name, &column.ty).with_metadata(metadata)
            })
            .collect();
        let schema = Arc::new(Schema::new(fields));
        let writer = StreamWriter::try_new(Vec::new(), &schema).map_err(internal)?;
        Ok(Self { writer, schema })
    }

    pub(super) fn write(&mut self, batch: &RecordBatch, out: &mut Vec<u8>) -> Result<()> {
        let options = RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        let columns = batch.columns().to_vec();
        let batch = RecordBatch::try_new_with_options(Arc::clone(&self.schema), columns, &options)
            .map_err(internal)?;
        self.writer.write(&batch).map_err(internal)?;
        out.append(self.writer.get_mut());
        Ok(())
    }

    pub(super) fn finish(&mut self, out: &mut Vec<u8>) -> Result<()> {
        self.writer.finish().map_err(internal)?;
        out.append(self.writer.get_mut());
        Ok(())
    }
}
