//! `geoToH3`: the H3 cell of a place.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct GeoToH3;

static SPEC: Spec = Spec {
    name: "geoToH3",
    category: "geo",
    syntax: "geoToH3(latitude, longitude, resolution)",
    summary: "The H3 cell of a place.",
    arguments: &[
        ("latitude", "Float64, degrees"),
        ("longitude", "Float64, degrees"),
        ("resolution", "UInt8 from 0 to 15"),
    ],
    returns: "UInt64",
    examples: &[Example { sql: "geoToH3(55.71290588, 37.79506683, 15)", answer: "644325524701193974" }],
    ..Spec::EMPTY
};

impl Function for GeoToH3 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(3..=3)?;
        args.expect(0, |ty| *ty == ChType::Float64)?;
        args.expect(1, |ty| *ty == ChType::Float64)?;
        args.expect(2, |ty| *ty == ChType::UInt8)?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (latitudes, longitudes, levels) = (call.floats(0)?, call.floats(1)?, call.ints(2)?);
        result::ints(call.result, call.rows, |row| {
            let level = super::hexagon::resolution(levels.get(row))?;
            let place = h3o::LatLng::new(latitudes.get(row), longitudes.get(row));
            Ok(place.map_or(0, |place| u64::from(place.to_cell(level)) as i64))
        })
    }
}
