//! `LIMIT n BY keys`: the first rows of each group, in the order of the input.

use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, BooleanBufferBuilder, RecordBatch};
use arrow::compute::filter_record_batch;
use arrow::datatypes::{Schema, SchemaRef};
use arrow::row::{RowConverter, SortField};
use datafusion::common::Result;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::aggregates::group_values::{GroupValues, new_group_values};
use datafusion::physical_plan::aggregates::order::GroupOrdering;
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use futures::{StreamExt, TryStreamExt};

use super::Operator;
use super::concat::renamed;
use super::held::Held;

/// Keeps rows `offset` to `offset + count` of each group of equal keys.
#[derive(Debug)]
pub(crate) struct LimitBy {
    /// Positions of the key columns.
    pub(crate) keys: Vec<usize>,
    /// Rows to skip per group.
    pub(crate) offset: u64,
    /// Rows to keep per group after those.
    pub(crate) count: u64,
}

impl Operator for LimitBy {
    fn name(&self) -> &'static str {
        "LimitBy"
    }

    fn run(
        &self,
        mut inputs: Vec<SendableRecordBatchStream>,
        schema: SchemaRef,
        context: &Arc<TaskContext>,
    ) -> Result<SendableRecordBatchStream> {
        let Some(input) = inputs.pop() else {
            return datafusion::common::internal_err!("LimitBy without input");
        };
        let mut held = Held::new(self.name(), context);
        let (keys, offset, count) = (self.keys.clone(), self.offset, self.count);
        let mut seen = Seen::new(input.schema().as_ref(), &keys)?;
        let wanted = Arc::clone(&schema);
        let batches = input
            .and_then(move |batch| {
                let kept = (|| {
                    let columns = columns_of(&batch, &keys)?;
                    let mut keep = BooleanBufferBuilder::new(batch.num_rows());
                    let more = seen.count(&columns, batch.num_rows(), |before| {
                        keep.append(before >= offset && before - offset < count);
                    })?;
                    held.grow(more)?;
                    let keep = BooleanArray::new(keep.finish(), None);
                    renamed(&filter_record_batch(&batch, &keep)?, &wanted)
                })();
                async move { kept }
            })
            .boxed();
        Ok(Box::pin(RecordBatchStreamAdapter::new(schema, batches)))
    }
}

/// How many rows of each key there were.
struct Seen {
    /// The keys, in DataFusion's tables for grouping; none where there are no key columns: all rows are equal then.
    keys: Option<Box<dyn GroupValues>>,
    /// Number of each row's key in the order they came, and rows of each key.
    groups: Vec<usize>,
    counts: Vec<u64>,
    /// Bytes held so far.
    held: usize,
}

impl Seen {
    fn new(schema: &Schema, keys: &[usize]) -> Result<Self> {
        let keys = match keys {
            [] => None,
            keys => Some(new_group_values(Arc::new(schema.project(keys)?), &GroupOrdering::None)?),
        };
        Ok(Self { keys, groups: Vec::new(), counts: Vec::new(), held: 0 })
    }

    /// Calls `visit` for each row with the number of rows of its key before it. Answers about how many bytes more
    /// are held.
    fn count(&mut self, columns: &[ArrayRef], rows: usize, mut visit: impl FnMut(u64)) -> Result<usize> {
        let total = match &mut self.keys {
            Some(keys) => {
                keys.intern(columns, &mut self.groups)?;
                keys.len()
            }
            None => {
                self.groups.clear();
                self.groups.resize(rows, 0);
                1
            }
        };
        let grown = total > self.counts.len();
        self.counts.resize(total.max(self.counts.len()), 0);
        for group in &self.groups {
            let Some(count) = self.counts.get_mut(*group) else {
                return datafusion::common::internal_err!("a row of a key that does not exist");
            };
            visit(*count);
            *count += 1;
        }
        if !grown {
            return Ok(0);
        }
        let held =
            self.keys.as_ref().map_or(0, |keys| keys.size()) + self.counts.capacity() * size_of::<u64>();
        let more = held.saturating_sub(self.held);
        self.held += more;
        Ok(more)
    }
}

/// A converter of the columns at `keys` to comparable bytes.
pub(super) fn row_converter(schema: &Schema, keys: &[usize]) -> Result<RowConverter> {
    let fields = keys.iter().map(|key| SortField::new(schema.field(*key).data_type().clone())).collect();
    Ok(RowConverter::new(fields)?)
}

/// The columns at the given positions.
pub(super) fn columns_of(batch: &RecordBatch, places: &[usize]) -> Result<Vec<ArrayRef>> {
    Ok(places.iter().map(|place| Arc::clone(batch.column(*place))).collect())
}
