//! `h3Distance`: the number of steps between two H3 cells.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct H3Distance;

static SPEC: Spec = Spec {
    name: "h3Distance",
    category: "geo",
    syntax: "h3Distance(index, other)",
    summary: "The number of steps between two H3 cells.",
    arguments: &[("index", "UInt64"), ("other", "UInt64")],
    returns: "Int64",
    examples: &[Example { sql: "h3Distance(590080540275638271, 590103561300344831)", answer: "6" }],
    ..Spec::EMPTY
};

impl Function for H3Distance {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        super::hexagon::expect_index(args)?;
        Ok(ChType::Int64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let indexes = call.ints(0)?;
        let others = call.ints(1)?;
        result::ints(call.result, call.rows, |row| {
            let cell = super::hexagon::cell(indexes.get(row))?;
            let other = super::hexagon::cell(others.get(row))?;
            cell.grid_distance(other).map(i64::from).map_err(|_| super::hexagon::invalid(others.get(row)))
        })
    }
}
