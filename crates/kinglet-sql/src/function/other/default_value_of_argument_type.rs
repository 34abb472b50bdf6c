//! `defaultValueOfArgumentType`: the default value of the argument's type.

use crate::ColumnBuilder;
use crate::function::{Args, Call, Example, Function, Nulls, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct DefaultValueOfArgumentType;

static SPEC: Spec = Spec {
    name: "defaultValueOfArgumentType",
    category: "other",
    syntax: "defaultValueOfArgumentType(value)",
    summary: "The default value of the argument's type.",
    arguments: &[("value", "Any type")],
    returns: "The type of the value",
    examples: &[Example { sql: "defaultValueOfArgumentType(5)", answer: "0" }],
    ..Spec::EMPTY
};

impl Function for DefaultValueOfArgumentType {
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
        Ok(args.ty(0).clone())
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let mut builder = ColumnBuilder::new(call.result);
        (0..call.rows).for_each(|_| builder.append_default());
        builder.finish()
    }
}
