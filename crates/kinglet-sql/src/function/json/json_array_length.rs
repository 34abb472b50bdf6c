//! `JSONArrayLength`: number of elements of a JSON array; NULL for anything else.

use super::locate::{count, whole};
use crate::function::{Args, Call, Case, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonArrayLength;

static SPEC: Spec = Spec {
    name: "JSONArrayLength",
    aliases: &["JSON_ARRAY_LENGTH"],
    case: Case::Insensitive,
    category: "json",
    syntax: "JSONArrayLength(json)",
    summary: "Number of elements of a JSON array; NULL for anything else.",
    arguments: &[("json", "String")],
    returns: "Nullable(UInt64)",
    examples: &[Example { sql: "JSONArrayLength('[1, 2, 3]')", answer: "3" }],
    ..Spec::EMPTY
};

impl Function for JsonArrayLength {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        crate::function::shape::expect_texts(args, 1)?;
        Ok(ChType::UInt64.nullable())
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        result::nullable_ints(call.result, call.rows, |row| {
            let value = whole(texts.get(row)).filter(|value| value.starts_with(b"["));
            Ok(value.map(|value| count(value) as i64))
        })
    }
}
