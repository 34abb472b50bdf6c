//! One evaluation of a function over a batch, and readers of its arguments.

use std::sync::Arc;

use arrow::array::{
    Array, ArrayRef, AsArray, BinaryViewArray, FixedSizeBinaryArray, Float64Array, ListArray, PrimitiveArray,
};
use arrow::buffer::ScalarBuffer;
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type, Int64Type};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::{Column, Lambda};
use crate::Environment;
use crate::widen::widened;

/// One evaluation: arguments, number of rows and the type promised.
pub struct Call<'a> {
    /// The function's name as called, for messages.
    pub name: &'a str,
    /// The arguments; lambdas hold a place of type `Nothing`.
    pub args: &'a [Column],
    /// Number of rows; 1 if every argument is constant.
    pub rows: usize,
    /// The type `return_type` gave.
    pub result: &'a ChType,
    /// The query's surroundings.
    pub environment: &'a Environment,
    pub(crate) lambdas: &'a [Option<Lambda>],
}

impl<'a> Call<'a> {
    /// Argument `at`.
    ///
    /// # Errors
    /// 49 when there is none, which `return_type` should have refused.
    pub fn arg(&self, at: usize) -> Result<&'a Column> {
        self.args.get(at).ok_or_else(|| self.internal(format!("has no argument {}", at + 1)))
    }

    /// Type of argument `at`, `Nothing` past the end.
    pub fn ty(&self, at: usize) -> &'a ChType {
        self.args.get(at).map_or(&ChType::Nothing, |arg| &arg.ty)
    }

    /// The lambda at argument `at`.
    ///
    /// # Errors
    /// 43 when the argument is no lambda.
    pub fn lambda(&self, at: usize) -> Result<&'a Lambda> {
        self.lambdas.get(at).and_then(Option::as_ref).ok_or_else(|| {
            let message = format!("Argument {} of function {} must be a lambda", at + 1, self.name);
            SqlError::new(ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT, message)
        })
    }

    /// Whether argument `at` is a lambda.
    pub fn is_lambda(&self, at: usize) -> bool {
        self.lambdas.get(at).is_some_and(Option::is_some)
    }

    /// Reads argument `at`, a String or FixedString (or any column stored as bytes), as bytes.
    ///
    /// # Errors
    /// 44 when it is stored otherwise.
    pub fn bytes(&self, at: usize) -> Result<Bytes<'a>> {
        let column = self.arg(at)?;
        let source = match column.array.data_type() {
            DataType::BinaryView => Source::View(column.array.as_binary_view()),
            DataType::FixedSizeBinary(_) => Source::Fixed(column.array.as_fixed_size_binary()),
            _ => return Err(self.illegal_column(at)),
        };
        Ok(Bytes { source, constant: column.constant })
    }

    /// Reads argument `at`, a number, Bool, date or time, as Int64 (UInt64 keeps its bits; dates are days,
    /// times are stored units, floats are truncated and Decimals lose their fraction).
    ///
    /// # Errors
    /// 44 when it is something else.
    pub fn ints(&self, at: usize) -> Result<Ints> {
        let column = self.arg(at)?;
        if let Some((65.., _)) = column.ty.integer_bits() {
            let values = (0..column.array.len()).map(|row| low_bits(&column.array, row)).collect();
            return Ok(Ints { values, constant: column.constant });
        }
        let values = int_values(&column.array).ok_or_else(|| self.illegal_column(at))?;
        Ok(Ints { values, constant: column.constant })
    }

    /// Reads argument `at`, a number, as Float64.
    ///
    /// # Errors
    /// 44 when it is something else.
    pub fn floats(&self, at: usize) -> Result<Floats> {
        let column = self.arg(at)?;
        if let Some((65.., _)) = column.ty.integer_bits() {
            let value = |row| crate::conversion::as_float(&column.array, row, &column.ty);
            let values = (0..column.array.len()).map(value).collect();
            return Ok(Floats { values, constant: column.constant });
        }
        let array = match column.array.data_type() {
            DataType::Float64 => Arc::clone(&column.array),
            _ => cast(&column.array, &DataType::Float64).map_err(|_| self.illegal_column(at))?,
        };
        let values = array.as_primitive::<Float64Type>().values().clone();
        Ok(Floats { values, constant: column.constant })
    }

    /// Reads argument `at`, an array.
    ///
    /// # Errors
    /// 44 when it is something else.
    pub fn lists(&self, at: usize) -> Result<Lists<'a>> {
        let column = self.arg(at)?;
        let array = column.array.as_list_opt::<i32>().ok_or_else(|| self.illegal_column(at))?;
        Ok(Lists { array, constant: column.constant })
    }

    /// Error 44 about argument `at`.
    pub fn illegal_column(&self, at: usize) -> SqlError {
        let message =
            format!("Illegal column {} of argument {} of function {}", self.ty(at), at + 1, self.name);
        SqlError::new(ErrorCode::ILLEGAL_COLUMN, message)
    }

    fn internal(&self, text: impl std::fmt::Display) -> SqlError {
        SqlError::new(ErrorCode::LOGICAL_ERROR, format!("Function {} {text}", self.name))
    }
}

