//! `JSONExtractArrayRaw`: the elements of a JSON array as JSON.

use arrow::array::{ArrayBuilder, ArrayRef, BinaryViewBuilder};
use kinglet_types::{ChType, Result};

use std::sync::Arc;

use super::locate::{Documents, each, expect_path};
use super::scalar::write_compact;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct JsonExtractArrayRaw;

static SPEC: Spec = Spec {
    name: "JSONExtractArrayRaw",
    category: "json",
    syntax: "JSONExtractArrayRaw(json[, path ..])",
    summary: "The elements of the array at the path as JSON without white space; nothing for other values.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "Array(String)",
    examples: &[Example { sql: "JSONExtractArrayRaw('[1, {\"a\": 2}]')", answer: "['1','{\"a\":2}']" }],
    ..Spec::EMPTY
};

impl Function for JsonExtractArrayRaw {
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
            if let Some(value) = documents.value(row).filter(|value| value.starts_with(b"[")) {
                let _ = each(value, |_, member| {
                    let mut text = Vec::new();
                    write_compact(member, &mut text);
                    elements.append_value(text);
                    true
                });
            }
            lengths.push(elements.len() - before);
        }
        result::lists(call.result, Arc::new(elements.finish()), lengths)
    }
}
