//! `mapValues`: the values of a map.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::entries::entries;
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct MapValues;

static SPEC: Spec = Spec {
    name: "mapValues",
    category: "map",
    syntax: "mapValues(map)",
    summary: "The values of a map.",
    arguments: &[("map", "Map")],
    returns: "Array",
    examples: &[Example { sql: "mapValues(map('a', 1, 'b', 2))", answer: "[1,2]" }],
    ..Spec::EMPTY
};

impl Function for MapValues {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        match args.ty(0).bare() {
            ChType::Map(_, value) => Ok(ChType::array(value.as_ref().clone())),
            _ => Err(args.illegal(0)),
        }
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        entries(call, 1)
    }
}
