//! Elements compared with a value of another column.

use arrow::array::{Array, ArrayRef};
use arrow::datatypes::DataType;
use arrow::row::Rows;
use kinglet_types::{ChType, ErrorCode, Result, SqlError, supertype};

use super::gather::comparable;
use crate::conversion::{Failure, convert};
use crate::function::{Call, Column, Lists};

/// Error 386 about an element and a value.
pub(super) fn no_common_type(element: &ChType, value: &ChType) -> SqlError {
    let message = format!("There is no supertype for types {element}, {value}");
    SqlError::new(ErrorCode::NO_COMMON_TYPE, message)
}

/// Elements of argument 1 and the values of argument 2, in one comparable form.
pub(super) struct Same {
    elements: Rows,
    element_nulls: ArrayRef,
    values: Rows,
    value: Column,
}

impl Same {
    /// Reads the elements and the values.
    pub(super) fn read(call: &Call<'_>, lists: &Lists<'_>) -> Result<Self> {
        let element = call.ty(0).element().ok_or_else(|| call.illegal_column(0))?;
        let value = call.arg(1)?.clone();
        let common = supertype(&[element.clone(), value.ty.clone()]);
        let common = common.ok_or_else(|| no_common_type(&element, &value.ty))?.nullable();
        let to_common = |array: &ArrayRef, ty| convert(array, ty, &common, Failure::Null, call.environment);
        let elements = to_common(lists.elements(), &element)?;
        let values = to_common(&value.array, &value.ty)?;
        Ok(Self {
            elements: comparable(&elements, false)?,
            element_nulls: elements,
            values: comparable(&values, false)?,
            value,
        })
    }

    /// Whether the element at a position equals the value of a row; NULL equals NULL.
    pub(super) fn equal(&self, at: usize, row: usize) -> bool {
        let missing = *self.element_nulls.data_type() == DataType::Null || self.element_nulls.is_null(at);
        if missing || self.value.is_null(row) {
            return missing && self.value.is_null(row);
        }
        self.elements.row(at) == self.values.row(self.value.index(row))
    }
}
