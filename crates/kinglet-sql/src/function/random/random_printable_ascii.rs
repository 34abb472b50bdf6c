//! `randomPrintableASCII`: A text of random printable characters of ASCII.

use super::text;
use crate::function::{Args, Call, Example, Function, Spec, Stability};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct RandomPrintableAscii;

static SPEC: Spec = Spec {
    name: "randomPrintableASCII",
    category: "random",
    syntax: "randomPrintableASCII(length[, tag])",
    summary: "A text of random printable characters of ASCII.",
    arguments: &[("length", "Integer"), ("tag", "Any value")],
    returns: "String",
    examples: &[Example { sql: "length(randomPrintableASCII(5))", answer: "5" }],
    stability: Stability::PerRow,
    ..Spec::EMPTY
};

impl Function for RandomPrintableAscii {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        text::return_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        text::texts(call, |random, length, out| {
            out.extend(std::iter::repeat_with(|| 32 + random.below(95) as u8).take(length));
        })
    }
}
