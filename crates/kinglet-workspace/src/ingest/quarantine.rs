//! Rows that a table does not take: the text of their values, and why.

use super::target::Target;
use crate::error::{Error, Result};
use arrow::array::{Array, ArrayRef, BinaryViewArray, ListArray, RecordBatch, TimestampSecondArray};
use arrow::buffer::OffsetBuffer;
use arrow::datatypes::{DataType, SchemaRef};
use std::sync::Arc;

/// A row that was set aside.
#[derive(Debug, Default)]
pub(crate) struct RefusedRow {
    /// What is wrong: the column, where it is one's value, and the text.
    pub(crate) errors: Vec<(Option<usize>, String)>,
    /// The text of each column's value; `None` where the row has none.
    pub(crate) values: Vec<Option<Vec<u8>>>,
    /// True when the row could not even be taken apart.
    pub(crate) is_malformed: bool,
}

/// When and by what rows were set aside.
pub(crate) struct Occasion<'a> {
    /// The import's id; `None` for events.
    pub(crate) import_id: Option<&'a str>,
    /// Seconds since the epoch.
    pub(crate) now_secs: i64,
}

/// The rows in the layout of the quarantine table, whose schema is `schema`.
pub(crate) fn batch(
    rows: &[RefusedRow],
    target: &Target,
    schema: &SchemaRef,
    occasion: &Occasion<'_>,
) -> Result<RecordBatch> {
    let name = |at: &Option<usize>| target.columns.get((*at)?).map(|column| column.name.as_str());
    let columns = rows.iter().map(|row| row.errors.iter().filter_map(|(at, _)| name(at)).collect());
    let texts = rows.iter().map(|row| row.errors.iter().map(|(_, text)| text.as_str()).collect());
    let mut arrays = vec![
        lists(schema, 0, columns.collect())?,
        lists(schema, 1, texts.collect())?,
        Arc::new(BinaryViewArray::from_iter(rows.iter().map(|_| occasion.import_id.map(str::as_bytes))))
            as ArrayRef,
    ];
    for at in 0..target.columns.len() {
        let values = rows.iter().map(|row| row.values.get(at).and_then(|value| value.as_deref()));
        arrays.push(Arc::new(BinaryViewArray::from_iter(values)));
    }
    arrays.push(Arc::new(TimestampSecondArray::from(vec![occasion.now_secs; rows.len()])));
    RecordBatch::try_new(schema.clone(), arrays).map_err(|error| Error::internal(error.to_string()))
}

/// A column of lists of texts, as the schema lays it out.
fn lists(schema: &SchemaRef, at: usize, rows: Vec<Vec<&str>>) -> Result<ArrayRef> {
    let Some(DataType::List(element)) = schema.fields().get(at).map(|field| field.data_type()) else {
        return Err(Error::internal("a quarantine table has another layout"));
    };
    let offsets = OffsetBuffer::from_lengths(rows.iter().map(Vec::len));
    let values = BinaryViewArray::from_iter_values(rows.iter().flatten().map(|text| text.as_bytes()));
    ListArray::try_new(element.clone(), offsets, Arc::new(values), None)
        .map(|lists| Arc::new(lists) as ArrayRef)
        .map_err(|error| Error::internal(error.to_string()))
}

/// The text of one value of a file's column; `None` for null.
pub(crate) fn text_of(array: &ArrayRef, row: usize) -> Option<Vec<u8>> {
    use arrow::array::AsArray;
    if array.is_null(row) {
        return None;
    }
    match array.data_type() {
        DataType::Binary => Some(array.as_binary::<i32>().value(row).to_vec()),
        DataType::BinaryView => Some(array.as_binary_view().value(row).to_vec()),
        DataType::Null => None,
        _ => arrow::util::display::array_value_to_string(array, row).ok().map(String::into_bytes),
    }
}
