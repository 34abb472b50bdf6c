//! `leftPadUTF8`: the text filled up on the left to a length in characters, or cut to it.

use super::pad::{pad, pad_type};
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct LeftPadUtf8;

static SPEC: Spec = Spec {
    name: "leftPadUTF8",
    category: "string",
    syntax: "leftPadUTF8(text, length[, fill])",
    summary: "The text filled up on the left to a length in characters, or cut to it.",
    arguments: &[("text", "String"), ("length", "Integer"), ("fill", "String, a space if left out")],
    returns: "String",
    examples: &[Example { sql: "leftPadUTF8('абвг', 7, '*')", answer: "***абвг" }],
    ..Spec::EMPTY
};

impl Function for LeftPadUtf8 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        pad_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        pad(call, true)
    }
}
