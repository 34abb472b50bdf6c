//! `JSONExtractInt`: a whole number from JSON.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::locate::{Documents, expect_path};
use super::scalar::int;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct JsonExtractInt;

static SPEC: Spec = Spec {
    name: "JSONExtractInt",
    category: "json",
    syntax: "JSONExtractInt(json[, path ..])",
    summary: "The number at the path, its fraction cut off; 0 where there is none.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "Int64",
    examples: &[Example { sql: "JSONExtractInt('{\"a\": -3}', 'a')", answer: "-3" }],
    ..Spec::EMPTY
};

impl Function for JsonExtractInt {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        expect_path(args, args.len())?;
        Ok(ChType::Int64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let documents = Documents::read(call, call.args.len())?;
        result::ints(call.result, call.rows, |row| {
            let number = documents
                .value(row)
                .filter(|value| !matches!(value.first(), Some(b't' | b'f')))
                .and_then(int);
            Ok(number.and_then(|number| i64::try_from(number).ok()).unwrap_or(0))
        })
    }
}
