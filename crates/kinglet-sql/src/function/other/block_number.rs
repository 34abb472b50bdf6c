//! `blockNumber`: the number of the block of rows; here always 0.

use crate::function::{Args, Call, Example, Function, Spec, Stability, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct BlockNumber;

static SPEC: Spec = Spec {
    name: "blockNumber",
    category: "other",
    syntax: "blockNumber()",
    summary: "The number of the block of rows; here always 0.",
    arguments: &[],
    returns: "UInt64",
    examples: &[Example { sql: "blockNumber()", answer: "0" }],
    stability: Stability::PerRow,
    ..Spec::EMPTY
};

impl Function for BlockNumber {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=0)?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        result::ints(call.result, call.rows, |_| Ok(0))
    }
}
