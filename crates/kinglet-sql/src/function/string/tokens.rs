//! `tokens`: the words of a text: runs of letters and digits, and of everything beyond ASCII.

use crate::function::{Args, Call, Column, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct Tokens;

static SPEC: Spec = Spec {
    name: "tokens",
    category: "string",
    syntax: "tokens(text)",
    summary: "The words of a text: runs of letters and digits, and of everything beyond ASCII.",
    arguments: &[("text", "String")],
    returns: "Array(String)",
    examples: &[Example { sql: "tokens('test1, tests-2')", answer: "['test1','tests','2']" }],
    ..Spec::EMPTY
};

impl Function for Tokens {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=4)?;
        args.expect(0, ChType::is_text)?;
        if args.len() > 1 {
            let tokenizer = args.constant_text(1)?;
            if !matches!(
                tokenizer.as_str(),
                "splitByNonAlpha" | "default" | "ngrams" | "splitByString" | "array"
            ) {
                let message = format!("Function tokens does not know the tokenizer '{tokenizer}'");
                return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
            }
        }
        Ok(ChType::array(ChType::String))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        let tokenizer = call.args.get(1).and_then(Column::text_value).unwrap_or_default();
        let length =
            call.args.get(2).and_then(Column::int_value).and_then(|n| usize::try_from(n).ok()).unwrap_or(3);
        crate::function::shape::text_lists(call, |row, visit| {
            let text = texts.get(row);
            match tokenizer.as_str() {
                "array" => visit(text),
                "splitByString" => {
                    text.split(|byte| *byte == b' ').filter(|part| !part.is_empty()).for_each(visit);
                }
                "ngrams" => {
                    let parts: Vec<&[u8]> = super::characters::characters(text).collect();
                    parts.windows(length.max(1)).for_each(|window| visit(&window.concat()));
                }
                _ => super::words::words(text).for_each(visit),
            }
            Ok(())
        })
    }
}
