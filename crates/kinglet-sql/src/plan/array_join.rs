//! `ARRAY JOIN`: a row per element of arrays that are walked together.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch, UInt32Array};
use arrow::compute::take;
use arrow::datatypes::{DataType, SchemaRef};
use datafusion::common::{DataFusionError, Result};
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use futures::{StreamExt, TryStreamExt};
use kinglet_types::{ChType, ErrorCode, SqlError};

use super::Operator;
use crate::fault::to_datafusion;
use crate::operator::filled;

/// Replaces the list columns at `arrays` by their elements; the other columns are repeated.
#[derive(Debug)]
pub(crate) struct ArrayJoin {
    /// Positions of the list columns and their element types.
    pub(crate) arrays: Vec<(usize, ChType)>,
    /// Keep rows whose arrays are empty, with default elements.
    pub(crate) left: bool,
    /// Shorter arrays are filled with defaults.
    pub(crate) unaligned: bool,
}

impl Operator for ArrayJoin {
    fn name(&self) -> &'static str {
        "ArrayJoin"
    }

    fn barrier(&self, schema: &arrow::datatypes::Schema) -> Option<std::collections::HashSet<String>> {
        let names = self
            .arrays
            .iter()
            .filter_map(|(at, _)| schema.fields().get(*at))
            .map(|field| field.name().clone());
        Some(names.collect())
    }

    fn run(
        &self,
        mut inputs: Vec<SendableRecordBatchStream>,
        schema: SchemaRef,
        _context: &Arc<TaskContext>,
    ) -> Result<SendableRecordBatchStream> {
        let Some(input) = inputs.pop() else {
            return datafusion::common::internal_err!("ArrayJoin without input");
        };
        let (arrays, left, unaligned) = (self.arrays.clone(), self.left, self.unaligned);
        let wanted = Arc::clone(&schema);
        let batches = input
            .and_then(move |batch| {
                let joined = joined(&batch, &arrays, left, unaligned, &wanted);
                async move { joined }
            })
            .boxed();
        Ok(Box::pin(RecordBatchStreamAdapter::new(schema, batches)))
    }
}

/// Offsets and elements of a list or map column.
fn parts(column: &ArrayRef) -> Result<(Vec<i32>, ArrayRef)> {
    match column.data_type() {
        DataType::List(_) => {
            let list = column.as_list::<i32>();
            Ok((list.value_offsets().to_vec(), Arc::clone(list.values())))
        }
        DataType::Map(..) => {
            let map = column.as_map();
            let entries = map.entries();
            let names = entries.columns().iter().enumerate().map(|(at, column)| {
                let nullable = entries.fields().get(at).is_none_or(|field| field.is_nullable());
                arrow::datatypes::Field::new((at + 1).to_string(), column.data_type().clone(), nullable)
            });
            let pairs =
                arrow::array::StructArray::try_new(names.collect(), entries.columns().to_vec(), None)?;
            Ok((map.value_offsets().to_vec(), Arc::new(pairs)))
        }
        other => datafusion::common::internal_err!("ARRAY JOIN over {other}"),
    }
}

fn joined(
    batch: &RecordBatch,
    arrays: &[(usize, ChType)],
    left: bool,
    unaligned: bool,
    schema: &SchemaRef,
) -> Result<RecordBatch> {
    let lists = arrays.iter().map(|(at, _)| parts(batch.column(*at))).collect::<Result<Vec<_>>>()?;
    let mut rows: Vec<u32> = Vec::new();
    let mut elements: Vec<Vec<Option<u32>>> = vec![Vec::new(); lists.len()];
    for row in 0..batch.num_rows() {
        let range = |offsets: &[i32]| (offsets[row], offsets[row + 1]);
        let lengths: Vec<i32> =
            lists.iter().map(|(offsets, _)| range(offsets).1 - range(offsets).0).collect();
        let length = lengths.iter().copied().max().unwrap_or(0);
        if !unaligned && lengths.iter().any(|other| *other != length) {
            let message = "Sizes of ARRAY-JOIN-ed arrays do not match";
            return Err(to_datafusion(SqlError::new(ErrorCode::SIZES_OF_ARRAYS_DONT_MATCH, message)));
        }
        if length == 0 && left {
            rows.push(row as u32);
            elements.iter_mut().for_each(|taken| taken.push(None));
        }
        for element in 0..length {
            rows.push(row as u32);
            for (taken, (offsets, _)) in elements.iter_mut().zip(&lists) {
                let (start, end) = range(offsets);
                taken.push((start + element < end).then_some((start + element) as u32));
            }
        }
    }
    let rows = UInt32Array::from(rows);
    let mut columns = Vec::with_capacity(batch.num_columns());
    for (at, column) in batch.columns().iter().enumerate() {
        let Some(place) = arrays.iter().position(|(array, _)| *array == at) else {
            columns.push(take(column, &rows, None)?);
            continue;
        };
        let (Some(taken), Some((_, values)), Some((_, ty))) =
            (elements.get(place), lists.get(place), arrays.get(place))
        else {
            return Err(DataFusionError::Internal("ARRAY JOIN lost a column".to_owned()));
        };
        let element = take(values, &UInt32Array::from(taken.clone()), None)?;
        let bare = ty.without_low_cardinality();
        columns.push(if bare.is_nullable() {
            element
        } else {
            filled(&element, bare).map_err(to_datafusion)?
        });
    }
    let options = arrow::array::RecordBatchOptions::new().with_row_count(Some(rows.len()));
    Ok(RecordBatch::try_new_with_options(Arc::clone(schema), columns, &options)?)
}
