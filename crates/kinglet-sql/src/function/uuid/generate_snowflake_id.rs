//! `generateSnowflakeID`: an identifier of the query's time, a machine and a counter.

use crate::function::{Args, Call, Example, Function, Spec, Stability, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct GenerateSnowflakeId;

static SPEC: Spec = Spec {
    name: "generateSnowflakeID",
    category: "uuid",
    syntax: "generateSnowflakeID([tag[, machine]])",
    summary: "An identifier of the query's time, a machine and a counter.",
    arguments: &[("tag", "Any value"), ("machine", "Integer")],
    returns: "UInt64",
    examples: &[Example { sql: "generateSnowflakeID() >= 0", answer: "1" }],
    stability: Stability::PerRow,
    ..Spec::EMPTY
};

impl Function for GenerateSnowflakeId {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=2)?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let millis = call.environment.now.max(0) / 1_000_000;
        let machine = if call.args.len() > 1 { call.ints(1)?.get(0) & 1_023 } else { 0 };
        result::ints(call.result, call.rows, |row| {
            let row = row as i64;
            Ok((millis + row / 4_096) << 22 | machine << 12 | (row % 4_096))
        })
    }
}
