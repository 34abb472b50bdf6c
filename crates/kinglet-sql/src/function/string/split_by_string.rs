//! `splitByString`: the parts of a text between another text.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::split::split;
use memchr::memmem;

use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct SplitByString;

static SPEC: Spec = Spec {
    name: "splitByString",
    category: "string",
    syntax: "splitByString(separator, text[, max_parts])",
    summary: "Splits a text at each occurrence of another; an empty separator splits between all bytes.",
    arguments: &[
        ("separator", "String, constant"),
        ("text", "String"),
        ("max_parts", "Integer; 0 for no limit"),
    ],
    returns: "Array(String)",
    examples: &[
        Example { sql: "splitByString(', ', 'a, b, c')", answer: "['a','b','c']" },
        Example { sql: "splitByString('', 'abc')", answer: "['a','b','c']" },
    ],
    ..Spec::EMPTY
};

impl Function for SplitByString {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        args.expect(0, ChType::is_text)?;
        args.expect(1, ChType::is_text)?;
        Ok(ChType::array(ChType::String))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let separator = call.bytes(0)?.get(0);
        split(call, |text, visit| {
            if separator.is_empty() {
                return text.chunks(1).for_each(visit);
            }
            let mut start = 0;
            for at in memmem::find_iter(text, separator) {
                visit(&text[start..at]);
                start = at + separator.len();
            }
            visit(&text[start..]);
        })
    }
}
