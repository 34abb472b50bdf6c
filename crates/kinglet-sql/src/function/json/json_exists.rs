//! `JSON_EXISTS`: whether a path leads anywhere.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonExists;

static SPEC: Spec = Spec {
    name: "JSON_EXISTS",
    category: "json",
    syntax: "JSON_EXISTS(json, path)",
    summary: "Whether a path leads anywhere.",
    arguments: &[
        ("json", "String"),
        ("path", "String, constant: `$`, `.name`, `[\"name\"]`, `[0]`, `[0 to 2, 4]`, `[*]`"),
    ],
    returns: "UInt8",
    examples: &[Example { sql: "JSON_EXISTS('{\"a\":{\"b\":1}}', '$.a.b')", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for JsonExists {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        super::path::expect_path(args)?;
        super::path::Path::parse(args.constant_text(1)?.as_bytes())?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let mut flags = Vec::with_capacity(call.rows);
        super::path::each_row(call, |row, found| {
            let _ = row;
            flags.push(!found.is_empty());
        })?;
        result::flags(call.rows, |row| Ok(flags[row]))
    }
}
