//! `LIMIT n BY keys`: the first rows of each group, in the order of the input.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, BooleanArray, BooleanBufferBuilder, RecordBatch};
use arrow::compute::filter_record_batch;
use arrow::datatypes::SchemaRef;
use arrow::row::{RowConverter, SortField};
use datafusion::common::Result;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use futures::{StreamExt, TryStreamExt};

use super::concat::renamed;
use super::held::Held;
use super::{Mixing, Operator};
use crate::aggregate::{is_narrow, stored_ints};
use crate::fault::to_datafusion;

/// Bytes the table of keys holds per entry beside the key itself.
const ENTRY: usize = 40;

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
enum Seen {
    /// One column of whole numbers, dates, times or decimals of up to 64 bits, NULL among them.
    Numbers(HashMap<Option<i64>, u64, Mixing>),
    Rows(RowConverter, HashMap<Box<[u8]>, u64, Mixing>),
}

impl Seen {
    fn new(schema: &arrow::datatypes::Schema, keys: &[usize]) -> Result<Self> {
        Ok(match keys {
            [key] if is_narrow(schema.field(*key).data_type()) => Self::Numbers(HashMap::default()),
            keys => Self::Rows(row_converter(schema, keys)?, HashMap::default()),
        })
    }

    /// Calls `visit` for each row with the number of rows of its key before it. Answers about how many bytes more
    /// are held.
    fn count(&mut self, columns: &[ArrayRef], rows: usize, mut visit: impl FnMut(u64)) -> Result<usize> {
        let mut held = 0;
        match (self, columns) {
            (Self::Numbers(seen), [column]) => {
                let before = seen.len();
                let numbers = stored_ints(column).map_err(to_datafusion)?;
                for (row, number) in numbers.iter().enumerate() {
                    let entry = seen.entry(column.is_valid(row).then_some(*number)).or_default();
                    visit(*entry);
                    *entry += 1;
                }
                held += (seen.len() - before) * ENTRY;
            }
            (Self::Rows(converter, seen), columns) => {
                let encoded = converter.convert_columns(columns)?;
                for row in 0..rows {
                    let bytes = if columns.is_empty() { &[][..] } else { encoded.row(row).data() };
                    match seen.get_mut(bytes) {
                        Some(number) => {
                            visit(*number);
                            *number += 1;
                        }
                        None => {
                            held += bytes.len() + ENTRY;
                            seen.insert(bytes.into(), 1);
                            visit(0);
                        }
                    }
                }
            }
            _ => return datafusion::common::internal_err!("LimitBy of another number of keys"),
        }
        Ok(held)
    }
}

/// A converter of the columns at `keys` to comparable bytes.
pub(super) fn row_converter(schema: &arrow::datatypes::Schema, keys: &[usize]) -> Result<RowConverter> {
    let fields = keys.iter().map(|key| SortField::new(schema.field(*key).data_type().clone())).collect();
    Ok(RowConverter::new(fields)?)
}

/// The columns at the given positions.
pub(super) fn columns_of(batch: &RecordBatch, places: &[usize]) -> Result<Vec<ArrayRef>> {
    Ok(places.iter().map(|place| Arc::clone(batch.column(*place))).collect())
}
