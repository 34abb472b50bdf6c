//! `h3IsValid`: whether a number is an H3 cell.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct H3IsValid;

static SPEC: Spec = Spec {
    name: "h3IsValid",
    category: "geo",
    syntax: "h3IsValid(index)",
    summary: "Whether a number is an H3 cell.",
    arguments: &[("index", "UInt64")],
    returns: "UInt8",
    examples: &[Example { sql: "h3IsValid(630814730351855103)", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for H3IsValid {
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
        result::flags(call.rows, |row| Ok(h3o::CellIndex::try_from(indexes.get(row) as u64).is_ok()))
    }
}
