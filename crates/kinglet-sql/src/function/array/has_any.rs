//! `hasAny`: whether an array has any of the elements of another.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::overlap::overlap;
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct HasAny;

static SPEC: Spec = Spec {
    name: "hasAny",
    category: "array",
    syntax: "hasAny(array, others)",
    summary: "Whether any element of the second array is in the first.",
    arguments: &[("array", "Array"), ("others", "Array")],
    returns: "UInt8",
    examples: &[Example { sql: "hasAny([1, 2], [2, 3])", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for HasAny {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.ty(0).element().ok_or_else(|| args.illegal(0))?;
        args.ty(1).element().ok_or_else(|| args.illegal(1))?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        overlap(call, true)
    }
}
