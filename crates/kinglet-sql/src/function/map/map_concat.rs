//! `mapConcat`: the entries of all maps, one after the other.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MapConcat;

static SPEC: Spec = Spec {
    name: "mapConcat",
    category: "map",
    syntax: "mapConcat(map, ..)",
    summary: "The entries of all maps, one after the other.",
    arguments: &[("map", "Maps")],
    returns: "Map",
    examples: &[Example { sql: "mapConcat(map('a', 1), map('b', 2))", answer: "{'a':1,'b':2}" }],
    ..Spec::EMPTY
};

impl Function for MapConcat {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        for at in 0..args.len() {
            args.expect(at, |ty| matches!(ty, ChType::Map(..)))?;
        }
        args.common_type()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::parts::concat(call, false)
    }
}
