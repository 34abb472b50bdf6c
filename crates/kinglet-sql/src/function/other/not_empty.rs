//! `notEmpty`: whether a text or array is not empty.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray};
use kinglet_types::{ChType, Result};

use crate::function::result::internal;
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct NotEmpty;

static SPEC: Spec = Spec {
    name: "notEmpty",
    category: "other",
    syntax: "notEmpty(value)",
    summary: "Whether a text, array or map has any bytes or elements.",
    arguments: &[("value", "String, Array or Map")],
    returns: "UInt8",
    examples: &[Example { sql: "notEmpty('a')", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for NotEmpty {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        super::empty::Empty.return_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let empty = super::empty::Empty.evaluate(call)?;
        let empty = empty.as_boolean_opt().ok_or_else(|| call.illegal_column(0))?;
        Ok(Arc::new(arrow::compute::not(empty).map_err(internal)?))
    }
}
