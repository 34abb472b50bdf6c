//! `mapKeys`: the keys of a map.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::entries::entries;
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct MapKeys;

static SPEC: Spec = Spec {
    name: "mapKeys",
    category: "map",
    syntax: "mapKeys(map)",
    summary: "The keys of a map.",
    arguments: &[("map", "Map")],
    returns: "Array",
    examples: &[Example { sql: "mapKeys(map('a', 1, 'b', 2))", answer: "['a','b']" }],
    ..Spec::EMPTY
};

impl Function for MapKeys {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        match args.ty(0).bare() {
            ChType::Map(key, _) => Ok(ChType::array(key.as_ref().clone())),
            _ => Err(args.illegal(0)),
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        entries(call, 0)
    }
}
