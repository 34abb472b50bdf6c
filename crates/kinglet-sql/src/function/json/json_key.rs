//! `JSONKey`: the key of a member by its position from 1; empty where there is none.

use super::locate::{Documents, expect_path};
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonKey;

static SPEC: Spec = Spec {
    name: "JSONKey",
    category: "json",
    syntax: "JSONKey(json[, path ..], index)",
    summary: "The key of a member by its position from 1; empty where there is none.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "String",
    examples: &[Example { sql: "JSONKey('{\"a\": 1, \"b\": 2}', 2)", answer: "b" }],
    ..Spec::EMPTY
};

impl Function for JsonKey {
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
            out.extend(documents.key(row).unwrap_or_default());
            Ok(())
        })
    }
}
