//! `JSONExtractString`: a text from JSON.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::locate::{Documents, expect_path};
use super::scalar::{text, write_compact};
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct JsonExtractString;

static SPEC: Spec = Spec {
    name: "JSONExtractString",
    category: "json",
    syntax: "JSONExtractString(json[, path ..])",
    summary: "The text at the path; other values as JSON; empty for null and where there is nothing.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "String",
    examples: &[Example { sql: "JSONExtractString('{\"a\": \"b\"}', 'a')", answer: "b" }],
    ..Spec::EMPTY
};

impl Function for JsonExtractString {
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
            match documents.value(row) {
                Some(value @ [b'"', ..]) => out.extend(text(value).unwrap_or_default()),
                None | Some(b"null") => {}
                Some(value) => write_compact(value, out),
            }
            Ok(())
        })
    }
}
