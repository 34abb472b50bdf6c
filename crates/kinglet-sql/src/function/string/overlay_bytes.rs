//! `overlay`: the text with the bytes from an offset on replaced, as many as the replacement has if no length is given.

use super::overlay::{overlay, overlay_type};
use crate::function::{Args, Call, Case, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct OverlayBytes;

static SPEC: Spec = Spec {
    name: "overlay",
    case: Case::Insensitive,
    category: "string",
    syntax: "overlay(text, with, offset[, length])",
    summary: "The text with the bytes from an offset on replaced, as many as the replacement has if no length is given.",
    arguments: &[
        ("text", "String"),
        ("with", "String"),
        ("offset", "Integer from 1; negative ones count from the end"),
        ("length", "Integer"),
    ],
    returns: "String",
    examples: &[Example { sql: "overlay('Spark SQL', 'CORE', 7)", answer: "Spark CORE" }],
    ..Spec::EMPTY
};

impl Function for OverlayBytes {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        overlay_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        overlay(call, true)
    }
}
