//! `mapExtractValueLike`: the entries whose value matches a LIKE pattern.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MapExtractValueLike;

static SPEC: Spec = Spec {
    name: "mapExtractValueLike",
    category: "map",
    syntax: "mapExtractValueLike(map, pattern)",
    summary: "The entries whose value matches a LIKE pattern.",
    arguments: &[("map", "Map of texts"), ("pattern", "String, constant")],
    returns: "The map's type",
    examples: &[Example {
        sql: "mapExtractValueLike(map('abc', 'xyz', 'd', 'e'), '%y%')",
        answer: "{'abc':'xyz'}",
    }],
    ..Spec::EMPTY
};

impl Function for MapExtractValueLike {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, |ty| matches!(ty, ChType::Map(..))).cloned()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let parts = super::parts::Parts::read(call, 0)?;
        let truth = parts.like(call, &parts.values)?;
        parts.build(call.result, |_, range| range.filter(|at| truth.value(*at)).collect())
    }
}
