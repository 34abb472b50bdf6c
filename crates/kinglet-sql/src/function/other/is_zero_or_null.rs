//! `isZeroOrNull`: whether the value is 0 or NULL.

use crate::function::{Args, Call, Example, Function, Nulls, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct IsZeroOrNull;

static SPEC: Spec = Spec {
    name: "isZeroOrNull",
    category: "other",
    syntax: "isZeroOrNull(value)",
    summary: "Whether the value is 0 or NULL.",
    arguments: &[("value", "Number")],
    returns: "UInt8",
    examples: &[Example { sql: "isZeroOrNull(NULL)", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for IsZeroOrNull {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.bare().is_number() || ty.is_only_null())?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let column = call.arg(0)?;
        if column.ty.is_only_null() {
            return result::flags(call.rows, |_| Ok(true));
        }
        let numbers = call.floats(0)?;
        result::flags(call.rows, |row| Ok(column.is_null(row) || numbers.get(row) == 0.0))
    }
}
