//! `arrayPushBack`: an array with one more element at the end.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::push::{push, pushed_type};
use crate::function::{Args, Call, Example, Function, Nulls, Spec};

pub(in crate::function) struct ArrayPushBack;

static SPEC: Spec = Spec {
    name: "arrayPushBack",
    category: "array",
    syntax: "arrayPushBack(array, value)",
    summary: "The array with the value added at the end.",
    arguments: &[("array", "Array"), ("value", "a value")],
    returns: "Array of a common type.",
    examples: &[Example { sql: "arrayPushBack([1, 2], 3)", answer: "[1,2,3]" }],
    ..Spec::EMPTY
};

impl Function for ArrayPushBack {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn takes_tagged(&self) -> bool {
        true
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        pushed_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        push(call, false)
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
}
