//! EXCEPT and INTERSECT that keep duplicates: each right row takes away, or lets through, one equal left row.

use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::BooleanArray;
use arrow::compute::filter_record_batch;
use arrow::datatypes::SchemaRef;
use datafusion::common::Result;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use futures::{StreamExt, TryStreamExt, stream};

use super::concat::renamed;
use super::held::{Held, bytes_of};
use super::limit_by::row_converter;
use super::{Mixing, Operator};

/// Bytes the table of counts holds per entry beside the row itself.
const ENTRY: usize = 40;

/// `left EXCEPT ALL right`, or `left INTERSECT ALL right`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Matching {
    pub(crate) except: bool,
}

impl Operator for Matching {
    fn name(&self) -> &'static str {
        "Matching"
    }

    fn run(
        &self,
        mut inputs: Vec<SendableRecordBatchStream>,
        schema: SchemaRef,
        context: &Arc<TaskContext>,
    ) -> Result<SendableRecordBatchStream> {
        let (Some(mut right), Some(mut left)) = (inputs.pop(), inputs.pop()) else {
            return datafusion::common::internal_err!("Matching needs two inputs");
        };
        let (except, wanted, mut held) = (self.except, Arc::clone(&schema), Held::new(self.name(), context));
        let matched = async move {
            let keys: Vec<usize> = (0..wanted.fields().len()).collect();
            let converter = row_converter(&left.schema(), &keys)?;
            let mut counts: HashMap<Box<[u8]>, u64, Mixing> = HashMap::default();
            while let Some(batch) = right.try_next().await? {
                let mut more = 0;
                for row in converter.convert_columns(batch.columns())?.iter() {
                    match counts.get_mut(row.data()) {
                        Some(count) => *count += 1,
                        None => {
                            more += row.data().len() + ENTRY;
                            counts.insert(row.data().into(), 1);
                        }
                    }
                }
                held.grow(more)?;
            }
            let mut kept = Vec::new();
            while let Some(batch) = left.try_next().await? {
                let rows = converter.convert_columns(batch.columns())?;
                let keep: BooleanArray = rows
                    .iter()
                    .map(|row| match counts.get_mut(row.data()) {
                        Some(count) if *count > 0 => {
                            *count -= 1;
                            Some(!except)
                        }
                        _ => Some(except),
                    })
                    .collect();
                let batch = renamed(&filter_record_batch(&batch, &keep)?, &wanted)?;
                held.grow(bytes_of(&batch))?;
                kept.push(batch);
            }
            // What is held is given back once the last batch is gone.
            Ok::<_, datafusion::common::DataFusionError>(stream::iter(kept.into_iter().map(move |batch| {
                let _ = &held;
                Ok(batch)
            })))
        };
        let batches = stream::once(matched).try_flatten().boxed();
        Ok(Box::pin(RecordBatchStreamAdapter::new(schema, batches)))
    }
}
