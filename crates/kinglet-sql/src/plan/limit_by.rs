//! `LIMIT n BY keys`: the first rows of each group, in the order of the input.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray, RecordBatch};
use arrow::compute::filter_record_batch;
use arrow::datatypes::SchemaRef;
use arrow::row::{RowConverter, SortField};
use datafusion::common::Result;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use futures::{StreamExt, TryStreamExt};

use super::Operator;
use super::concat::renamed;
use super::held::Held;

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
        let mut seen: HashMap<Box<[u8]>, u64> = HashMap::new();
        let mut held = Held::new(self.name(), context);
        let (keys, offset, count) = (self.keys.clone(), self.offset, self.count);
        let converter = row_converter(input.schema().as_ref(), &keys)?;
        let wanted = Arc::clone(&schema);
        let batches = input
            .and_then(move |batch| {
                let kept = (|| {
                    let columns = columns_of(&batch, &keys)?;
                    let rows = converter.convert_columns(&columns)?;
                    let mut more = 0;
                    let keep: BooleanArray = (0..batch.num_rows())
                        .map(|row| {
                            let bytes = if keys.is_empty() { &[][..] } else { rows.row(row).data() };
                            let before = match seen.get_mut(bytes) {
                                Some(number) => {
                                    *number += 1;
                                    *number - 1
                                }
                                None => {
                                    more += bytes.len() + ENTRY;
                                    seen.insert(bytes.into(), 1);
                                    0
                                }
                            };
                            Some(before >= offset && before - offset < count)
                        })
                        .collect();
                    held.grow(more)?;
                    renamed(&filter_record_batch(&batch, &keep)?, &wanted)
                })();
                async move { kept }
            })
            .boxed();
        Ok(Box::pin(RecordBatchStreamAdapter::new(schema, batches)))
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
