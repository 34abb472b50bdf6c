//! LIMIT and OFFSET that count from the end, and LIMIT WITH TIES.

use std::sync::Arc;

use arrow::array::{RecordBatch, make_comparator};
use arrow::compute::SortOptions;
use arrow::datatypes::SchemaRef;
use datafusion::common::Result;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use futures::{StreamExt, stream};

use super::Operator;
use super::concat::renamed;
use super::held::Held;

/// A range of rows that needs all of them to be known.
#[derive(Clone, Debug)]
pub(crate) struct Tail {
    /// Rows to skip; at the end when negative.
    pub(crate) offset: i64,
    /// Rows to keep; the last ones when negative.
    pub(crate) count: Option<i64>,
    /// The share of all rows to skip, instead of `offset`.
    pub(crate) offset_share: Option<f64>,
    /// The share of all rows to keep, instead of `count`.
    pub(crate) count_share: Option<f64>,
    /// Columns in which rows after the last are its equals and kept too.
    pub(crate) ties: Vec<usize>,
}

impl Tail {
    fn range(&self, rows: &RecordBatch) -> Result<(usize, usize)> {
        let total = rows.num_rows();
        let size = |n: i64| usize::try_from(n.unsigned_abs()).unwrap_or(usize::MAX);
        let share = |of: f64| (of * total as f64).ceil() as i64;
        let offset = self.offset_share.map_or(self.offset, |of| (of * total as f64).floor() as i64);
        let (mut start, mut end) = match offset {
            skip if skip < 0 => (0, total.saturating_sub(size(skip))),
            skip => (size(skip).min(total), total),
        };
        match self.count_share.map(share).or(self.count) {
            Some(count) if count < 0 => start = start.max(end.saturating_sub(size(count))),
            Some(count) => end = end.min(start.saturating_add(size(count))),
            None => {}
        }
        if !self.ties.is_empty() && end > start {
            let same = self
                .ties
                .iter()
                .map(|at| make_comparator(rows.column(*at), rows.column(*at), SortOptions::default()))
                .collect::<Result<Vec<_>, _>>()?;
            let last = end - 1;
            while end < total && same.iter().all(|compare| compare(last, end).is_eq()) {
                end += 1;
            }
        }
        Ok((start, end))
    }
}

impl Operator for Tail {
    fn name(&self) -> &'static str {
        "Tail"
    }

    fn run(
        &self,
        mut inputs: Vec<SendableRecordBatchStream>,
        schema: SchemaRef,
        context: &Arc<TaskContext>,
    ) -> Result<SendableRecordBatchStream> {
        let Some(input) = inputs.pop() else {
            return datafusion::common::internal_err!("Tail without input");
        };
        let (this, wanted, mut held) = (self.clone(), Arc::clone(&schema), Held::new(self.name(), context));
        let kept = async move {
            let rows = held.collect(input).await?;
            let (start, end) = this.range(&rows)?;
            renamed(&rows.slice(start, end - start), &wanted)
        };
        Ok(Box::pin(RecordBatchStreamAdapter::new(schema, stream::once(kept).boxed())))
    }
}
