//! A column of values with its ClickHouse type.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, BinaryViewArray, UInt32Array, new_null_array};
use arrow::compute::take;
use arrow::datatypes::DataType;
use datafusion::common::ScalarValue;
use kinglet_types::ChType;

use crate::arrow_type;

/// Values of one ClickHouse type; a constant holds one value that stands for any number of rows.
#[derive(Clone, Debug)]
pub struct Column {
    /// The type. Inside `evaluate` it is bare (see the module's documentation).
    pub ty: ChType,
    /// The values, in the layout of [`arrow_type`]. One value if `constant`.
    pub array: ArrayRef,
    /// Whether the one value stands for every row.
    pub constant: bool,
}

impl Column {
    /// A column with a value per row.
    pub fn new(ty: ChType, array: ArrayRef) -> Self {
        Self { ty, array, constant: false }
    }

    /// One value for all rows; `array` has one value.
    pub fn constant(ty: ChType, array: ArrayRef) -> Self {
        Self { ty, array, constant: true }
    }

    /// A constant NULL of a nullable type.
    pub fn null(ty: ChType) -> Self {
        let array = new_null_array(&arrow_type(&ty), 1);
        Self::constant(ty, array)
    }

    /// A column of texts, mostly for tests.
    pub fn of_texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let array = BinaryViewArray::from_iter_values(texts.into_iter().map(str::as_bytes));
        Self::new(ChType::String, Arc::new(array))
    }

    /// Index into `array` for a row.
    pub fn index(&self, row: usize) -> usize {
        if self.constant { 0 } else { row }
    }

    /// Whether the value of a row is NULL.
    pub fn is_null(&self, row: usize) -> bool {
        *self.array.data_type() == DataType::Null || self.array.is_null(self.index(row))
    }

    /// The values with a constant repeated `rows` times.
    pub fn expanded(&self, rows: usize) -> ArrayRef {
        if !self.constant || self.array.len() == rows && rows == 1 {
            return Arc::clone(&self.array);
        }
        let indices = UInt32Array::from(vec![0_u32; rows]);
        take(&self.array, &indices, None).unwrap_or_else(|_| new_null_array(self.array.data_type(), rows))
    }

    /// The constant as a DataFusion literal.
    pub fn to_scalar(&self) -> Option<ScalarValue> {
        ScalarValue::try_from_array(&self.array, 0).ok()
    }

    /// The text of a constant of type String or FixedString, if it is valid UTF-8 and not NULL.
    pub fn text_value(&self) -> Option<String> {
        match (self.ty.bare(), self.to_scalar()?) {
            (
                ChType::String | ChType::FixedString(_),
                ScalarValue::BinaryView(Some(bytes)) | ScalarValue::FixedSizeBinary(_, Some(bytes)),
            ) => String::from_utf8(bytes).ok(),
            _ => None,
        }
    }

    /// The value of a constant whole number, Bool, date or time, if it fits and is not NULL.
    pub fn int_value(&self) -> Option<i64> {
        Some(match self.to_scalar()? {
            ScalarValue::Boolean(v) => i64::from(v?),
            ScalarValue::Int8(v) => v?.into(),
            ScalarValue::Int16(v) => v?.into(),
            ScalarValue::Int32(v) | ScalarValue::Date32(v) => v?.into(),
            ScalarValue::UInt8(v) => v?.into(),
            ScalarValue::UInt16(v) => v?.into(),
            ScalarValue::UInt32(v) => v?.into(),
            ScalarValue::UInt64(v) => i64::try_from(v?).ok()?,
            ScalarValue::Int64(v)
            | ScalarValue::TimestampSecond(v, _)
            | ScalarValue::TimestampMillisecond(v, _)
            | ScalarValue::TimestampMicrosecond(v, _)
            | ScalarValue::TimestampNanosecond(v, _) => v?,
            _ => return None,
        })
    }

    /// The value of a constant number as Float64.
    pub fn float_value(&self) -> Option<f64> {
        match self.to_scalar()? {
            ScalarValue::Float32(v) => v.map(f64::from),
            ScalarValue::Float64(v) => v,
            ScalarValue::UInt64(v) => v.map(|v| v as f64),
            ScalarValue::Decimal32(v, _, s) => v.map(|v| f64::from(v) / 10_f64.powi(s.into())),
            ScalarValue::Decimal64(v, _, s) => v.map(|v| v as f64 / 10_f64.powi(s.into())),
            ScalarValue::Decimal128(v, _, s) => v.map(|v| v as f64 / 10_f64.powi(s.into())),
            _ => self.int_value().map(|v| v as f64),
        }
    }
}
