//! What a join knows of its keys, applied to the rows of its larger side as they are read.

use std::sync::Arc;

use arrow::array::{AsArray, RecordBatch};
use arrow::compute::filter_record_batch;
use datafusion::common::Result;
use datafusion::physical_expr::PhysicalExpr;

/// Rows after which it is judged whether the filter is worth its time.
const TRIAL: usize = 4 * 8_192;

/// A filter that is given up when it keeps most rows: the join drops the others anyway.
pub(super) struct JoinedFilter {
    filter: Arc<dyn PhysicalExpr>,
    seen: usize,
    kept: usize,
    given_up: bool,
}

impl JoinedFilter {
    pub(super) fn new(filter: Arc<dyn PhysicalExpr>) -> Self {
        Self { filter, seen: 0, kept: 0, given_up: false }
    }

    /// The rows that may find a partner.
    pub(super) fn apply(&mut self, batch: RecordBatch) -> Result<RecordBatch> {
        if self.given_up || batch.num_rows() == 0 {
            return Ok(batch);
        }
        let flags = self.filter.evaluate(&batch)?.into_array(batch.num_rows())?;
        let Some(flags) = flags.as_boolean_opt() else { return Ok(batch) };
        let kept = flags.true_count();
        self.seen += batch.num_rows();
        self.kept += kept;
        if self.seen >= TRIAL {
            // More than half kept: not worth it.
            self.given_up = self.kept > self.seen / 2;
            (self.seen, self.kept) = (self.seen / 2, self.kept / 2);
        }
        if kept == batch.num_rows() { Ok(batch) } else { Ok(filter_record_batch(&batch, flags)?) }
    }
}
