//! Row combiners of the engines that need no query engine: Replacing, Collapsing, VersionedCollapsing, Coalescing,
//! Summing. What each keeps of a group of rows with equal keys follows ClickHouse's merging algorithms.

mod coalescing;
mod collapsing;
mod replacing;
mod summing;

use arrow::array::{Array, ArrayRef, AsArray, PrimitiveArray, UInt64Array};
use arrow::compute::take_record_batch;
use arrow::datatypes::{ArrowPrimitiveType, Int8Type};
use arrow::record_batch::RecordBatch;
use arrow::row::{RowConverter, Rows, SortField};

use crate::error::StorageError;
use crate::table::TableDefinition;

pub use coalescing::Coalescing;
pub use collapsing::{Collapsing, VersionedCollapsing};
pub use replacing::Replacing;
pub use summing::Summing;

/// A column that a combiner reads: its place in the table and its name.
#[derive(Clone, Debug)]
struct Column {
    place: usize,
    name: String,
}

impl Column {
    fn find(definition: &TableDefinition, name: &str) -> Result<Self, StorageError> {
        let place = definition.schema.fields().iter().position(|field| field.name() == name);
        let place = place.ok_or_else(|| {
            StorageError::Invalid(format!("{} names '{name}', which is not a column", definition.engine))
        })?;
        Ok(Column { place, name: name.to_owned() })
    }

    fn of<'a>(&self, rows: &'a RecordBatch) -> Result<&'a ArrayRef, StorageError> {
        let column = rows.column_by_name(&self.name);
        column.ok_or_else(|| StorageError::Schema(format!("The rows have no column '{}'", self.name)))
    }

    fn typed<'a, T: ArrowPrimitiveType>(
        &self,
        rows: &'a RecordBatch,
        what: &str,
    ) -> Result<&'a PrimitiveArray<T>, StorageError> {
        let column = self.of(rows)?.as_primitive_opt::<T>();
        column.ok_or_else(|| StorageError::Schema(format!("The column '{}' is not {what}", self.name)))
    }

    /// True for the rows whose sign is positive.
    fn positive(&self, rows: &RecordBatch) -> Result<Vec<bool>, StorageError> {
        let signs = self.typed::<Int8Type>(rows, "a sign (Int8)")?;
        Ok(signs.iter().map(|sign| sign.unwrap_or(1) > 0).collect())
    }

    /// The values as bytes that sort as they do.
    fn sortable(&self, rows: &RecordBatch) -> Result<Rows, StorageError> {
        let column = self.of(rows)?;
        let converter = RowConverter::new(vec![SortField::new(column.data_type().clone())])?;
        Ok(converter.convert_columns(std::slice::from_ref(column))?)
    }
}

/// The row ranges of groups.
fn ranges(groups: &[usize]) -> impl Iterator<Item = std::ops::Range<usize>> {
    groups.iter().zip(groups.iter().skip(1)).map(|(start, end)| *start..*end)
}

/// The rows at these places.
fn take(rows: &RecordBatch, places: Vec<usize>) -> Result<RecordBatch, StorageError> {
    if places.len() == rows.num_rows() && places.iter().enumerate().all(|(i, place)| i == *place) {
        return Ok(rows.clone());
    }
    let places: UInt64Array = places.into_iter().map(|place| place as u64).collect();
    Ok(take_record_batch(rows, &places)?)
}
