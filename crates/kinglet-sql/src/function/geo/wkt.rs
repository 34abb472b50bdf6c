//! `wkt`: points, lines and polygons as Well-Known Text.

use arrow::array::{Array, ArrayRef, AsArray};
use kinglet_types::{ChType, Result};

use super::shapes::{Ring, depth, polygons};
use crate::function::{Args, Call, Example, Function, Spec, result};
use crate::text::write_f64;

pub(in crate::function) struct Wkt;

static SPEC: Spec = Spec {
    name: "wkt",
    category: "geo",
    syntax: "wkt(shape)",
    summary: "The shape as Well-Known Text.",
    arguments: &[("shape", "Point, Ring, Polygon or MultiPolygon")],
    returns: "String",
    examples: &[
        Example { sql: "wkt((1.5, -2.25))", answer: "POINT(1.5 -2.25)" },
        Example {
            sql: "wkt([[(0., 0.), (1., 0.), (1., 1.), (0., 0.)]])",
            answer: "POLYGON((0 0,1 0,1 1,0 0))",
        },
    ],
    ..Spec::EMPTY
};

impl Function for Wkt {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| depth(ty).is_some())?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let levels = depth(call.ty(0)).ok_or_else(|| call.illegal_column(0))?;
        if levels == 0 {
            let point = call.arg(0)?.expanded(call.rows);
            let parts = point.as_struct_opt().ok_or_else(|| call.illegal_column(0))?;
            let number = |at: usize, row: usize| match (parts.columns().get(at), call.ty(0)) {
                (Some(part), ChType::Tuple(fields)) if row < part.len() => {
                    fields.get(at).map_or(0.0, |(_, ty)| crate::conversion::as_float(part, row, ty))
                }
                _ => 0.0,
            };
            return result::texts(call.rows, |row, out| {
                out.extend_from_slice(b"POINT(");
                write_point((number(0, row), number(1, row)), out);
                out.push(b')');
                Ok(())
            });
        }
        result::texts(call.rows, |row, out| {
            let polygons = polygons(call, 0, row)?;
            if levels == 3 {
                out.extend_from_slice(b"MULTIPOLYGON(");
                joined(&polygons, out, |polygon, out| write_polygon(polygon, out));
                out.push(b')');
            } else {
                out.extend_from_slice(b"POLYGON");
                write_polygon(polygons.first().map_or(&[], Vec::as_slice), out);
            }
            Ok(())
        })
    }
}

fn joined<T>(parts: &[T], out: &mut Vec<u8>, write: impl Fn(&T, &mut Vec<u8>)) {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        write(part, out);
    }
}

fn write_point((x, y): (f64, f64), out: &mut Vec<u8>) {
    write_f64(x, out);
    out.push(b' ');
    write_f64(y, out);
}

fn write_polygon(rings: &[Ring], out: &mut Vec<u8>) {
    out.push(b'(');
    joined(rings, out, |ring, out| {
        out.push(b'(');
        joined(ring, out, |point, out| write_point(*point, out));
        out.push(b')');
    });
    out.push(b')');
}
