//! `blockSize`: number of rows of the block at hand.

use crate::function::{Args, Call, Example, Function, Spec, Stability, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct BlockSize;

static SPEC: Spec = Spec {
    name: "blockSize",
    category: "other",
    syntax: "blockSize()",
    summary: "Number of rows of the block at hand.",
    arguments: &[],
    returns: "UInt64",
    examples: &[Example { sql: "blockSize()", answer: "1" }],
    stability: Stability::PerRow,
    ..Spec::EMPTY
};

impl Function for BlockSize {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=0)?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        result::ints(call.result, call.rows, |_| Ok(call.rows as i64))
    }
}
