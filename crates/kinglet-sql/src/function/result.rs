//! Building result columns.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, BinaryViewBuilder, BooleanArray, Date32Array, Int8Array, Int16Array, Int32Array,
    Int64Array, ListArray, UInt8Array, UInt16Array, UInt32Array, UInt64Array, new_null_array,
};
use arrow::buffer::{NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow::compute::{CastOptions, cast, cast_with_options};
use arrow::datatypes::{DataType, Field};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::arrow_type;

/// A String column of `rows` values; `write` appends the bytes of a row to an empty buffer.
///
/// # Errors
/// The first error of `write`.
pub fn texts(rows: usize, mut write: impl FnMut(usize, &mut Vec<u8>) -> Result<()>) -> Result<ArrayRef> {
    let mut builder = BinaryViewBuilder::with_capacity(rows);
    let mut buffer = Vec::new();
    for row in 0..rows {
        buffer.clear();
        write(row, &mut buffer)?;
        builder.append_value(&buffer);
    }
    Ok(Arc::new(builder.finish()))
}

/// A Nullable(String) column; a row is NULL where `write` answers false.
///
/// # Errors
/// The first error of `write`.
pub fn nullable_texts(
    rows: usize,
    mut write: impl FnMut(usize, &mut Vec<u8>) -> Result<bool>,
) -> Result<ArrayRef> {
    let mut builder = BinaryViewBuilder::with_capacity(rows);
    let mut buffer = Vec::new();
    for row in 0..rows {
        buffer.clear();
        if write(row, &mut buffer)? { builder.append_value(&buffer) } else { builder.append_null() }
    }
    Ok(Arc::new(builder.finish()))
}

/// A column of any whole-number, Bool, date or time type: the numbers wrap to the type's width, times
/// are in stored units.
///
/// # Errors
/// The first error of `value`, or 49 for a type that is no such type.
pub fn ints(ty: &ChType, rows: usize, mut value: impl FnMut(usize) -> Result<i64>) -> Result<ArrayRef> {
    let values = (0..rows).map(&mut value).collect::<Result<Vec<i64>>>()?;
    int_array(ty, values, None)
}

/// [`ints`] with NULLs.
///
/// # Errors
/// As [`ints`].
pub fn nullable_ints(
    ty: &ChType,
    rows: usize,
    mut value: impl FnMut(usize) -> Result<Option<i64>>,
) -> Result<ArrayRef> {
    let values = (0..rows).map(&mut value).collect::<Result<Vec<Option<i64>>>>()?;
    let nulls = NullBuffer::from_iter(values.iter().map(Option::is_some));
    int_array(ty, values.into_iter().map(Option::unwrap_or_default).collect(), Some(nulls))
}

pub(crate) fn int_array(ty: &ChType, values: Vec<i64>, nulls: Option<NullBuffer>) -> Result<ArrayRef> {
    let target = arrow_type(ty);
    macro_rules! wrapped {
        ($array:ident) => {
            Ok(Arc::new($array::new(values.into_iter().map(|v| v as _).collect::<Vec<_>>().into(), nulls)))
        };
    }
    match &target {
        DataType::UInt8 => wrapped!(UInt8Array),
        DataType::UInt16 => wrapped!(UInt16Array),
        DataType::UInt32 => wrapped!(UInt32Array),
        DataType::UInt64 => wrapped!(UInt64Array),
        DataType::Int8 => wrapped!(Int8Array),
        DataType::Int16 => wrapped!(Int16Array),
        DataType::Int32 => wrapped!(Int32Array),
        DataType::Date32 => wrapped!(Date32Array),
        DataType::Int64 => Ok(Arc::new(Int64Array::new(values.into(), nulls))),
        DataType::Timestamp(..) => {
            let array = Int64Array::new(values.into(), nulls);
            let data = array.into_data().into_builder().data_type(target).build().map_err(internal)?;
            Ok(arrow::array::make_array(data))
        }
        _ => {
            let array = Int64Array::new(values.into(), nulls);
            cast_with_options(&array, &target, &CastOptions { safe: false, ..Default::default() })
                .map_err(internal)
        }
    }
}

/// A Float64 (or, by `ty`, Float32) column.
///
/// # Errors
/// The first error of `value`.
pub fn floats(ty: &ChType, rows: usize, value: impl FnMut(usize) -> Result<f64>) -> Result<ArrayRef> {
    let values = (0..rows).map(value).collect::<Result<Vec<f64>>>()?;
    let array: ArrayRef = Arc::new(super::call::float_array(values));
    if *ty.bare() == ChType::Float32 { cast(&array, &DataType::Float32).map_err(internal) } else { Ok(array) }
}

/// A UInt8 column of 0 and 1, held as Boolean until it is used as a number.
///
/// # Errors
/// The first error of `value`.
pub fn flags(rows: usize, value: impl FnMut(usize) -> Result<bool>) -> Result<ArrayRef> {
    let values = (0..rows).map(value).collect::<Result<Vec<bool>>>()?;
    Ok(Arc::new(BooleanArray::from(values)))
}

/// An array column of type `ty` from the elements of all rows and the number of elements of each row.
///
/// # Errors
/// 49 when the lengths do not add up to the elements.
pub fn lists(ty: &ChType, elements: ArrayRef, lengths: impl IntoIterator<Item = usize>) -> Result<ArrayRef> {
    let DataType::List(field) = arrow_type(ty) else {
        return Err(SqlError::new(ErrorCode::LOGICAL_ERROR, format!("{ty} is no Array")));
    };
    list_of(field, elements, OffsetBuffer::from_lengths(lengths))
}

/// An array column with the same lengths as `like`.
///
/// # Errors
/// 49 when there are not as many elements.
pub fn lists_like(ty: &ChType, elements: ArrayRef, offsets: &[i32]) -> Result<ArrayRef> {
    let lengths = offsets.windows(2).map(|pair| (pair[1] - pair[0]) as usize);
    lists(ty, elements, lengths.collect::<Vec<_>>())
}

fn list_of(field: Arc<Field>, elements: ArrayRef, offsets: OffsetBuffer<i32>) -> Result<ArrayRef> {
    Ok(Arc::new(ListArray::try_new(field, offsets, elements, None).map_err(internal)?))
}

/// `rows` NULLs in the layout of `ty`.
pub fn nulls(ty: &ChType, rows: usize) -> ArrayRef {
    new_null_array(&arrow_type(ty), rows)
}

/// Offsets of lists of the given lengths.
pub fn offsets(lengths: impl IntoIterator<Item = usize>) -> ScalarBuffer<i32> {
    OffsetBuffer::<i32>::from_lengths(lengths).into_inner()
}

/// An Arrow error as error 49.
pub fn internal(error: impl std::fmt::Display) -> SqlError {
    SqlError::new(ErrorCode::LOGICAL_ERROR, error.to_string())
}

/// A String or FixedString column, by `ty`. A FixedString is padded with zero bytes or cut.
///
/// # Errors
/// The first error of `write`.
pub fn texts_of(
    ty: &ChType,
    rows: usize,
    mut write: impl FnMut(usize, &mut Vec<u8>) -> Result<()>,
) -> Result<ArrayRef> {
    let ChType::FixedString(length) = ty.bare() else { return texts(rows, write) };
    let mut builder = arrow::array::FixedSizeBinaryBuilder::with_capacity(rows, *length as i32);
    let mut buffer = Vec::new();
    for row in 0..rows {
        buffer.clear();
        write(row, &mut buffer)?;
        buffer.resize(*length as usize, 0);
        builder.append_value(&buffer).map_err(internal)?;
    }
    Ok(Arc::new(builder.finish()))
}
