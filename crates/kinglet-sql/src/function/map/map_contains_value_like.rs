//! `mapContainsValueLike`: whether a value matches a LIKE pattern.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MapContainsValueLike;

static SPEC: Spec = Spec {
    name: "mapContainsValueLike",
    category: "map",
    syntax: "mapContainsValueLike(map, pattern)",
    summary: "Whether a value matches a LIKE pattern.",
    arguments: &[("map", "Map of texts"), ("pattern", "String, constant")],
    returns: "UInt8",
    examples: &[Example { sql: "mapContainsValueLike(map('abc', 'xyz', 'd', 'e'), '%y%')", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for MapContainsValueLike {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, |ty| matches!(ty, ChType::Map(..)))?;
        args.expect(1, ChType::is_text)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let parts = super::parts::Parts::read(call, 0)?;
        let truth = parts.like(call, &parts.values)?;
        result::flags(call.rows, |row| Ok(parts.range(row).any(|at| truth.value(at))))
    }
}
