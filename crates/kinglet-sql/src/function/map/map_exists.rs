//! `mapExists`: whether the condition is true for any entry.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MapExists;

static SPEC: Spec = Spec {
    name: "mapExists",
    category: "map",
    syntax: "mapExists(lambda, map)",
    summary: "Whether the condition is true for any entry.",
    arguments: &[("lambda", "(key, value) -> condition"), ("map", "Map")],
    returns: "UInt8",
    examples: &[Example { sql: "mapExists((k, v) -> v = 1, map('a', 1, 'b', 2))", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for MapExists {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(1, |ty| matches!(ty, ChType::Map(..)))?;
        Ok(ChType::UInt8)
    }

    fn lambda_parameters(&self, args: &Args<'_>) -> Result<Option<Vec<ChType>>> {
        super::parts::entry_types(args, 1).map(Some)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let parts = super::parts::Parts::read(call, 1)?;
        let truth = parts.conditions(call)?;
        result::flags(call.rows, |row| Ok(parts.range(row).any(|at| truth.value(at))))
    }
}
