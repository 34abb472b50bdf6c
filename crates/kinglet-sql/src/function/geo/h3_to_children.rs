//! `h3ToChildren`: the H3 cells of a finer resolution in a cell.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct H3ToChildren;

static SPEC: Spec = Spec {
    name: "h3ToChildren",
    category: "geo",
    syntax: "h3ToChildren(index, resolution)",
    summary: "The H3 cells of a finer resolution in a cell.",
    arguments: &[("index", "UInt64"), ("resolution", "UInt8")],
    returns: "Array(UInt64)",
    examples: &[Example {
        sql: "h3ToChildren(599405990164561919, 6)",
        answer: "[603909588852408319,603909588986626047,603909589120843775,603909589255061503,603909589389279231,603909589523496959,603909589657714687]",
    }],
    ..Spec::EMPTY
};

impl Function for H3ToChildren {
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
        let levels = call.ints(1)?;
        super::hexagon::cells(call, |row, out| {
            let cell = super::hexagon::cell(indexes.get(row))?;
            let level = super::hexagon::resolution(levels.get(row))?;
            if u8::from(level).saturating_sub(u8::from(cell.resolution())) > 8 {
                return Err(super::hexagon::out_of_bound(levels.get(row)));
            }
            out.extend(cell.children(level).map(|cell| u64::from(cell) as i64));
            Ok(())
        })
    }
}
