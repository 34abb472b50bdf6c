//! `randConstant`: A random number of UInt32, the same for all rows of a query.

use super::stream::Stream;
use crate::function::{Args, Call, Example, Function, Spec, Stability, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct RandConstant;

static SPEC: Spec = Spec {
    name: "randConstant",
    category: "random",
    syntax: "randConstant([tag])",
    summary: "A random number of UInt32, the same for all rows of a query.",
    arguments: &[("tag", "Any value")],
    returns: "UInt32",
    examples: &[Example { sql: "randConstant() >= 0", answer: "1" }],
    stability: Stability::PerQuery,
    ..Spec::EMPTY
};

impl Function for RandConstant {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=1)?;
        Ok(ChType::UInt32)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let number = Stream::seeded(call.environment.seed ^ call.args.len() as u64).next();
        result::ints(call.result, call.rows, |_| Ok(number as i64))
    }
}
