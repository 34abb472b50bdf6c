//! `h3ToString`: an H3 cell in hexadecimal digits.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct H3ToString;

static SPEC: Spec = Spec {
    name: "h3ToString",
    category: "geo",
    syntax: "h3ToString(index)",
    summary: "An H3 cell in hexadecimal digits.",
    arguments: &[("index", "UInt64")],
    returns: "String",
    examples: &[Example { sql: "h3ToString(617420388352917503)", answer: "89184926cdbffff" }],
    ..Spec::EMPTY
};

impl Function for H3ToString {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        super::hexagon::expect_index(args)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let indexes = call.ints(0)?;
        result::texts(call.rows, |row, out| {
            let cell = super::hexagon::cell(indexes.get(row))?;
            out.extend(cell.to_string().into_bytes());
            Ok(())
        })
    }
}
