//! `notHas`: whether a value is none of the elements.

use crate::function::result::internal;
use crate::function::{Args, Call, Example, Function, Nulls, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};
use std::sync::Arc;

pub(in crate::function) struct NotHas;

static SPEC: Spec = Spec {
    name: "notHas",
    category: "array",
    syntax: "notHas(array, value)",
    summary: "Whether a value is none of the elements.",
    arguments: &[("array", "Array"), ("value", "Any type")],
    returns: "UInt8",
    examples: &[Example { sql: "notHas([1, 2], 3)", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for NotHas {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
    fn takes_tagged(&self) -> bool {
        true
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        super::has::Has.return_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let found = super::has::Has.evaluate(call)?;
        let found = arrow::compute::cast(&found, &arrow::datatypes::DataType::Boolean).map_err(internal)?;
        let found = arrow::array::AsArray::as_boolean_opt(&found).ok_or_else(|| call.illegal_column(0))?;
        Ok(Arc::new(arrow::compute::not(found).map_err(internal)?))
    }
}
