//! `__jsonPath`: the value at a path of keys of a JSON value, as `json.a.b` reads it.

use crate::function::{Args, Call, Example, Function, Nulls, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonPathValue;

static SPEC: Spec = Spec {
    name: "__jsonPath",
    category: "json",
    syntax: "__jsonPath(json, path)",
    summary: "The value at a path of keys of a JSON value, as `json.a.b` reads it.",
    arguments: &[("json", "JSON or Dynamic"), ("path", "String, constant: keys with dots between them")],
    returns: "Dynamic",
    examples: &[Example {
        sql: "SELECT j.a.b FROM (SELECT CAST('{\"a\":{\"b\":1}}' AS JSON) AS j)",
        answer: "1",
    }],
    ..Spec::EMPTY
};

impl Function for JsonPathValue {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, |ty| matches!(ty, ChType::Json(_) | ChType::Dynamic(_)))?;
        Ok(ChType::Dynamic(None))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (texts, path) = (call.bytes(0)?, call.bytes(1)?);
        let column = call.arg(0)?;
        result::nullable_texts(call.rows, |row, out| {
            if column.is_null(row) {
                return Ok(false);
            }
            let found = super::locate::at_path(texts.get(row), path.get(row));
            match found {
                None | Some(b"null") => return Ok(false),
                Some(value @ [b'"', ..]) => out.extend(super::scalar::text(value).unwrap_or_default()),
                Some(value) => super::scalar::write_compact(value, out),
            }
            Ok(true)
        })
    }
}