/// The low 64 bits of a wider whole number.
fn low_bits(array: &ArrayRef, row: usize) -> i64 {
    let mut bytes = [0; 8];
    if let Some(low) = crate::text::bytes_at(array, row).get(..8) {
        bytes.copy_from_slice(low);
    }
    i64::from_le_bytes(bytes)
}

/// The stored whole numbers of an array, widened to 64 bits.
fn int_values(array: &ArrayRef) -> Option<ScalarBuffer<i64>> {
    if !array.data_type().is_decimal()
        && let Some(numbers) = widened(array)
    {
        return Some(numbers);
    }
    let stored = cast(array, &DataType::Int64).ok()?;
    Some(stored.as_primitive_opt::<Int64Type>()?.values().clone())
}

enum Source<'a> {
    View(&'a BinaryViewArray),
    Fixed(&'a FixedSizeBinaryArray),
}

/// Texts by row.
pub struct Bytes<'a> {
    source: Source<'a>,
    constant: bool,
}

impl<'a> Bytes<'a> {
    /// The bytes of a row; a FixedString with its trailing zero bytes.
    pub fn get(&self, row: usize) -> &'a [u8] {
        let at = if self.constant { 0 } else { row };
        match &self.source {
            Source::View(array) if at < array.len() => array.value(at),
            Source::Fixed(array) if at < array.len() => array.value(at),
            _ => &[],
        }
    }
}

/// Whole numbers by row.
pub struct Ints {
    values: ScalarBuffer<i64>,
    constant: bool,
}

impl Ints {
    /// The number of a row.
    pub fn get(&self, row: usize) -> i64 {
        self.values.get(if self.constant { 0 } else { row }).copied().unwrap_or(0)
    }
}

/// Floats by row.
pub struct Floats {
    values: ScalarBuffer<f64>,
    constant: bool,
}

impl Floats {
    /// The numbers, one if the argument is constant.
    pub(crate) fn into_values(self) -> ScalarBuffer<f64> {
        self.values
    }

    /// The number of a row.
    pub fn get(&self, row: usize) -> f64 {
        self.values.get(if self.constant { 0 } else { row }).copied().unwrap_or(0.0)
    }
}

/// Arrays by row.
pub struct Lists<'a> {
    array: &'a ListArray,
    constant: bool,
}

impl<'a> Lists<'a> {
    /// The elements of all rows.
    pub fn elements(&self) -> &'a ArrayRef {
        self.array.values()
    }

    /// The elements of all rows as 64-bit whole numbers, as [`Call::ints`] reads columns.
    pub fn int_elements(&self) -> Option<ScalarBuffer<i64>> {
        int_values(self.array.values())
    }

    /// Where the elements of a row lie in [`Lists::elements`].
    pub fn range(&self, row: usize) -> std::ops::Range<usize> {
        let at = if self.constant { 0 } else { row };
        let offsets = self.array.value_offsets();
        match (offsets.get(at), offsets.get(at + 1)) {
            (Some(start), Some(end)) => *start as usize..*end as usize,
            _ => 0..0,
        }
    }

    /// Number of elements of a row.
    pub fn len(&self, row: usize) -> usize {
        self.range(row).len()
    }

    /// Whether a row has no elements.
    pub fn is_empty(&self, row: usize) -> bool {
        self.len(row) == 0
    }
}

/// A Float64 array of values without NULLs, so that readers and results share one buffer type.
pub(crate) fn float_array(values: Vec<f64>) -> Float64Array {
    PrimitiveArray::from(values)
}
