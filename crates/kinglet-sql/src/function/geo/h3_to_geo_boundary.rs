//! `h3ToGeoBoundary`: the corners of an H3 cell as latitude and longitude.

use crate::ColumnBuilder;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct H3ToGeoBoundary;

static SPEC: Spec = Spec {
    name: "h3ToGeoBoundary",
    category: "geo",
    syntax: "h3ToGeoBoundary(index)",
    summary: "The corners of an H3 cell as latitude and longitude.",
    arguments: &[("index", "UInt64")],
    returns: "Array(Tuple(Float64, Float64))",
    examples: &[Example { sql: "round(h3ToGeoBoundary(599686042433355775)[1].1, 6)", answer: "37.271356" }],
    ..Spec::EMPTY
};

impl Function for H3ToGeoBoundary {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        super::hexagon::expect_index(args)?;
        Ok(ChType::array(ChType::tuple([ChType::Float64, ChType::Float64])))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let indexes = call.ints(0)?;
        let mut builder = ColumnBuilder::new(call.result);
        for row in 0..call.rows {
            let cell = super::hexagon::cell(indexes.get(row))?;
            if let Some(corners) = builder.elements() {
                cell.boundary().iter().for_each(|corner| super::hexagon::append(corners, *corner));
            }
            builder.close();
        }
        builder.finish()
    }
}
