//! `JSONAllValues`: all values of a JSON value as texts.

use crate::ColumnBuilder;
use crate::function::{Args, Call, Example, Function, Spec};
use crate::json::{Entries, write_tagged};
use crate::text::Style;
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct JsonAllValues;

static SPEC: Spec = Spec {
    name: "JSONAllValues",
    category: "json",
    syntax: "JSONAllValues(json)",
    summary: "All values of a JSON value as texts, in the order of their paths.",
    arguments: &[("json", "JSON")],
    returns: "Array(String)",
    examples: &[Example { sql: "JSONAllValues('{\"a\":1,\"b\":{\"c\":\"x\"}}'::JSON)", answer: "['1','x']" }],
    ..Spec::EMPTY
};

impl Function for JsonAllValues {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| matches!(ty, ChType::Json(_)))?;
        Ok(ChType::array(ChType::String))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let documents = call.bytes(0)?;
        let mut builder = ColumnBuilder::new(call.result);
        for row in 0..call.rows {
            for entry in Entries::new(documents.get(row)) {
                let (_, value) = entry?;
                let mut text = Vec::new();
                write_tagged(value, Style::Plain, call.environment, &mut text);
                if let Some(values) = builder.elements() {
                    values.append_bytes(&text);
                }
            }
            builder.close();
        }
        builder.finish()
    }
}
