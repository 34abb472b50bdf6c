//! `randomStringUTF8`: A text of random characters of UTF-8.

use super::text;
use crate::function::{Args, Call, Example, Function, Spec, Stability};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct RandomStringUtf8;

static SPEC: Spec = Spec {
    name: "randomStringUTF8",
    category: "random",
    syntax: "randomStringUTF8(length[, tag])",
    summary: "A text of random characters of UTF-8.",
    arguments: &[("length", "Integer"), ("tag", "Any value")],
    returns: "String",
    examples: &[Example { sql: "lengthUTF8(randomStringUTF8(5))", answer: "5" }],
    stability: Stability::PerRow,
    ..Spec::EMPTY
};

impl Function for RandomStringUtf8 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        text::return_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        text::texts(call, |random, length, out| {
            let next = || char::from_u32(0x20 + random.below(0xd000) as u32).unwrap_or(' ');
            out.extend(std::iter::repeat_with(next).take(length).collect::<String>().into_bytes());
        })
    }
}
