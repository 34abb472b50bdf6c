//! `JSON_VALUE`: the first scalar value a path leads to; empty where there is none.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonValue;

static SPEC: Spec = Spec {
    name: "JSON_VALUE",
    category: "json",
    syntax: "JSON_VALUE(json, path)",
    summary: "The first scalar value a path leads to; empty where there is none.",
    arguments: &[
        ("json", "String"),
        ("path", "String, constant: `$`, `.name`, `[\"name\"]`, `[0]`, `[0 to 2, 4]`, `[*]`"),
    ],
    returns: "String",
    examples: &[Example { sql: "JSON_VALUE('{\"a\":{\"b\":1}}', '$.a.b')", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for JsonValue {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        super::path::expect_path(args)?;
        super::path::Path::parse(args.constant_text(1)?.as_bytes())?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let mut texts = Vec::with_capacity(call.rows);
        super::path::each_row(call, |_, found| {
            let scalar = found.iter().find(|value| !matches!(value.first(), Some(b'{' | b'[')));
            texts.push(scalar.map(|value| match value.first() {
                Some(b'"') => super::scalar::text(value).unwrap_or_default(),
                _ => value.to_vec(),
            }));
        })?;
        result::texts(call.rows, |row, out| {
            out.extend(texts[row].take().unwrap_or_default());
            Ok(())
        })
    }
}
