//! `JSONExtractFloat`: a float from JSON.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::locate::{Documents, expect_path};
use super::scalar::float;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct JsonExtractFloat;

static SPEC: Spec = Spec {
    name: "JSONExtractFloat",
    category: "json",
    syntax: "JSONExtractFloat(json[, path ..])",
    summary: "The number at the path; 0 where there is none.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "Float64",
    examples: &[Example { sql: "JSONExtractFloat('{\"a\": 1.5}', 'a')", answer: "1.5" }],
    ..Spec::EMPTY
};

impl Function for JsonExtractFloat {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        expect_path(args, args.len())?;
        Ok(ChType::Float64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let documents = Documents::read(call, call.args.len())?;
        result::floats(call.result, call.rows, |row| {
            Ok(documents
                .value(row)
                .filter(|value| !matches!(value.first(), Some(b't' | b'f')))
                .and_then(float)
                .unwrap_or(0.0))
        })
    }
}
