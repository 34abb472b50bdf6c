//! `JSONExtractRaw`: a part of JSON as JSON.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::locate::{Documents, expect_path};
use super::scalar::write_compact;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct JsonExtractRaw;

static SPEC: Spec = Spec {
    name: "JSONExtractRaw",
    category: "json",
    syntax: "JSONExtractRaw(json[, path ..])",
    summary: "The value at the path as JSON without white space; empty where there is nothing.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "String",
    examples: &[Example { sql: "JSONExtractRaw('{\"a\": [1, 2]}', 'a')", answer: "[1,2]" }],
    ..Spec::EMPTY
};

impl Function for JsonExtractRaw {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        expect_path(args, args.len())?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let documents = Documents::read(call, call.args.len())?;
        result::texts(call.rows, |row, out| {
            documents.value(row).into_iter().for_each(|value| write_compact(value, out));
            Ok(())
        })
    }
}
