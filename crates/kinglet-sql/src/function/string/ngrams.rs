//! `ngrams`: all pieces of n neighbouring characters of a text.

use super::characters::characters;
use crate::function::shape::text_lists;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct Ngrams;

static SPEC: Spec = Spec {
    name: "ngrams",
    category: "string",
    syntax: "ngrams(text, n)",
    summary: "All pieces of n neighbouring characters of a text.",
    arguments: &[("text", "String"), ("n", "Integer, constant")],
    returns: "Array(String)",
    examples: &[Example { sql: "ngrams('Kinglet', 3)", answer: "['Kin','ing','ngl','gle','let']" }],
    ..Spec::EMPTY
};

impl Function for Ngrams {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, ChType::is_text)?;
        args.expect(1, ChType::is_integer)?;
        if args.constant_int(1)? < 1 {
            let message = "Search length for function ngrams must be positive";
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
        Ok(ChType::array(ChType::String))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        let length = usize::try_from(call.ints(1)?.get(0)).unwrap_or(usize::MAX).max(1);
        text_lists(call, |row, visit| {
            let parts: Vec<&[u8]> = characters(texts.get(row)).collect();
            parts.windows(length).for_each(|window| visit(&window.concat()));
            Ok(())
        })
    }
}
