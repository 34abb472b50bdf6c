//! `h3ToGeo`: the centre of an H3 cell.

use crate::ColumnBuilder;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct H3ToGeo;

static SPEC: Spec = Spec {
    name: "h3ToGeo",
    category: "geo",
    syntax: "h3ToGeo(index)",
    summary: "The centre of an H3 cell.",
    arguments: &[("index", "UInt64")],
    returns: "Tuple(latitude Float64, longitude Float64)",
    examples: &[Example { sql: "round(h3ToGeo(644325524701193974).1, 6)", answer: "55.712902" }],
    ..Spec::EMPTY
};

impl Function for H3ToGeo {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        super::hexagon::expect_index(args)?;
        Ok(super::hexagon::place())
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let indexes = call.ints(0)?;
        let mut builder = ColumnBuilder::new(call.result);
        for row in 0..call.rows {
            let cell = super::hexagon::cell(indexes.get(row))?;
            super::hexagon::append(&mut builder, h3o::LatLng::from(cell));
        }
        builder.finish()
    }
}
