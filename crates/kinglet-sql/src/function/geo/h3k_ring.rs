//! `h3kRing`: the H3 cells at most k steps away.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct H3kRing;

static SPEC: Spec = Spec {
    name: "h3kRing",
    category: "geo",
    syntax: "h3kRing(index, k)",
    summary: "The H3 cells at most k steps away.",
    arguments: &[("index", "UInt64"), ("k", "Unsigned integer")],
    returns: "Array(UInt64)",
    examples: &[Example {
        sql: "arraySort(h3kRing(644325529233966508, 1))",
        answer: "[644325529233966354,644325529233966355,644325529233966497,644325529233966504,644325529233966508,644325529233966509,644325529233966510]",
    }],
    ..Spec::EMPTY
};

impl Function for H3kRing {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        super::hexagon::expect_index(args)?;
        Ok(ChType::array(ChType::UInt64))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let indexes = call.ints(0)?;
        let steps = call.ints(1)?;
        super::hexagon::cells(call, |row, out| {
            let cell = super::hexagon::cell(indexes.get(row))?;
            let steps = u32::try_from(steps.get(row))
                .ok()
                .filter(|steps| *steps <= 1_000)
                .ok_or_else(|| super::hexagon::out_of_bound(steps.get(row)))?;
            out.extend(cell.grid_disk::<Vec<_>>(steps).into_iter().map(|cell| u64::from(cell) as i64));
            Ok(())
        })
    }
}
