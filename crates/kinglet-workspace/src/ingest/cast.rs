//! Foreign Arrow arrays as arrays of a column's layout.

use super::column::{Refusal, column};
use arrow::array::{Array, ArrayRef, AsArray, make_array};
use arrow::compute::{CastOptions, cast_with_options};
use arrow::datatypes::{DataType, TimeUnit};
use kinglet_types::ChType;

/// A value that does not fit.
pub(crate) struct Fault {
    /// Row in the array, or 0 where it is not known.
    pub(crate) row: usize,
    /// What is wrong.
    pub(crate) reason: String,
}

impl Fault {
    fn new(row: usize, reason: impl Into<String>) -> Fault {
        Fault { row, reason: reason.into() }
    }
}

/// `array` as values of `ty` in `layout`. Nulls stay nulls.
pub(crate) fn cast(array: &ArrayRef, ty: &ChType, layout: &DataType) -> Result<ArrayRef, Fault> {
    let array = plain(array)?;
    if array.data_type() == layout {
        return Ok(array);
    }
    if is_text(array.data_type()) && !is_text(layout) {
        return from_text(&array, ty, layout);
    }
    let options = CastOptions { safe: false, ..CastOptions::default() };
    // Integers are not cut: an Int64 that does not fit an Int32 is an error.
    cast_with_options(&array, layout, &options).map_err(|error| Fault::new(0, error.to_string()))
}

fn is_text(layout: &DataType) -> bool {
    use DataType::{Binary, BinaryView, LargeBinary, LargeUtf8, Utf8, Utf8View};
    matches!(layout, Binary | BinaryView | LargeBinary | LargeUtf8 | Utf8 | Utf8View)
}

/// Without dictionaries and time zones: an instant is the same in every zone.
fn plain(array: &ArrayRef) -> Result<ArrayRef, Fault> {
    match array.data_type() {
        DataType::Dictionary(_, values) => {
            let values = values.as_ref().clone();
            let options = CastOptions { safe: false, ..CastOptions::default() };
            let unpacked = cast_with_options(array, &values, &options)
                .map_err(|error| Fault::new(0, error.to_string()))?;
            plain(&unpacked)
        }
        DataType::Timestamp(unit, Some(_)) => relabelled(array, *unit),
        _ => Ok(array.clone()),
    }
}

fn relabelled(array: &ArrayRef, unit: TimeUnit) -> Result<ArrayRef, Fault> {
    let data = array.to_data().into_builder().data_type(DataType::Timestamp(unit, None)).build();
    data.map(make_array).map_err(|error| Fault::new(0, error.to_string()))
}

fn from_text(array: &ArrayRef, ty: &ChType, layout: &DataType) -> Result<ArrayRef, Fault> {
    let options = CastOptions::default();
    let bytes = cast_with_options(array, &DataType::BinaryView, &options)
        .map_err(|error| Fault::new(0, error.to_string()))?;
    let nullable = ty.clone().nullable();
    let Some(mut builder) = column(&nullable, layout) else {
        return Err(Fault::new(0, format!("text cannot be read as {ty}")));
    };
    let texts = bytes.as_binary_view();
    for row in 0..texts.len() {
        let taken =
            if texts.is_null(row) { builder.push_null() } else { builder.push_text(texts.value(row)) };
        if let Err(Refusal::NotOfType | Refusal::Malformed(_)) = taken {
            let value = super::target::excerpt(texts.value(row));
            return Err(Fault::new(row, format!("value '{value}' is not {ty}")));
        }
    }
    Ok(builder.finish())
}
