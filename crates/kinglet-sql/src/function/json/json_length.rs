//! `JSONLength`: number of members of an array or object.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::locate::{Documents, count, expect_path};
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct JsonLength;

static SPEC: Spec = Spec {
    name: "JSONLength",
    category: "json",
    syntax: "JSONLength(json[, path ..])",
    summary: "Number of members of the array or object at the path; 0 for anything else.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "UInt64",
    examples: &[Example { sql: "JSONLength('{\"a\": [1, 2, 3]}', 'a')", answer: "3" }],
    ..Spec::EMPTY
};

impl Function for JsonLength {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        expect_path(args, args.len())?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let documents = Documents::read(call, call.args.len())?;
        result::ints(call.result, call.rows, |row| Ok(documents.value(row).map_or(0, count) as i64))
    }
}
