//! `h3IndexesAreNeighbors`: whether two H3 cells share an edge.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct H3IndexesAreNeighbors;

static SPEC: Spec = Spec {
    name: "h3IndexesAreNeighbors",
    category: "geo",
    syntax: "h3IndexesAreNeighbors(index, other)",
    summary: "Whether two H3 cells share an edge.",
    arguments: &[("index", "UInt64"), ("other", "UInt64")],
    returns: "UInt8",
    examples: &[Example {
        sql: "h3IndexesAreNeighbors(617420388351344639, 617420388352655359)",
        answer: "1",
    }],
    ..Spec::EMPTY
};

impl Function for H3IndexesAreNeighbors {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        super::hexagon::expect_index(args)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let indexes = call.ints(0)?;
        let others = call.ints(1)?;
        result::flags(call.rows, |row| {
            let cell = super::hexagon::cell(indexes.get(row))?;
            let other = super::hexagon::cell(others.get(row))?;
            Ok(cell.is_neighbor_with(other).unwrap_or(false))
        })
    }
}
