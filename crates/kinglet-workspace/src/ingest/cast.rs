//! Foreign Arrow arrays as arrays of a column's layout.

use super::column::{Refusal, column};
use arrow::array::{Array, ArrayRef, AsArray, make_array};
use arrow::compute::{CastOptions, cast_with_options};
use arrow::datatypes::{DataType, TimeUnit};
use kinglet_types::ChType;

/// An array in another layout, with the rows whose values do not fit; their values there
/// stand for nothing.
pub(crate) struct Cast {
    pub(crate) array: ArrayRef,
    pub(crate) refused: Vec<usize>,
}

impl Cast {
    fn whole(array: ArrayRef) -> Cast {
        Cast { array, refused: Vec::new() }
    }
}

/// `array` as values of `ty` in `layout`. Nulls stay nulls. An error is why none of it can
/// be.
pub(crate) fn cast(array: &ArrayRef, ty: &ChType, layout: &DataType) -> Result<Cast, String> {
    let array = plain(array)?;
    // JSON and its kin are laid out as bytes, which are not their texts.
    let spelled = matches!(ty.bare(), ChType::Json(_) | ChType::Variant(_) | ChType::Dynamic(_));
    if array.data_type() == layout && !spelled {
        return Ok(Cast::whole(array));
    }
    if is_text(array.data_type()) && (spelled || !is_text(layout)) {
        return from_text(&array, ty, layout);
    }
    let options = CastOptions { safe: false, ..CastOptions::default() };
    // Integers are not cut: an Int64 that does not fit an Int32 is refused.
    match cast_with_options(&array, layout, &options) {
        Ok(array) => Ok(Cast::whole(array)),
        Err(error) if layout.is_nested() => Err(error.to_string()),
        Err(_) => row_by_row(&array, layout),
    }
}

/// Casts what can be cast.
fn row_by_row(array: &ArrayRef, layout: &DataType) -> Result<Cast, String> {
    let cast =
        cast_with_options(array, layout, &CastOptions::default()).map_err(|error| error.to_string())?;
    let refused = (0..array.len()).filter(|row| array.is_valid(*row) && cast.is_null(*row)).collect();
    Ok(Cast { array: cast, refused })
}

fn is_text(layout: &DataType) -> bool {
    use DataType::{Binary, BinaryView, LargeBinary, LargeUtf8, Utf8, Utf8View};
    matches!(layout, Binary | BinaryView | LargeBinary | LargeUtf8 | Utf8 | Utf8View)
}

/// Without dictionaries and time zones: an instant is the same in every zone.
fn plain(array: &ArrayRef) -> Result<ArrayRef, String> {
    match array.data_type() {
        DataType::Dictionary(_, values) => {
            let values = values.as_ref().clone();
            let options = CastOptions { safe: false, ..CastOptions::default() };
            let unpacked = cast_with_options(array, &values, &options).map_err(|error| error.to_string())?;
            plain(&unpacked)
        }
        DataType::Timestamp(unit, Some(_)) => relabelled(array, *unit),
        _ => Ok(array.clone()),
    }
}

fn relabelled(array: &ArrayRef, unit: TimeUnit) -> Result<ArrayRef, String> {
    let data = array.to_data().into_builder().data_type(DataType::Timestamp(unit, None)).build();
    data.map(make_array).map_err(|error| error.to_string())
}

fn from_text(array: &ArrayRef, ty: &ChType, layout: &DataType) -> Result<Cast, String> {
    let options = CastOptions::default();
    let bytes =
        cast_with_options(array, &DataType::BinaryView, &options).map_err(|error| error.to_string())?;
    let nullable = ty.clone().nullable();
    let Some(mut builder) = column(&nullable, layout) else {
        return Err(format!("text cannot be read as {ty}"));
    };
    let texts = bytes.as_binary_view();
    let mut refused = Vec::new();
    for row in 0..texts.len() {
        let taken =
            if texts.is_null(row) { builder.push_null() } else { builder.push_text(texts.value(row)) };
        if let Err(Refusal::NotOfType | Refusal::Malformed(_)) = taken {
            refused.push(row);
        }
    }
    Ok(Cast { array: builder.finish(), refused })
}
