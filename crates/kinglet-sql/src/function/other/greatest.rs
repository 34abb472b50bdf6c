//! `greatest`: the greatest of several values.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::best::best;
use crate::function::{Args, Call, Case, Example, Function, Nulls, Spec};
use std::cmp::Ordering;

pub(in crate::function) struct Greatest;

static SPEC: Spec = Spec {
    name: "greatest",
    case: Case::Insensitive,
    category: "other",
    syntax: "greatest(value, ..)",
    summary: "The greatest of the values, converted to a common type; NULLs are left out.",
    arguments: &[("value", "values that can be compared")],
    returns: "The common type.",
    examples: &[Example { sql: "greatest(1, 3, 2)", answer: "3" }],
    ..Spec::EMPTY
};

impl Function for Greatest {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        args.common_type()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        best(call, Ordering::Greater)
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
}
