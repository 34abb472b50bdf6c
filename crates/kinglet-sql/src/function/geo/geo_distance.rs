//! `geoDistance`: the distance between two places in metres on the WGS-84 ellipsoid.

use super::distance::{Method, distance_type, distances};
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct GeoDistance;

static SPEC: Spec = Spec {
    name: "geoDistance",
    category: "geo",
    syntax: "geoDistance(longitude1, latitude1, longitude2, latitude2)",
    summary: "The distance between two places in metres on the WGS-84 ellipsoid.",
    arguments: &[
        ("longitude1", "Number, degrees"),
        ("latitude1", "Number, degrees"),
        ("longitude2", "Number, degrees"),
        ("latitude2", "Number, degrees"),
    ],
    returns: "Float64 for Float64 arguments, else Float32",
    examples: &[Example { sql: "geoDistance(10.5, 20.25, 11.5, 30.25)", answer: "1112290.1013431305" }],
    ..Spec::EMPTY
};

impl Function for GeoDistance {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        distance_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        distances(call, Method::Wgs84)
    }
}
