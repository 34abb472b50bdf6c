//! `mapContainsKeyLike`: whether a key matches a LIKE pattern.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MapContainsKeyLike;

static SPEC: Spec = Spec {
    name: "mapContainsKeyLike",
    category: "map",
    syntax: "mapContainsKeyLike(map, pattern)",
    summary: "Whether a key matches a LIKE pattern.",
    arguments: &[("map", "Map of texts"), ("pattern", "String, constant")],
    returns: "UInt8",
    examples: &[Example { sql: "mapContainsKeyLike(map('abc', 'xyz', 'd', 'e'), '%b%')", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for MapContainsKeyLike {
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
        let truth = parts.like(call, &parts.keys)?;
        result::flags(call.rows, |row| Ok(parts.range(row).any(|at| truth.value(at))))
    }
}
