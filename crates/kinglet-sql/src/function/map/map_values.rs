//! `mapValues`: the values of a map.

use arrow::array::{ArrayRef, AsArray, UInt32Array};
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::compute::take;

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
        let column = call.arg(0)?;
        let map = column.array.as_map_opt().ok_or_else(|| call.illegal_column(0))?;
        let offsets = map.value_offsets();
        let ranges = (0..call.rows).map(|row| {
            let at = column.index(row);
            match (offsets.get(at), offsets.get(at + 1)) {
                (Some(start), Some(end)) => *start as u32..*end as u32,
                _ => 0..0,
            }
        });
        let ranges: Vec<_> = ranges.collect();
        let positions: UInt32Array = ranges.iter().cloned().flatten().map(Some).collect();
        let elements = take(map.entries().column(1), &positions, None).map_err(result::internal)?;
        result::lists(call.result, elements, ranges.iter().map(ExactSizeIterator::len).collect::<Vec<_>>())
    }
}
