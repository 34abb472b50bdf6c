//! `mapUpdate`: the first map with the entries of the second in place of its own.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MapUpdate;

static SPEC: Spec = Spec {
    name: "mapUpdate",
    category: "map",
    syntax: "mapUpdate(map, changes)",
    summary: "The first map with the entries of the second in place of its own.",
    arguments: &[("map", "Map"), ("changes", "Map")],
    returns: "Map",
    examples: &[Example { sql: "mapUpdate(map('a', 1, 'b', 2), map('a', 3))", answer: "{'b':2,'a':3}" }],
    ..Spec::EMPTY
};

impl Function for MapUpdate {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        for at in 0..2 {
            args.expect(at, |ty| matches!(ty, ChType::Map(..)))?;
        }
        args.common_type()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::parts::concat(call, true)
    }
}
