//! `JSONHas`: whether a path leads to a value.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::locate::{Documents, expect_path};
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct JsonHas;

static SPEC: Spec = Spec {
    name: "JSONHas",
    category: "json",
    syntax: "JSONHas(json[, path ..])",
    summary: "Whether there is a value at the path.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "UInt8",
    examples: &[Example { sql: "JSONHas('{\"a\": {\"b\": 1}}', 'a', 'b')", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for JsonHas {
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
        result::flags(call.rows, |row| Ok(documents.value(row).is_some()))
    }
}
