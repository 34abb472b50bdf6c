//! Inputs one after the other: UNION ALL without a task per input.

use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use datafusion::common::Result;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use futures::{StreamExt, TryStreamExt, stream};

use super::Operator;

/// Answers all batches of the first input, then of the second, and so on.
#[derive(Debug)]
pub(crate) struct Concat;

impl Operator for Concat {
    fn name(&self) -> &'static str {
        "Concat"
    }

    fn run(
        &self,
        inputs: Vec<SendableRecordBatchStream>,
        schema: SchemaRef,
        _context: &Arc<TaskContext>,
    ) -> Result<SendableRecordBatchStream> {
        let wanted = Arc::clone(&schema);
        let batches = stream::iter(inputs)
            .flatten()
            .and_then(move |batch| {
                let renamed = renamed(&batch, &wanted);
                async move { renamed }
            })
            .boxed();
        Ok(Box::pin(RecordBatchStreamAdapter::new(schema, batches)))
    }
}

/// The same columns under the names of `schema`.
pub(super) fn renamed(batch: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch> {
    let options = arrow::array::RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    Ok(RecordBatch::try_new_with_options(Arc::clone(schema), batch.columns().to_vec(), &options)?)
}
