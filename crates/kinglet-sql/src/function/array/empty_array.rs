//! Empty arrays of a type.

use arrow::array::{ArrayRef, new_empty_array};
use kinglet_types::{ChType, Result};

use crate::arrow_type;
use crate::function::{Args, Call, Function, Spec, result};

/// A function that answers an empty array.
pub(in crate::function) struct EmptyArray {
    pub(super) spec: &'static Spec,
    /// Type of its elements.
    pub(super) ty: ChType,
}

impl Function for EmptyArray {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=0)?;
        Ok(ChType::array(self.ty.clone()))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        result::lists(call.result, new_empty_array(&arrow_type(&self.ty)), vec![0; call.rows])
    }
}
