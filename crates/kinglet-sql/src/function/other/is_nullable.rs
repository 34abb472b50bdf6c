//! `isNullable`: whether the type of the value is Nullable.

use crate::function::{Args, Call, Example, Function, Nulls, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct IsNullable;

static SPEC: Spec = Spec {
    name: "isNullable",
    category: "other",
    syntax: "isNullable(value)",
    summary: "Whether the type of the value is Nullable.",
    arguments: &[("value", "Any type")],
    returns: "UInt8",
    examples: &[Example { sql: "isNullable(toNullable(1))", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for IsNullable {
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
        args.expect_count(1..=1)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        result::flags(call.rows, |_| Ok(call.ty(0).is_nullable()))
    }
}
