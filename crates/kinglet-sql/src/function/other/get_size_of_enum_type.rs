//! `getSizeOfEnumType`: number of values of an Enum.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct GetSizeOfEnumType;

static SPEC: Spec = Spec {
    name: "getSizeOfEnumType",
    category: "other",
    syntax: "getSizeOfEnumType(value)",
    summary: "Number of values of an Enum.",
    arguments: &[("value", "Enum")],
    returns: "UInt8 or UInt16",
    examples: &[Example { sql: "getSizeOfEnumType(CAST('a' AS Enum8('a' = 1, 'b' = 2)))", answer: "2" }],
    ..Spec::EMPTY
};

impl Function for GetSizeOfEnumType {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        Ok(match args.expect(0, |ty| ty.enum_values().is_some())? {
            ChType::Enum8(_) => ChType::UInt8,
            _ => ChType::UInt16,
        })
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let count = call.ty(0).enum_values().map_or(0, |values| values.entries().len());
        result::ints(call.result, call.rows, |_| Ok(count as i64))
    }
}
