//! `upper`: ASCII letters in upper case.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Case, Example, Function, Spec, result};

pub(in crate::function) struct Upper;

static SPEC: Spec = Spec {
    name: "upper",
    aliases: &["ucase"],
    case: Case::Insensitive,
    category: "string",
    syntax: "upper(text)",
    summary: "Turns the ASCII letters of a text into upper case; all other bytes stay as they are.",
    arguments: &[("text", "String or FixedString")],
    returns: "A text of the same type.",
    examples: &[Example { sql: "upper('ClickHouse é')", answer: "CLICKHOUSE é" }],
    ..Spec::EMPTY
};

impl Function for Upper {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_text).cloned()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let text = call.bytes(0)?;
        result::texts_of(call.result, call.rows, |row, out| {
            out.extend(text.get(row).iter().map(u8::to_ascii_uppercase));
            Ok(())
        })
    }
}
