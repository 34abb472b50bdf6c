//! `rowNumberInBlock`: the number of the row in its block, from 0.

use crate::function::{Args, Call, Example, Function, Spec, Stability, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct RowNumberInBlock;

static SPEC: Spec = Spec {
    name: "rowNumberInBlock",
    category: "other",
    syntax: "rowNumberInBlock()",
    summary: "The number of the row in its block, from 0.",
    arguments: &[],
    returns: "UInt64",
    examples: &[Example { sql: "rowNumberInBlock()", answer: "0" }],
    stability: Stability::PerRow,
    ..Spec::EMPTY
};

impl Function for RowNumberInBlock {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=0)?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        result::ints(call.result, call.rows, |row| Ok(row as i64))
    }
}
