//! `pointInPolygon`: whether a point lies in a polygon, and in none of its holes.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use arrow::array::AsArray;
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type};
use kinglet_types::{ChType, Result};

pub(in crate::function) struct PointInPolygon;

static SPEC: Spec = Spec {
    name: "pointInPolygon",
    category: "geo",
    syntax: "pointInPolygon(point, polygon, hole, ..)",
    summary: "Whether a point lies in a polygon, and in none of its holes.",
    arguments: &[
        ("point", "Tuple of two numbers"),
        ("polygon", "Array of tuples of two numbers"),
        ("hole", "Arrays of tuples of two numbers"),
    ],
    returns: "UInt8",
    examples: &[Example { sql: "pointInPolygon((3., 3.), [(6, 0), (8, 4), (5, 8), (0, 2)])", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for PointInPolygon {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=usize::MAX)?;
        let point = |ty: &ChType| matches!(ty, ChType::Tuple(fields) if fields.len() == 2 && fields.iter().all(|(_, ty)| ty.is_number()));
        args.expect(0, point)?;
        for at in 1..args.len() {
            args.expect(at, |ty| {
                ty.element()
                    .is_some_and(|element| point(&element) || element.element().is_some_and(|ty| point(&ty)))
            })?;
        }
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let point = call.arg(0)?;
        let (xs, ys) = coordinates(&point.array).ok_or_else(|| call.illegal_column(0))?;
        let mut rings = Vec::new();
        for at in 1..call.args.len() {
            let lists = call.lists(at)?;
            // An array of rings: the first is the outline, the others are holes.
            let inner = lists.elements().as_list_opt::<i32>();
            let points = inner.map_or(lists.elements(), |inner| inner.values());
            let points = coordinates(points).ok_or_else(|| call.illegal_column(at))?;
            rings.push((lists, inner.map(|inner| inner.value_offsets().to_vec()), points));
        }
        result::flags(call.rows, |row| {
            let at = point.index(row);
            let (x, y) = (xs.value(at), ys.value(at));
            let mut outline = true;
            for (lists, offsets, (rx, ry)) in &rings {
                let range = lists.range(row);
                let parts: Vec<std::ops::Range<usize>> = match offsets {
                    Some(offsets) => range.map(|at| offsets[at] as usize..offsets[at + 1] as usize).collect(),
                    None => vec![range],
                };
                for part in parts {
                    let corners: Vec<(f64, f64)> = part.map(|at| (rx.value(at), ry.value(at))).collect();
                    if inside((x, y), &corners) != outline {
                        return Ok(false);
                    }
                    outline = false;
                }
            }
            Ok(!outline)
        })
    }
}
type Coordinates = (arrow::array::Float64Array, arrow::array::Float64Array);

fn coordinates(array: &ArrayRef) -> Option<Coordinates> {
    let [x, y] = array.as_struct_opt()?.columns() else { return None };
    let float = |array: &ArrayRef| {
        Some(cast(array, &DataType::Float64).ok()?.as_primitive_opt::<Float64Type>()?.clone())
    };
    Some((float(x)?, float(y)?))
}

/// Counts the edges to the right of the point; points on an edge are inside.
fn inside((x, y): (f64, f64), corners: &[(f64, f64)]) -> bool {
    let mut inside = false;
    for (at, &(bx, by)) in corners.iter().enumerate() {
        let (ax, ay) = corners[(at + corners.len() - 1) % corners.len()];
        let cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
        if cross == 0.0 && (ax.min(bx)..=ax.max(bx)).contains(&x) && (ay.min(by)..=ay.max(by)).contains(&y) {
            return true;
        }
        if (ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax {
            inside = !inside;
        }
    }
    inside
}
