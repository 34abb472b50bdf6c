//! `JSONExtractKeysAndValuesRaw`: the members of a JSON object as JSON.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::locate::{Documents, each, expect_path};
use super::value::raw_pair;
use crate::ColumnBuilder;
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct JsonExtractKeysAndValuesRaw;

static SPEC: Spec = Spec {
    name: "JSONExtractKeysAndValuesRaw",
    category: "json",
    syntax: "JSONExtractKeysAndValuesRaw(json[, path ..])",
    summary: "Keys and values of the object at the path, the values as JSON.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "Array(Tuple(String, String))",
    examples: &[Example { sql: "JSONExtractKeysAndValuesRaw('{\"a\": [1, 2]}')", answer: "[('a','[1,2]')]" }],
    ..Spec::EMPTY
};

impl Function for JsonExtractKeysAndValuesRaw {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        expect_path(args, args.len())?;
        Ok(ChType::array(ChType::tuple([ChType::String, ChType::String])))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let documents = Documents::read(call, call.args.len())?;
        let mut builder = ColumnBuilder::new(call.result);
        for row in 0..call.rows {
            let object = documents.value(row).filter(|value| value.starts_with(b"{"));
            if let (Some(object), Some(pairs)) = (object, builder.elements()) {
                let _ = each(object, |key, member| {
                    raw_pair(&key.unwrap_or_default(), member, pairs);
                    true
                });
            }
            builder.close();
        }
        builder.finish()
    }
}
