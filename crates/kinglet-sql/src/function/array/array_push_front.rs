//! `arrayPushFront`: an array with one more element at the front.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::push::{push, pushed_type};
use crate::function::{Args, Call, Example, Function, Nulls, Spec};

pub(in crate::function) struct ArrayPushFront;

static SPEC: Spec = Spec {
    name: "arrayPushFront",
    category: "array",
    syntax: "arrayPushFront(array, value)",
    summary: "The array with the value added at the front.",
    arguments: &[("array", "Array"), ("value", "a value")],
    returns: "Array of a common type.",
    examples: &[Example { sql: "arrayPushFront([1, 2], 3)", answer: "[3,1,2]" }],
    ..Spec::EMPTY
};

impl Function for ArrayPushFront {
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
        push(call, true)
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
}
