//! Arrow schemas and rows as bytes, and values for columns that came later.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, StructArray, make_array, new_null_array};
use arrow::buffer::Buffer;
use arrow::datatypes::{DataType, Schema, SchemaRef};
use arrow::ipc::convert::try_schema_from_flatbuffer_bytes;
use arrow::ipc::reader::read_record_batch;
use arrow::ipc::root_as_message;
use arrow::ipc::writer::{DictionaryTracker, IpcDataGenerator, IpcWriteOptions};
use arrow::record_batch::RecordBatch;

use crate::codec::{Decoder, Encoder};
use crate::error::StorageError;

/// A schema as an Arrow IPC message.
pub(crate) fn encode_schema(schema: &Schema, encoder: &mut Encoder) {
    let message = IpcDataGenerator::default().schema_to_bytes_with_dictionary_tracker(
        schema,
        &mut DictionaryTracker::new(false),
        &IpcWriteOptions::default(),
    );
    encoder.bytes(&message.ipc_message);
}

pub(crate) fn decode_schema(decoder: &mut Decoder) -> Result<SchemaRef, StorageError> {
    let schema = try_schema_from_flatbuffer_bytes(&decoder.bytes()?);
    schema
        .map(Arc::new)
        .map_err(|error| StorageError::Damaged(format!("A stored schema is damaged: {error}")))
}

/// Rows as the two halves of an Arrow IPC message, without their schema: the log gives it in its order.
pub(crate) fn encode_rows(rows: &RecordBatch, encoder: &mut Encoder) -> Result<(), StorageError> {
    let (_, encoded) = IpcDataGenerator::default().encode(
        &compact(rows)?,
        &mut DictionaryTracker::new(false),
        &IpcWriteOptions::default(),
        &mut Default::default(),
    )?;
    encoder.bytes(&encoded.ipc_message);
    encoder.bytes(&encoded.arrow_data);
    Ok(())
}

pub(crate) fn decode_rows(decoder: &mut Decoder, schema: &SchemaRef) -> Result<RecordBatch, StorageError> {
    let damaged = |what: String| StorageError::Damaged(format!("Stored rows are damaged: {what}"));
    let head = decoder.bytes()?;
    let body = decoder.bytes()?;
    let message = root_as_message(&head).map_err(|error| damaged(error.to_string()))?;
    let batch = message.header_as_record_batch().ok_or_else(|| damaged("not a record batch".to_owned()))?;
    // Copied, so that the buffers are aligned.
    let body = Buffer::from(body.as_ref());
    read_record_batch(&body, batch, schema.clone(), &HashMap::new(), None, &message.version())
        .map_err(|error| damaged(error.to_string()))
}

/// Frees strings from buffers of which they use little, such as a slice of a large batch.
pub(crate) fn compact(rows: &RecordBatch) -> Result<RecordBatch, StorageError> {
    let columns = rows.columns().iter().map(|column| match column.data_type() {
        DataType::BinaryView => {
            let view = column.as_binary_view();
            let held: usize = view.data_buffers().iter().map(Buffer::len).sum();
            if held > 2 * view.total_buffer_bytes_used() + 1024 || view.data_buffers().len() > 16 {
                Arc::new(view.gc()) as ArrayRef
            } else {
                column.clone()
            }
        }
        _ => column.clone(),
    });
    Ok(RecordBatch::try_new(rows.schema(), columns.collect())?)
}

/// Bytes that an array's values take, whatever larger buffers they lie in.
pub(crate) fn value_bytes(array: &dyn Array) -> usize {
    match array.data_type() {
        DataType::BinaryView => {
            let view = array.as_binary_view();
            16 * view.len() + if view.data_buffers().is_empty() { 0 } else { view.total_buffer_bytes_used() }
        }
        DataType::List(_) => {
            let list = array.as_list::<i32>();
            items_bytes(list.value_offsets(), list.values())
        }
        DataType::Map(..) => {
            let map = array.as_map();
            items_bytes(map.value_offsets(), map.entries())
        }
        DataType::Struct(_) => array.as_struct().columns().iter().map(|column| value_bytes(column)).sum(),
        _ => array.to_data().get_slice_memory_size().unwrap_or_default(),
    }
}

fn items_bytes(offsets: &[i32], items: &dyn Array) -> usize {
    let (first, last) = (offsets.first().copied().unwrap_or(0), offsets.last().copied().unwrap_or(0));
    let items = items.slice(first.max(0) as usize, (last - first).max(0) as usize);
    4 * offsets.len() + value_bytes(&items)
}

/// Bytes that the rows' values take.
pub(crate) fn row_bytes(rows: &RecordBatch) -> usize {
    rows.columns().iter().map(|column| value_bytes(column)).sum()
}

/// The rows under a schema that has more columns at its end.
pub(crate) fn extend(rows: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch, StorageError> {
    if rows.num_columns() == schema.fields().len() {
        return Ok(rows.clone());
    }
    let mut columns = rows.columns().to_vec();
    for field in schema.fields().iter().skip(columns.len()) {
        columns.push(default_array(field.data_type(), field.is_nullable(), rows.num_rows())?);
    }
    Ok(RecordBatch::try_new(schema.clone(), columns)?)
}

/// What a column holds in rows that were stored before it existed: null if it may, else zero or empty.
pub(crate) fn default_array(
    data_type: &DataType,
    nullable: bool,
    rows: usize,
) -> Result<ArrayRef, StorageError> {
    if nullable {
        return Ok(new_null_array(data_type, rows));
    }
    if let DataType::Struct(fields) = data_type {
        let children = fields.iter().map(|field| default_array(field.data_type(), field.is_nullable(), rows));
        let children = children.collect::<Result<Vec<_>, _>>()?;
        return Ok(Arc::new(StructArray::try_new_with_length(fields.clone(), children, None, rows)?));
    }
    let data = new_null_array(data_type, rows).to_data();
    Ok(make_array(data.into_builder().nulls(None).build()?))
}
