//! `isValidJSON`: whether a text is JSON.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::locate::whole;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct IsValidJson;

static SPEC: Spec = Spec {
    name: "isValidJSON",
    category: "json",
    syntax: "isValidJSON(json)",
    summary: "Whether the text is one valid JSON value.",
    arguments: &[("json", "String")],
    returns: "UInt8",
    examples: &[
        Example { sql: "isValidJSON('{\"a\": 1}')", answer: "1" },
        Example { sql: "isValidJSON('{a}')", answer: "0" },
    ],
    ..Spec::EMPTY
};

impl Function for IsValidJson {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_text)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        result::flags(call.rows, |row| Ok(whole(texts.get(row)).is_some()))
    }
}
