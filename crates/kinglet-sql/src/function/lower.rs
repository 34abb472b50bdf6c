//! `lower`: ASCII letters in lower case.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::{Args, Call, Case, Example, Function, Spec, result};

pub(super) struct Lower;

static SPEC: Spec = Spec {
    name: "lower",
    aliases: &["lcase"],
    case: Case::Insensitive,
    category: "string",
    syntax: "lower(text)",
    summary: "Turns the ASCII letters of a text into lower case; all other bytes stay as they are.",
    arguments: &[("text", "String or FixedString")],
    returns: "A text of the same type.",
    examples: &[Example { sql: "lower('ClickHouse É')", answer: "clickhouse É" }],
    ..Spec::EMPTY
};

impl Function for Lower {
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
            out.extend(text.get(row).iter().map(u8::to_ascii_lowercase));
            Ok(())
        })
    }
}
