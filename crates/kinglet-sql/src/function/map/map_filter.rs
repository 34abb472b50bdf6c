//! `mapFilter`: the entries for which the condition is true.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MapFilter;

static SPEC: Spec = Spec {
    name: "mapFilter",
    category: "map",
    syntax: "mapFilter(lambda, map)",
    summary: "The entries for which the condition is true.",
    arguments: &[("lambda", "(key, value) -> condition"), ("map", "Map")],
    returns: "The map's type",
    examples: &[Example { sql: "mapFilter((k, v) -> v > 1, map('a', 1, 'b', 2))", answer: "{'b':2}" }],
    ..Spec::EMPTY
};

impl Function for MapFilter {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(1, |ty| matches!(ty, ChType::Map(..))).cloned()
    }

    fn lambda_parameters(&self, args: &Args<'_>) -> Result<Option<Vec<ChType>>> {
        super::parts::entry_types(args, 1).map(Some)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let parts = super::parts::Parts::read(call, 1)?;
        let kept = parts.conditions(call)?;
        parts.build(call.result, |_, range| range.filter(|at| kept.value(*at)).collect())
    }
}
