//! `rowNumberInAllBlocks`: the number of the row among all that the function saw in this query, from 0.

use crate::function::{Args, Call, Example, Function, Spec, Stability, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct RowNumberInAllBlocks;

static SPEC: Spec = Spec {
    name: "rowNumberInAllBlocks",
    category: "other",
    syntax: "rowNumberInAllBlocks()",
    summary: "The number of the row among all that the function saw in this query, from 0.",
    arguments: &[],
    returns: "UInt64",
    examples: &[Example { sql: "rowNumberInAllBlocks()", answer: "0" }],
    stability: Stability::PerRow,
    ..Spec::EMPTY
};

impl Function for RowNumberInAllBlocks {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=0)?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let rows = &call.environment.rows_seen;
        let first = rows.fetch_add(call.rows as u64, std::sync::atomic::Ordering::Relaxed);
        result::ints(call.result, call.rows, |row| Ok((first + row as u64) as i64))
    }
}
