//! `JSON_QUERY`: the values a path leads to, in brackets.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonQuery;

static SPEC: Spec = Spec {
    name: "JSON_QUERY",
    category: "json",
    syntax: "JSON_QUERY(json, path)",
    summary: "The values a path leads to, in brackets.",
    arguments: &[
        ("json", "String"),
        ("path", "String, constant: `$`, `.name`, `[\"name\"]`, `[0]`, `[0 to 2, 4]`, `[*]`"),
    ],
    returns: "String",
    examples: &[Example { sql: "JSON_QUERY('{\"a\":{\"b\":1}}', '$.a')", answer: "[{\"b\":1}]" }],
    ..Spec::EMPTY
};

impl Function for JsonQuery {
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
            let mut text = Vec::new();
            for (at, value) in found.iter().enumerate() {
                text.extend_from_slice(if at == 0 { b"[" } else { b", " });
                super::scalar::write_compact(value, &mut text);
            }
            if !found.is_empty() {
                text.push(b']');
            }
            texts.push(Some(text));
        })?;
        result::texts(call.rows, |row, out| {
            out.extend(texts[row].take().unwrap_or_default());
            Ok(())
        })
    }
}
