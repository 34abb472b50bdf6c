//! `h3GetBaseCell`: the number of the base cell of an H3 cell.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct H3GetBaseCell;

static SPEC: Spec = Spec {
    name: "h3GetBaseCell",
    category: "geo",
    syntax: "h3GetBaseCell(index)",
    summary: "The number of the base cell of an H3 cell.",
    arguments: &[("index", "UInt64")],
    returns: "UInt8",
    examples: &[Example { sql: "h3GetBaseCell(612916788725809151)", answer: "12" }],
    ..Spec::EMPTY
};

impl Function for H3GetBaseCell {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        super::hexagon::expect_index(args)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let indexes = call.ints(0)?;
        result::ints(call.result, call.rows, |row| {
            let cell = super::hexagon::cell(indexes.get(row))?;
            Ok(u8::from(cell.base_cell()).into())
        })
    }
}
