//! `h3IsPentagon`: whether an H3 cell is a pentagon.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct H3IsPentagon;

static SPEC: Spec = Spec {
    name: "h3IsPentagon",
    category: "geo",
    syntax: "h3IsPentagon(index)",
    summary: "Whether an H3 cell is a pentagon.",
    arguments: &[("index", "UInt64")],
    returns: "UInt8",
    examples: &[Example { sql: "h3IsPentagon(644721767722457330)", answer: "0" }],
    ..Spec::EMPTY
};

impl Function for H3IsPentagon {
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
        result::flags(call.rows, |row| {
            let cell = super::hexagon::cell(indexes.get(row))?;
            Ok(cell.is_pentagon())
        })
    }
}
