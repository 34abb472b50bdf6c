//! `defaultValueOfTypeName`: the default value of a type.

use crate::ColumnBuilder;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct DefaultValueOfTypeName;

static SPEC: Spec = Spec {
    name: "defaultValueOfTypeName",
    category: "other",
    syntax: "defaultValueOfTypeName(type)",
    summary: "The default value of a type.",
    arguments: &[("type", "Name of a type, constant")],
    returns: "That type",
    examples: &[Example { sql: "defaultValueOfTypeName('Array(UInt8)')", answer: "[]" }],
    ..Spec::EMPTY
};

impl Function for DefaultValueOfTypeName {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_text)?;
        crate::operator::parse_type(&args.constant_text(0)?)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let mut builder = ColumnBuilder::new(call.result);
        (0..call.rows).for_each(|_| builder.append_default());
        builder.finish()
    }
}
