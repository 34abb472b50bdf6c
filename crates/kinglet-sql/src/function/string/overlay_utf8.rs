//! `overlayUTF8`: the text with the characters from an offset on replaced.

use super::overlay::{overlay, overlay_type};
use crate::function::{Args, Call, Case, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct OverlayUtf8;

static SPEC: Spec = Spec {
    name: "overlayUTF8",
    case: Case::Insensitive,
    category: "string",
    syntax: "overlayUTF8(text, with, offset[, length])",
    summary: "The text with the characters from an offset on replaced.",
    arguments: &[
        ("text", "String"),
        ("with", "String"),
        ("offset", "Integer from 1; negative ones count from the end"),
        ("length", "Integer"),
    ],
    returns: "String",
    examples: &[Example { sql: "overlayUTF8('München', 'ü', 2)", answer: "München" }],
    ..Spec::EMPTY
};

impl Function for OverlayUtf8 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        overlay_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        overlay(call, false)
    }
}
