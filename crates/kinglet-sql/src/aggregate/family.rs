//! Aggregates that differ in little from each other: each is an entry of a table.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type};
use kinglet_types::{ChType, Result};

use super::{Aggregate, Bound, Call, Empty, Nulls};
use crate::Environment;
use crate::conversion::{Failure, convert};
use crate::function::Spec;
use crate::function::result::internal;

/// An aggregate made of its documentation and what binds it.
pub(super) struct Member {
    spec: &'static Spec,
    bind: fn(&Call<'_>) -> Result<Arc<dyn Bound>>,
    nulls: Nulls,
    empty: Empty,
}

impl Member {
    /// An aggregate that leaves rows with NULLs out and is NULL where none is left.
    pub(super) const fn new(spec: &'static Spec, bind: fn(&Call<'_>) -> Result<Arc<dyn Bound>>) -> Self {
        Self { spec, bind, nulls: Nulls::Skip, empty: Empty::Null }
    }

    /// The same, but it answers its default where no row is left.
    pub(super) const fn or_default(self) -> Self {
        Self { empty: Empty::Default, ..self }
    }

    /// The same, and its states are those of plain arguments.
    pub(super) const fn or_plain_default(self) -> Self {
        Self { empty: Empty::Plain, ..self }
    }

    /// The same, but it is given NULLs.
    pub(super) const fn with_nulls(self) -> Self {
        Self { nulls: Nulls::Own, ..self }
    }
}

impl Aggregate for Member {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        (self.bind)(call)
    }

    fn nulls(&self) -> Nulls {
        self.nulls
    }

    fn empty(&self) -> Empty {
        self.empty
    }
}

/// A column of numbers as floats; decimals by their value.
///
/// # Errors
/// 49 when the column is not laid out as its type.
pub(super) fn numbers(column: &ArrayRef, ty: &ChType) -> Result<Vec<f64>> {
    let plain = match column.data_type() {
        DataType::FixedSizeBinary(_) => {
            convert(column, ty, &ChType::Float64, Failure::Error, &Environment::default())?
        }
        DataType::Date32 => {
            cast(&cast(column, &DataType::Int32).map_err(internal)?, &DataType::Float64).map_err(internal)?
        }
        DataType::Timestamp(..) => {
            cast(&cast(column, &DataType::Int64).map_err(internal)?, &DataType::Float64).map_err(internal)?
        }
        _ => cast(column, &DataType::Float64).map_err(internal)?,
    };
    let plain = plain.as_primitive_opt::<Float64Type>().ok_or_else(|| internal("no numbers"))?;
    Ok((0..plain.len()).map(|row| if plain.is_null(row) { 0.0 } else { plain.value(row) }).collect())
}

/// [`numbers`] of all columns.
///
/// # Errors
/// As [`numbers`].
pub(super) fn all_numbers(columns: &[ArrayRef], types: &[ChType]) -> Result<Vec<Vec<f64>>> {
    columns.iter().zip(types).map(|(column, ty)| numbers(column, ty)).collect()
}
