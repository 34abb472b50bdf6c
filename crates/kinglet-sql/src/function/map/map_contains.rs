//! `mapContains`: whether a map has a key.

use arrow::array::{ArrayRef, AsArray};
use kinglet_types::{ChType, Result};

use crate::conversion::{Failure, convert};
use crate::function::array::comparable;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct MapContains;

static SPEC: Spec = Spec {
    name: "mapContains",
    aliases: &["mapContainsKey"],
    category: "map",
    syntax: "mapContains(map, key)",
    summary: "Whether the map has the key.",
    arguments: &[("map", "Map"), ("key", "a value of the keys' type")],
    returns: "UInt8",
    examples: &[Example { sql: "mapContains(map('a', 1), 'a')", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for MapContains {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, |ty| matches!(ty, ChType::Map(..)))?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let column = call.arg(0)?;
        let ChType::Map(key_type, _) = call.ty(0).bare() else { return Err(call.illegal_column(0)) };
        let map = column.array.as_map_opt().ok_or_else(|| call.illegal_column(0))?;
        let wanted = call.arg(1)?;
        let wanted_values = convert(&wanted.array, &wanted.ty, key_type, Failure::Error, call.environment)?;
        let keys = comparable(map.entries().column(0), false)?;
        let wanted_keys = comparable(&wanted_values, false)?;
        let offsets = map.value_offsets();
        result::flags(call.rows, |row| {
            let at = column.index(row);
            let range = match (offsets.get(at), offsets.get(at + 1)) {
                (Some(start), Some(end)) => *start as usize..*end as usize,
                _ => 0..0,
            };
            let key = wanted_keys.row(wanted.index(row));
            Ok(range.into_iter().any(|entry| keys.row(entry) == key))
        })
    }
}
