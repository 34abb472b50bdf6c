//! `indexHint`: always 1: the conditions are for indexes alone.

use crate::function::{Args, Call, Example, Function, Nulls, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct IndexHint;

static SPEC: Spec = Spec {
    name: "indexHint",
    category: "other",
    syntax: "indexHint(value, ..)",
    summary: "Always 1: the conditions are for indexes alone.",
    arguments: &[("value", "Any types")],
    returns: "UInt8",
    examples: &[Example { sql: "indexHint(1 = 2)", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for IndexHint {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
    fn return_type(&self, _args: &Args<'_>) -> Result<ChType> {
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        result::flags(call.rows, |_| Ok(true))
    }
}
