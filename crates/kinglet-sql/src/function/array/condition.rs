//! A condition evaluated over the elements of arrays.

use std::ops::Range;

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use kinglet_types::Result;

use crate::function::array_map::Zipped;
use crate::function::result::internal;
use crate::function::{Call, Lambda};

/// What a lambda answered for every element, or the elements themselves where there is no lambda.
pub(super) struct Conditions {
    zipped: Zipped,
    truth: BooleanArray,
}

impl Conditions {
    /// Evaluates the lambda at argument 1 over the arrays after it.
    pub(super) fn read(call: &Call<'_>) -> Result<Self> {
        let first = usize::from(call.is_lambda(0));
        let zipped = Zipped::read(call, first)?;
        let answers = if first == 1 {
            call.lambda(0)?.evaluate(&Lambda::rows_of(&zipped.offsets), &zipped.elements)?
        } else {
            zipped.elements.first().cloned().ok_or_else(|| call.illegal_column(0))?
        };
        let truth = cast(&answers, &DataType::Boolean).map_err(internal)?;
        let truth = truth.as_boolean_opt().ok_or_else(|| internal("a condition that is no Boolean"))?.clone();
        Ok(Self { zipped, truth })
    }

    /// Whether the condition is true for an element.
    pub(super) fn holds(&self, at: usize) -> bool {
        at < self.truth.len() && self.truth.is_valid(at) && self.truth.value(at)
    }

    /// Where the elements of each row lie.
    pub(super) fn ranges(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.zipped.offsets.windows(2).map(|pair| pair[0] as usize..pair[1] as usize)
    }

    /// The elements of the first array.
    pub(super) fn first(&self) -> Option<&ArrayRef> {
        self.zipped.elements.first()
    }
}
