//! `hasAllTokens`: whether all of the words occur in the text.

use super::tokens::{has_tokens, tokens_type};
use crate::function::{Args, Call, Case, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct HasAllTokens;

static SPEC: Spec = Spec {
    name: "hasAllTokens",
    aliases: &["hasAllToken"],
    case: Case::Insensitive,
    category: "search",
    syntax: "hasAllTokens(text, words)",
    summary: "Whether all of the words occur in the text.",
    arguments: &[("text", "String"), ("words", "Array(String), or a text that is split into words")],
    returns: "UInt8",
    examples: &[Example { sql: "hasAllTokens('quick brown fox', ['fox', 'dog'])", answer: "0" }],
    ..Spec::EMPTY
};

impl Function for HasAllTokens {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        tokens_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        has_tokens(call, true)
    }
}
