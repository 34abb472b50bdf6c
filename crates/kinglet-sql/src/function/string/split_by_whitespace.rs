//! `splitByWhitespace`: the parts between white space.

use crate::ColumnBuilder;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct SplitByWhitespace;

static SPEC: Spec = Spec {
    name: "splitByWhitespace",
    category: "string",
    syntax: "splitByWhitespace(text)",
    summary: "The parts between white space.",
    arguments: &[("text", "String")],
    returns: "Array(String)",
    examples: &[Example { sql: "splitByWhitespace(' a  b ')", answer: "['a','b']" }],
    ..Spec::EMPTY
};

impl Function for SplitByWhitespace {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_text)?;
        Ok(ChType::array(ChType::String))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        let mut builder = ColumnBuilder::new(call.result);
        for row in 0..call.rows {
            if let Some(elements) = builder.elements() {
                let parts = texts.get(row).split(|byte| byte.is_ascii_whitespace() || *byte == 0x0B);
                parts.filter(|part| !part.is_empty()).for_each(|part| elements.append_bytes(part));
            }
            builder.close();
        }
        builder.finish()
    }
}
