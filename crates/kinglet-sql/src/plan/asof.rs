//! ASOF JOIN: for each left row the nearest right row of the same key.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::Arc;

use arrow::array::{Array, RecordBatch, UInt32Array, make_comparator};
use arrow::compute::{SortOptions, take};
use arrow::datatypes::SchemaRef;
use datafusion::common::Result;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use futures::{StreamExt, stream};

use super::held::{Held, bytes_of};
use super::limit_by::{columns_of, row_converter};
use super::{Mixing, Operator};

/// Which right value is wanted, as seen from the left: `left >= right` is the greatest not above.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Nearest {
    GreaterOrEqual,
    Greater,
    LessOrEqual,
    Less,
}

/// Answers left and right columns; right ones are NULL where nothing is near.
#[derive(Clone, Debug)]
pub(crate) struct Asof {
    /// Equal keys: positions left and right.
    pub(crate) left_keys: Vec<usize>,
    pub(crate) right_keys: Vec<usize>,
    /// The ordered values.
    pub(crate) left_value: usize,
    pub(crate) right_value: usize,
    pub(crate) nearest: Nearest,
    /// Keep left rows without a match.
    pub(crate) keep: bool,
}

impl Asof {
    fn joined(&self, left: &RecordBatch, right: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch> {
        let left_rows = row_converter(&left.schema(), &self.left_keys)?
            .convert_columns(&columns_of(left, &self.left_keys)?)?;
        let right_rows = row_converter(&right.schema(), &self.right_keys)?
            .convert_columns(&columns_of(right, &self.right_keys)?)?;
        let (a, b) = (left.column(self.left_value), right.column(self.right_value));
        let among = make_comparator(b, b, SortOptions::default())?;
        let across = make_comparator(a, b, SortOptions::default())?;
        let key = |rows: &arrow::row::Rows, empty: bool, row: usize| -> Box<[u8]> {
            if empty { Box::default() } else { rows.row(row).data().into() }
        };
        let null_key = |batch: &RecordBatch, keys: &[usize], row: usize| {
            keys.iter().any(|k| batch.column(*k).is_null(row))
        };
        let mut groups: HashMap<Box<[u8]>, Vec<usize>, Mixing> = HashMap::default();
        for row in 0..right.num_rows() {
            if b.is_valid(row) && !null_key(right, &self.right_keys, row) {
                groups.entry(key(&right_rows, self.right_keys.is_empty(), row)).or_default().push(row);
            }
        }
        for rows in groups.values_mut() {
            rows.sort_by(|x, y| among(*x, *y));
        }
        let (mut lefts, mut rights) = (Vec::new(), Vec::new());
        for row in 0..left.num_rows() {
            let usable = a.is_valid(row) && !null_key(left, &self.left_keys, row);
            let group = groups.get(&key(&left_rows, self.left_keys.is_empty(), row)).filter(|_| usable);
            let found = group.and_then(|group| {
                let below = |strict: bool| {
                    group.partition_point(|other| match across(row, *other) {
                        Ordering::Greater => true,
                        Ordering::Equal => !strict,
                        Ordering::Less => false,
                    })
                };
                let at = match self.nearest {
                    Nearest::GreaterOrEqual => below(false).checked_sub(1)?,
                    Nearest::Greater => below(true).checked_sub(1)?,
                    Nearest::LessOrEqual => below(true),
                    Nearest::Less => below(false),
                };
                group.get(at).map(|row| *row as u32)
            });
            if found.is_some() || self.keep {
                lefts.push(row as u32);
                rights.push(found);
            }
        }
        let (lefts, rights) = (UInt32Array::from(lefts), UInt32Array::from(rights));
        let mut columns = Vec::with_capacity(schema.fields().len());
        for column in left.columns() {
            columns.push(take(column, &lefts, None)?);
        }
        for column in right.columns() {
            columns.push(take(column, &rights, None)?);
        }
        Ok(RecordBatch::try_new(Arc::clone(schema), columns)?)
    }
}

impl Operator for Asof {
    fn name(&self) -> &'static str {
        "Asof"
    }

    fn run(
        &self,
        mut inputs: Vec<SendableRecordBatchStream>,
        schema: SchemaRef,
        context: &Arc<TaskContext>,
    ) -> Result<SendableRecordBatchStream> {
        let (Some(right), Some(left)) = (inputs.pop(), inputs.pop()) else {
            return datafusion::common::internal_err!("Asof needs two inputs");
        };
        let (this, wanted, mut held) = (self.clone(), Arc::clone(&schema), Held::new(self.name(), context));
        let joined = async move {
            let right = held.collect(right).await?;
            let left = held.collect(left).await?;
            // The index of the right side, and the answer, which is no larger than both.
            held.grow(right.num_rows() * 64 + bytes_of(&left) + bytes_of(&right))?;
            this.joined(&left, &right, &wanted)
        };
        Ok(Box::pin(RecordBatchStreamAdapter::new(schema, stream::once(joined).boxed())))
    }
}
