//! `hasAnyTokens`: whether any of the words occurs in the text.

use super::tokens::{has_tokens, tokens_type};
use crate::function::{Args, Call, Case, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct HasAnyTokens;

static SPEC: Spec = Spec {
    name: "hasAnyTokens",
    aliases: &["hasAnyToken"],
    case: Case::Insensitive,
    category: "search",
    syntax: "hasAnyTokens(text, words)",
    summary: "Whether any of the words occurs in the text.",
    arguments: &[("text", "String"), ("words", "Array(String), or a text that is split into words")],
    returns: "UInt8",
    examples: &[Example { sql: "hasAnyTokens('quick brown fox', ['fox', 'dog'])", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for HasAnyTokens {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        tokens_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        has_tokens(call, false)
    }
}
