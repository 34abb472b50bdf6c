//! `translate`: the text with each byte of `from` replaced by the one at the same place of `to`, or left out if there is none.

use super::translation::{Unit, translate, translation_type};
use crate::function::{Args, Call, Case, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct Translate;

static SPEC: Spec = Spec {
    name: "translate",
    case: Case::Insensitive,
    category: "string",
    syntax: "translate(text, from, to)",
    summary: "The text with each byte of `from` replaced by the one at the same place of `to`, or left out if there is none.",
    arguments: &[("text", "String"), ("from", "String, constant"), ("to", "String, constant")],
    returns: "String",
    examples: &[Example { sql: "translate('Hello, World!', 'delor', 'DELOR')", answer: "HELLO, WORLD!" }],
    ..Spec::EMPTY
};

impl Function for Translate {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        translation_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        translate(call, Unit::Byte)
    }
}
