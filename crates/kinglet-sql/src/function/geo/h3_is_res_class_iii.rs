//! `h3IsResClassIII`: whether the resolution of an H3 cell is of class III.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct H3IsResClassIii;

static SPEC: Spec = Spec {
    name: "h3IsResClassIII",
    category: "geo",
    syntax: "h3IsResClassIII(index)",
    summary: "Whether the resolution of an H3 cell is of class III.",
    arguments: &[("index", "UInt64")],
    returns: "UInt8",
    examples: &[Example { sql: "h3IsResClassIII(617420388352917503)", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for H3IsResClassIii {
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
            Ok(u8::from(cell.resolution()) % 2 == 1)
        })
    }
}
