//! `mapAdd`: for each key the sum of the values, keys in order; maps may be given as tuples of two arrays.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MapAdd;

static SPEC: Spec = Spec {
    name: "mapAdd",
    category: "map",
    syntax: "mapAdd(map, ..)",
    summary: "For each key the sum of the values, keys in order; maps may be given as tuples of two arrays.",
    arguments: &[("map", "Maps, or tuples of an array of keys and one of values")],
    returns: "Map or Tuple with values of a wide type",
    examples: &[
        Example { sql: "mapAdd(map(1, 10), map(1, 2, 3, 4))", answer: "{1:12,3:4}" },
        Example { sql: "mapAdd(([1, 2], [10, 20]), ([1], [5]))", answer: "([1,2],[15,20])" },
    ],
    ..Spec::EMPTY
};

impl Function for MapAdd {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        super::sums::sums_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::sums::sums(call, false)
    }
}
