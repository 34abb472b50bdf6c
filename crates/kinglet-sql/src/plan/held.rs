//! Memory that operators hold, counted against the query's limit.

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use arrow::compute::concat_batches;
use arrow::datatypes::DataType;
use datafusion::common::Result;
use datafusion::execution::memory_pool::{MemoryConsumer, MemoryReservation};
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use futures::TryStreamExt;

/// A share of the query's memory, given back when it is dropped.
pub(crate) struct Held(MemoryReservation);

impl Held {
    /// Nothing yet, on behalf of `operator`.
    pub(crate) fn new(operator: &str, context: &TaskContext) -> Self {
        Self(MemoryConsumer::new(operator).register(context.memory_pool()))
    }

    /// Takes more.
    ///
    /// # Errors
    /// When the query's limit is passed, which becomes error 241.
    pub(crate) fn grow(&mut self, bytes: usize) -> Result<()> {
        self.0.try_grow(bytes)
    }

    /// All rows of a stream in one batch.
    ///
    /// # Errors
    /// Those of the stream, and as [`Held::grow`].
    pub(super) async fn collect(&mut self, input: SendableRecordBatchStream) -> Result<RecordBatch> {
        let schema = input.schema();
        let mut input = input;
        let (mut batches, mut held) = (Vec::new(), 0);
        while let Some(batch) = input.try_next().await? {
            let bytes = bytes_of(&batch);
            self.grow(bytes)?;
            held += bytes;
            batches.push(batch);
        }
        // They are there twice while they are put together.
        self.grow(held)?;
        let all = concat_batches(&schema, &batches)?;
        drop(batches);
        self.0.shrink(held);
        Ok(all)
    }
}

/// Bytes of the rows of a batch; what a batch shares with others does not count for the others' rows.
pub(crate) fn bytes_of(batch: &RecordBatch) -> usize {
    batch.columns().iter().map(array_bytes).sum()
}

fn array_bytes(array: &ArrayRef) -> usize {
    let nulls = array.nulls().map_or(0, |_| array.len() / 8);
    match array.data_type() {
        DataType::BinaryView => {
            let texts = array.as_binary_view();
            let long = texts.views().iter().map(|view| *view as u32 as usize).filter(|length| *length > 12);
            texts.len() * 16 + long.sum::<usize>() + nulls
        }
        DataType::List(_) => {
            let list = array.as_list::<i32>();
            let offsets = list.value_offsets();
            let (first, last) = (offsets.first().copied(), offsets.last().copied());
            let count = last.unwrap_or(0).saturating_sub(first.unwrap_or(0)).max(0) as usize;
            let elements = list.values().slice(first.unwrap_or(0).max(0) as usize, count);
            array_bytes(&elements) + offsets.len() * 4 + nulls
        }
        DataType::Struct(_) => array.as_struct().columns().iter().map(array_bytes).sum::<usize>() + nulls,
        ty => match ty.primitive_width() {
            Some(width) => width * array.len() + nulls,
            None => array.to_data().get_slice_memory_size().unwrap_or(0),
        },
    }
}
