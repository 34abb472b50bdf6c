//! `JSONExtractKeysAndValues`: the members of a JSON object.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::locate::{Documents, each, expect_path};
use super::value::pair;
use crate::ColumnBuilder;
use crate::function::{Args, Call, Example, Function, Spec};
use crate::operator::parse_type;

pub(in crate::function) struct JsonExtractKeysAndValues;

static SPEC: Spec = Spec {
    name: "JSONExtractKeysAndValues",
    category: "json",
    syntax: "JSONExtractKeysAndValues(json[, path ..], type)",
    summary: "Keys and values of the object at the path, the values read as the type; members that are of another kind are left out.",
    arguments: &[
        ("json", "String"),
        ("path", "keys and indexes from 1; negative ones count from the end"),
        ("type", "String: a type name, constant"),
    ],
    returns: "Array(Tuple(String, type))",
    examples: &[Example {
        sql: "JSONExtractKeysAndValues('{\"a\": 1, \"b\": 2}', 'UInt8')",
        answer: "[('a',1),('b',2)]",
    }],
    ..Spec::EMPTY
};

impl Function for JsonExtractKeysAndValues {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=usize::MAX)?;
        expect_path(args, args.len() - 1)?;
        let value = parse_type(&args.constant_text(args.len() - 1)?)?;
        Ok(ChType::array(ChType::tuple([ChType::String, value])))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let documents = Documents::read(call, call.args.len().saturating_sub(1))?;
        let mut builder = ColumnBuilder::new(call.result);
        for row in 0..call.rows {
            let object = documents.value(row).filter(|value| value.starts_with(b"{"));
            if let (Some(object), Some(pairs)) = (object, builder.elements()) {
                let _ = each(object, |key, member| {
                    pair(&key.unwrap_or_default(), member, pairs, call.environment);
                    true
                });
            }
            builder.close();
        }
        builder.finish()
    }
}
