//! `h3ToParent`: the H3 cell of a coarser resolution that holds a cell.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct H3ToParent;

static SPEC: Spec = Spec {
    name: "h3ToParent",
    category: "geo",
    syntax: "h3ToParent(index, resolution)",
    summary: "The H3 cell of a coarser resolution that holds a cell.",
    arguments: &[("index", "UInt64"), ("resolution", "UInt8")],
    returns: "UInt64",
    examples: &[Example { sql: "h3ToParent(599405990164561919, 3)", answer: "590398848891879423" }],
    ..Spec::EMPTY
};

impl Function for H3ToParent {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        super::hexagon::expect_index(args)?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let indexes = call.ints(0)?;
        let levels = call.ints(1)?;
        result::ints(call.result, call.rows, |row| {
            let cell = super::hexagon::cell(indexes.get(row))?;
            let level = super::hexagon::resolution(levels.get(row))?;
            let parent = cell.parent(level).ok_or_else(|| super::hexagon::out_of_bound(levels.get(row)))?;
            Ok(u64::from(parent) as i64)
        })
    }
}
