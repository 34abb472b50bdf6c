//! `JSONType`: the kind of a JSON value.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::locate::{Documents, expect_path};
use crate::function::{Args, Call, Example, Function, Spec, result};
use crate::operator::parse_type;

pub(in crate::function) struct JsonType;

static SPEC: Spec = Spec {
    name: "JSONType",
    category: "json",
    syntax: "JSONType(json[, path ..])",
    summary: "The kind of the value at the path.",
    arguments: &[("json", "String"), ("path", "keys and indexes from 1; negative ones count from the end")],
    returns: "Enum8 of ClickHouse's kinds; Null where there is nothing.",
    examples: &[Example { sql: "JSONType('{\"a\": [1]}', 'a')", answer: "Array" }],
    ..Spec::EMPTY
};

impl Function for JsonType {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        expect_path(args, args.len())?;
        parse_type(KINDS)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let documents = Documents::read(call, call.args.len())?;
        result::ints(call.result, call.rows, |row| Ok(documents.value(row).map_or(0, kind)))
    }
}

const KINDS: &str = "Enum8('Null' = 0, 'String' = 34, 'Array' = 91, 'Object' = 123, 'Bool' = 98, 'Int64' = 105, 'UInt64' = 117, 'Double' = 100)";

fn kind(value: &[u8]) -> i64 {
    i64::from(match value {
        [first @ (b'"' | b'[' | b'{'), ..] => *first,
        b"true" | b"false" => b'b',
        b"null" => 0,
        number if std::str::from_utf8(number).is_ok_and(|text| text.parse::<i64>().is_ok()) => b'i',
        number if std::str::from_utf8(number).is_ok_and(|text| text.parse::<u64>().is_ok()) => b'u',
        _ => b'd',
    })
}
