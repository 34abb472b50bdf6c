//! `rand64`: A random number of UInt64, another one for each row; equal calls are one unless a tag tells them apart.

use super::stream::Stream;
use crate::function::{Args, Call, Example, Function, Spec, Stability, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct Rand64;

static SPEC: Spec = Spec {
    name: "rand64",
    category: "random",
    syntax: "rand64([tag])",
    summary: "A random number of UInt64, another one for each row; equal calls are one unless a tag tells them apart.",
    arguments: &[("tag", "Any value")],
    returns: "UInt64",
    examples: &[Example { sql: "rand64() >= 0", answer: "1" }],
    stability: Stability::PerRow,
    ..Spec::EMPTY
};

impl Function for Rand64 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=1)?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let mut random = Stream::of(call);
        result::ints(call.result, call.rows, |_| Ok(random.next() as i64))
    }
}
