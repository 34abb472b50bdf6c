//! SummingMergeTree: one row per key with the sums of some columns.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, PrimitiveArray, UInt64Array, make_array};
use arrow::compute::take;
use arrow::datatypes::{self as types, ArrowNativeTypeOp, ArrowPrimitiveType, DataType};
use arrow::record_batch::RecordBatch;

use super::{Column, ranges};
use crate::engine::{CombineStage, RowCombine};
use crate::error::StorageError;
use crate::ordered::Order;
use crate::table::TableDefinition;

/// Keeps one row per key: sums of the given columns, which wrap around as ClickHouse's do; of the others the first
/// value. A merge drops rows whose sums are all zero.
#[derive(Debug)]
pub struct Summing {
    columns: Vec<Column>,
}

impl Summing {
    /// The combiner of a table that sums these columns, which are numbers or decimals.
    ///
    /// # Errors
    /// `Invalid` if a name is not a column.
    pub fn new(definition: &TableDefinition, columns: &[&str]) -> Result<Self, StorageError> {
        let columns = columns.iter().map(|name| Column::find(definition, name));
        Ok(Summing { columns: columns.collect::<Result<_, _>>()? })
    }
}

impl RowCombine for Summing {
    fn required_columns(&self) -> Vec<usize> {
        self.columns.iter().map(|column| column.place).collect()
    }

    fn combine(
        &self,
        rows: &RecordBatch,
        groups: &[usize],
        stage: CombineStage,
    ) -> Result<RecordBatch, StorageError> {
        let schema = rows.schema();
        let firsts: UInt64Array = ranges(groups).map(|range| range.start as u64).collect();
        // A group's sums may cancel out only once all its rows are seen.
        let mut zero = vec![stage != CombineStage::Partial && !self.columns.is_empty(); firsts.len()];
        let mut columns = Vec::with_capacity(rows.num_columns());
        for (field, column) in schema.fields().iter().zip(rows.columns()) {
            if self.columns.iter().any(|summed| summed.name == *field.name()) {
                columns.push(sum(column, groups, &mut zero)?);
            } else {
                columns.push(take(column, &firsts, None)?);
            }
        }
        let summed = RecordBatch::try_new(Arc::clone(&schema), columns)?;
        let kept = zero.iter().enumerate().filter(|(_, zero)| !**zero).map(|(row, _)| row);
        super::take(&summed, kept.collect())
    }
}

/// The sums of the groups, nulls aside; `zero` turns false where a sum is not zero.
fn sum(column: &ArrayRef, groups: &[usize], zero: &mut [bool]) -> Result<ArrayRef, StorageError> {
    /// Whole numbers of one width add alike, signed or not.
    macro_rules! as_type {
        ($type:ty) => {{
            let data = column.to_data().into_builder().data_type(<$type>::DATA_TYPE).build()?;
            let sums = sum_as(&PrimitiveArray::<$type>::from(data), groups, zero);
            let data = sums.into_data().into_builder().data_type(column.data_type().clone()).build()?;
            Ok(make_array(data))
        }};
    }
    let number = !matches!(
        column.data_type(),
        DataType::Date32
            | DataType::Date64
            | DataType::Timestamp(..)
            | DataType::Time32(_)
            | DataType::Time64(_)
    );
    match Order::of(column.data_type()).filter(|_| number) {
        Some(Order::Signed(1) | Order::Unsigned(1)) => as_type!(types::Int8Type),
        Some(Order::Signed(2) | Order::Unsigned(2)) => as_type!(types::Int16Type),
        Some(Order::Signed(4) | Order::Unsigned(4)) => as_type!(types::Int32Type),
        Some(Order::Signed(8) | Order::Unsigned(8)) => as_type!(types::Int64Type),
        Some(Order::Signed(16)) => as_type!(types::Decimal128Type),
        Some(Order::Signed(32)) => as_type!(types::Decimal256Type),
        Some(Order::Float(4)) => as_type!(types::Float32Type),
        Some(Order::Float(8)) => as_type!(types::Float64Type),
        _ => Err(StorageError::Schema(format!("Values of type {} cannot be summed", column.data_type()))),
    }
}

fn sum_as<T: ArrowPrimitiveType>(
    column: &PrimitiveArray<T>,
    groups: &[usize],
    zero: &mut [bool],
) -> PrimitiveArray<T>
where
    T::Native: ArrowNativeTypeOp,
{
    let sums = ranges(groups).zip(zero).map(|(range, zero)| {
        let values = range.filter(|row| column.is_valid(*row)).map(|row| column.value(row));
        let sum = values.reduce(ArrowNativeTypeOp::add_wrapping);
        *zero &= sum.is_none_or(|sum| sum.is_zero());
        sum
    });
    sums.collect()
}
