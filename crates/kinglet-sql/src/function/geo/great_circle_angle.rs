//! `greatCircleAngle`: the distance between two places in degrees on a sphere.

use super::distance::{Method, distance_type, distances};
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct GreatCircleAngle;

static SPEC: Spec = Spec {
    name: "greatCircleAngle",
    category: "geo",
    syntax: "greatCircleAngle(longitude1, latitude1, longitude2, latitude2)",
    summary: "The distance between two places in degrees on a sphere.",
    arguments: &[
        ("longitude1", "Number, degrees"),
        ("latitude1", "Number, degrees"),
        ("longitude2", "Number, degrees"),
        ("latitude2", "Number, degrees"),
    ],
    returns: "Float64 for Float64 arguments, else Float32",
    examples: &[Example { sql: "greatCircleAngle(10.5, 20.25, 11.5, 30.25)", answer: "10.040818579046103" }],
    ..Spec::EMPTY
};

impl Function for GreatCircleAngle {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        distance_type(args)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        distances(call, Method::Degrees)
    }
}
