//! `JSONExtract`: a value from JSON as any type.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::locate::{Documents, expect_path};
use super::value::extract;
use crate::ColumnBuilder;
use crate::function::{Args, Call, Example, Function, Spec};
use crate::operator::parse_type;

pub(in crate::function) struct JsonExtract;

static SPEC: Spec = Spec {
    name: "JSONExtract",
    category: "json",
    syntax: "JSONExtract(json[, path ..], type)",
    summary: "The value at the path read as the type; its default where that does not work.",
    arguments: &[
        ("json", "String"),
        ("path", "keys and indexes from 1; negative ones count from the end"),
        ("type", "String: a type name, constant"),
    ],
    returns: "The type named.",
    examples: &[Example { sql: "JSONExtract('{\"a\": [1, 2]}', 'a', 'Array(UInt8)')", answer: "[1,2]" }],
    ..Spec::EMPTY
};

impl Function for JsonExtract {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=usize::MAX)?;
        expect_path(args, args.len() - 1)?;
        parse_type(&args.constant_text(args.len() - 1)?)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let documents = Documents::read(call, call.args.len().saturating_sub(1))?;
        let mut builder = ColumnBuilder::new(call.result);
        for row in 0..call.rows {
            extract(documents.value(row), &mut builder, call.environment);
        }
        builder.finish()
    }
}
