//! `polygonAreaCartesian`, `polygonPerimeterCartesian`: measures of polygons in the plane.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::shapes::{Ring, expect_polygons, polygons};
use crate::function::{Args, Call, Example, Function, Spec, result};

/// A number from each ring, the outer ones and the holes added up.
pub(in crate::function) struct PolygonMeasure {
    spec: &'static Spec,
    ring: fn(&Ring) -> f64,
}

pub(in crate::function) static POLYGON_AREA_CARTESIAN: PolygonMeasure = PolygonMeasure {
    spec: &Spec {
        name: "polygonAreaCartesian",
        aliases: &["areaCartesian"],
        category: "geo",
        syntax: "polygonAreaCartesian(polygon)",
        summary: "The area of polygons in the plane; positive where the outer ring runs clockwise.",
        arguments: &[("polygon", "Ring, Polygon or MultiPolygon")],
        returns: "Float64",
        examples: &[Example {
            sql: "polygonAreaCartesian([[[(0., 0.), (0., 5.), (5., 5.), (5., 0.), (0., 0.)]]])",
            answer: "25",
        }],
        ..Spec::EMPTY
    },
    ring: |ring| {
        // Fewer than four points, the first one twice among them, enclose nothing.
        if ring.len() < 4 {
            return 0.0;
        }
        let edges = ring.iter().zip(ring.iter().cycle().skip(1));
        edges.map(|((x, y), (next_x, next_y))| next_x * y - x * next_y).sum::<f64>() / 2.0
    },
};

pub(in crate::function) static POLYGON_PERIMETER_CARTESIAN: PolygonMeasure = PolygonMeasure {
    spec: &Spec {
        name: "polygonPerimeterCartesian",
        aliases: &["perimeterCartesian"],
        category: "geo",
        syntax: "polygonPerimeterCartesian(polygon)",
        summary: "The length of the rings of polygons in the plane.",
        arguments: &[("polygon", "Ring, Polygon or MultiPolygon")],
        returns: "Float64",
        examples: &[Example {
            sql: "polygonPerimeterCartesian([[[(0., 0.), (0., 5.), (5., 5.), (5., 0.)]]])",
            answer: "15",
        }],
        ..Spec::EMPTY
    },
    ring: |ring| {
        let edges = ring.iter().zip(ring.iter().skip(1));
        edges.map(|((x, y), (next_x, next_y))| (next_x - x).hypot(next_y - y)).sum()
    },
};

impl Function for PolygonMeasure {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        expect_polygons(args, 0)?;
        Ok(ChType::Float64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        result::floats(call.result, call.rows, |row| {
            let polygons = polygons(call, 0, row)?;
            Ok(polygons.iter().flatten().map(self.ring).sum())
        })
    }
}
