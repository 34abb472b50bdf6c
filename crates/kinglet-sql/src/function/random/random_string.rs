//! `randomString`: A text of random bytes.

use super::text;
use crate::function::{Args, Call, Example, Function, Spec, Stability};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct RandomString;

static SPEC: Spec = Spec {
    name: "randomString",
    category: "random",
    syntax: "randomString(length[, tag])",
    summary: "A text of random bytes.",
    arguments: &[("length", "Integer"), ("tag", "Any value")],
    returns: "String",
    examples: &[Example { sql: "length(randomString(5))", answer: "5" }],
    stability: Stability::PerRow,
    ..Spec::EMPTY
};

impl Function for RandomString {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        text::return_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        text::texts(call, |random, length, out| {
            out.extend(std::iter::repeat_with(|| random.next() as u8).take(length));
        })
    }
}
