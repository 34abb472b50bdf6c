//! `mapAll`: whether the condition is true for every entry.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MapAll;

static SPEC: Spec = Spec {
    name: "mapAll",
    category: "map",
    syntax: "mapAll(lambda, map)",
    summary: "Whether the condition is true for every entry.",
    arguments: &[("lambda", "(key, value) -> condition"), ("map", "Map")],
    returns: "UInt8",
    examples: &[Example { sql: "mapAll((k, v) -> v = 1, map('a', 1, 'b', 2))", answer: "0" }],
    ..Spec::EMPTY
};

impl Function for MapAll {
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
        result::flags(call.rows, |row| Ok(parts.range(row).all(|at| truth.value(at))))
    }
}
