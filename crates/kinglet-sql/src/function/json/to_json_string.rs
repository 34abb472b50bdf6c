//! `toJSONString`: the value as JSON.

use crate::function::{Args, Call, Example, Function, Spec, result};
use crate::text::{Style, write_value};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct ToJsonString;

static SPEC: Spec = Spec {
    name: "toJSONString",
    category: "json",
    syntax: "toJSONString(value)",
    summary: "The value as JSON.",
    arguments: &[("value", "Any type")],
    returns: "String",
    examples: &[
        Example { sql: "toJSONString((1, ['a']))", answer: "[1,[\"a\"]]" },
        Example { sql: "toJSONString(map('k', 1))", answer: "{\"k\":1}" },
    ],
    ..Spec::EMPTY
};

impl Function for ToJsonString {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let column = call.arg(0)?;
        let style = Style::Json {
            quote_64_bit: call.environment.quote_64_bit_integers,
            quote_denormals: call.environment.quote_64_bit_integers,
        };
        result::texts(call.rows, |row, out| {
            write_value(&column.array, column.index(row), &column.ty, style, call.environment, out);
            Ok(())
        })
    }
}
