//! `mapExtractKeyLike`: the entries whose key matches a LIKE pattern.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MapExtractKeyLike;

static SPEC: Spec = Spec {
    name: "mapExtractKeyLike",
    category: "map",
    syntax: "mapExtractKeyLike(map, pattern)",
    summary: "The entries whose key matches a LIKE pattern.",
    arguments: &[("map", "Map of texts"), ("pattern", "String, constant")],
    returns: "The map's type",
    examples: &[Example {
        sql: "mapExtractKeyLike(map('abc', 'xyz', 'd', 'e'), '%b%')",
        answer: "{'abc':'xyz'}",
    }],
    ..Spec::EMPTY
};

impl Function for MapExtractKeyLike {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, |ty| matches!(ty, ChType::Map(..))).cloned()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let parts = super::parts::Parts::read(call, 0)?;
        let truth = parts.like(call, &parts.keys)?;
        parts.build(call.result, |_, range| range.filter(|at| truth.value(*at)).collect())
    }
}
