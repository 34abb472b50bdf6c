//! `JSONExtractBool`: a truth value from JSON.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::locate::{Documents, expect_path};
use super::scalar::float;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct JsonExtractBool;

static SPEC: Spec = Spec {
    name: "JSONExtractBool",
    category: "json",
    syntax: "JSONExtractBool(json[, path ..])",
    summary: "Whether the value at the path is true or a number other than 0.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "UInt8",
    examples: &[Example { sql: "JSONExtractBool('{\"a\": true}', 'a')", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for JsonExtractBool {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        expect_path(args, args.len())?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let documents = Documents::read(call, call.args.len())?;
        result::flags(call.rows, |row| {
            Ok(match documents.value(row) {
                Some([b'"', ..]) | None => false,
                Some(value) => float(value).is_some_and(|number| number != 0.0),
            })
        })
    }
}
