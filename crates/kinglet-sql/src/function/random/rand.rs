//! `rand`: A random number of UInt32, another one for each row; equal calls are one unless a tag tells them apart.

use super::stream::Stream;
use crate::function::{Args, Call, Case, Example, Function, Spec, Stability, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct Rand;

static SPEC: Spec = Spec {
    name: "rand",
    aliases: &["rand32"],
    case: Case::Insensitive,
    category: "random",
    syntax: "rand([tag])",
    summary: "A random number of UInt32, another one for each row; equal calls are one unless a tag tells them apart.",
    arguments: &[("tag", "Any value")],
    returns: "UInt32",
    examples: &[Example { sql: "rand() >= 0", answer: "1" }],
    stability: Stability::PerRow,
};

impl Function for Rand {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=1)?;
        Ok(ChType::UInt32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let mut random = Stream::of(call);
        result::ints(call.result, call.rows, |_| Ok(random.next() as i64))
    }
}
