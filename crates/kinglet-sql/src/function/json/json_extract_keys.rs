//! `JSONExtractKeys`: the keys of a JSON object.

use arrow::array::{ArrayBuilder, ArrayRef, BinaryViewBuilder};
use kinglet_types::{ChType, Result};

use std::sync::Arc;

use super::locate::{Documents, each, expect_path};
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct JsonExtractKeys;

static SPEC: Spec = Spec {
    name: "JSONExtractKeys",
    category: "json",
    syntax: "JSONExtractKeys(json[, path ..])",
    summary: "The keys of the object at the path.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "Array(String)",
    examples: &[Example { sql: "JSONExtractKeys('{\"a\": 1, \"b\": 2}')", answer: "['a','b']" }],
    ..Spec::EMPTY
};

impl Function for JsonExtractKeys {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        expect_path(args, args.len())?;
        Ok(ChType::array(ChType::String))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let documents = Documents::read(call, call.args.len())?;
        let mut elements = BinaryViewBuilder::new();
        let mut lengths = Vec::with_capacity(call.rows);
        for row in 0..call.rows {
            let before = elements.len();
            if let Some(value) = documents.value(row) {
                let _ = each(value, |key, _| {
                    key.into_iter().for_each(|key| elements.append_value(key));
                    true
                });
            }
            lengths.push(elements.len() - before);
        }
        result::lists(call.result, Arc::new(elements.finish()), lengths)
    }
}
