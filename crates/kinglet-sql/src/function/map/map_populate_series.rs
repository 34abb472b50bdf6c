//! `mapPopulateSeries`: the map with all keys from its least to its greatest (or the given) one, those that were missing with the default value; a map may be given as two arrays.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MapPopulateSeries;

static SPEC: Spec = Spec {
    name: "mapPopulateSeries",
    category: "map",
    syntax: "mapPopulateSeries(map[, greatest])",
    summary: "The map with all keys from its least to its greatest (or the given) one, those that were missing with the default value; a map may be given as two arrays.",
    arguments: &[("map", "Map, or arrays of keys and values"), ("greatest", "Integer")],
    returns: "Map or Tuple",
    examples: &[
        Example { sql: "mapPopulateSeries(map(1, 10, 3, 20))", answer: "{1:10,2:0,3:20}" },
        Example {
            sql: "mapPopulateSeries([1, 2, 4], [11, 22, 44], 5)",
            answer: "([1,2,3,4,5],[11,22,0,44,0])",
        },
    ],
    ..Spec::EMPTY
};

impl Function for MapPopulateSeries {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=3)?;
        super::series::series_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::series::series(call)
    }
}
