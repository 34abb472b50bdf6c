//! `mapSubtract`: for each key the first value minus the others, keys in order; maps may be given as tuples of two arrays.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MapSubtract;

static SPEC: Spec = Spec {
    name: "mapSubtract",
    category: "map",
    syntax: "mapSubtract(map, ..)",
    summary: "For each key the first value minus the others, keys in order; maps may be given as tuples of two arrays.",
    arguments: &[("map", "Maps, or tuples of an array of keys and one of values")],
    returns: "Map or Tuple with values of a wide type",
    examples: &[
        Example { sql: "mapSubtract(map(1, 10), map(1, 2, 3, 4))", answer: "{1:8,3:18446744073709551612}" },
        Example { sql: "mapSubtract(([1, 2], [10, 20]), ([1], [5]))", answer: "([1,2],[5,20])" },
    ],
    ..Spec::EMPTY
};

impl Function for MapSubtract {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        super::sums::sums_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        super::sums::sums(call, true)
    }
}
