//! PASTE JOIN: rows side by side by their number; it ends with the shorter side.

use std::sync::Arc;

use arrow::array::RecordBatch;
use arrow::datatypes::SchemaRef;
use datafusion::common::Result;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use futures::{StreamExt, TryStreamExt, stream};

use super::Operator;

/// Answers the columns of the left input, then those of the right one.
#[derive(Debug)]
pub(crate) struct Paste;

/// A stream and what is left of its last batch.
struct Side {
    stream: SendableRecordBatchStream,
    rest: Option<RecordBatch>,
}

impl Side {
    /// Whether there are rows in `rest`, which is filled again if not.
    async fn filled(&mut self) -> Result<bool> {
        while self.rest.as_ref().is_none_or(|rest| rest.num_rows() == 0) {
            match self.stream.try_next().await? {
                Some(batch) => self.rest = Some(batch),
                None => return Ok(false),
            }
        }
        Ok(true)
    }

    fn take(&mut self, rows: usize) -> Option<RecordBatch> {
        let rest = self.rest.take()?;
        let rows = rows.min(rest.num_rows());
        self.rest = Some(rest.slice(rows, rest.num_rows() - rows));
        Some(rest.slice(0, rows))
    }

    fn rows(&self) -> usize {
        self.rest.as_ref().map_or(0, RecordBatch::num_rows)
    }
}

async fn next(left: &mut Side, right: &mut Side, schema: &SchemaRef) -> Result<Option<RecordBatch>> {
    if !left.filled().await? || !right.filled().await? {
        return Ok(None);
    }
    let rows = left.rows().min(right.rows());
    let (Some(a), Some(b)) = (left.take(rows), right.take(rows)) else { return Ok(None) };
    let columns = a.columns().iter().chain(b.columns()).cloned().collect();
    let options = arrow::array::RecordBatchOptions::new().with_row_count(Some(rows));
    Ok(Some(RecordBatch::try_new_with_options(Arc::clone(schema), columns, &options)?))
}

impl Operator for Paste {
    fn name(&self) -> &'static str {
        "Paste"
    }

    fn run(
        &self,
        mut inputs: Vec<SendableRecordBatchStream>,
        schema: SchemaRef,
        _context: &Arc<TaskContext>,
    ) -> Result<SendableRecordBatchStream> {
        let (Some(right), Some(left)) = (inputs.pop(), inputs.pop()) else {
            return datafusion::common::internal_err!("Paste needs two inputs");
        };
        let side = |stream| Side { stream, rest: None };
        let state = (side(left), side(right), Arc::clone(&schema));
        let batches = stream::try_unfold(state, |(mut left, mut right, schema)| async move {
            let batch = next(&mut left, &mut right, &schema).await?;
            Ok(batch.map(|batch| (batch, (left, right, schema))))
        });
        Ok(Box::pin(RecordBatchStreamAdapter::new(schema, batches.boxed())))
    }
}
