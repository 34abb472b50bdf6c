//! `translateUTF8`: the text with each character of `from` replaced by the one at the same place of `to`, or left out if there is none.

use super::translation::{Unit, translate, translation_type};
use crate::function::{Args, Call, Case, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct TranslateUtf8;

static SPEC: Spec = Spec {
    name: "translateUTF8",
    case: Case::Insensitive,
    category: "string",
    syntax: "translateUTF8(text, from, to)",
    summary: "The text with each character of `from` replaced by the one at the same place of `to`, or left out if there is none.",
    arguments: &[("text", "String"), ("from", "String, constant"), ("to", "String, constant")],
    returns: "String",
    examples: &[Example {
        sql: "translateUTF8('Münchener Straße', 'üß', 'us')", answer: "Munchener Strase"
    }],
    ..Spec::EMPTY
};

impl Function for TranslateUtf8 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        translation_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        translate(call, Unit::Character)
    }
}
