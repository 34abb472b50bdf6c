//! `pointInEllipses`: whether a point lies in one of several ellipses.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct PointInEllipses;

static SPEC: Spec = Spec {
    name: "pointInEllipses",
    category: "geo",
    syntax: "pointInEllipses(x, y, x0, y0, a0, b0, ..)",
    summary: "Whether a point lies in at least one of the ellipses.",
    arguments: &[
        ("x", "Float64"),
        ("y", "Float64"),
        ("x0, y0", "Float64, constant: the centre of an ellipse"),
        ("a0, b0", "Float64, constant: its half axes"),
    ],
    returns: "UInt8",
    examples: &[Example { sql: "pointInEllipses(10., 10., 10., 9.1, 1., 0.9999)", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for PointInEllipses {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        if args.len() < 6 || args.len() % 4 != 2 {
            let message = format!("Incorrect number of arguments of function {}", args.name);
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
        for at in 0..args.len() {
            args.expect(at, |ty| *ty == ChType::Float64)?;
        }
        for at in 2..args.len() {
            args.expect_constant(at)?;
        }
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let numbers = (0..call.args.len()).map(|at| call.floats(at)).collect::<Result<Vec<_>>>()?;
        let [xs, ys, ellipses @ ..] = numbers.as_slice() else { return Err(call.illegal_column(0)) };
        result::flags(call.rows, |row| {
            let (x, y) = (xs.get(row), ys.get(row));
            Ok(ellipses.chunks_exact(4).any(|ellipse| {
                let [x0, y0, a, b] = ellipse else { return false };
                let (across, up) = ((x - x0.get(row)) / a.get(row), (y - y0.get(row)) / b.get(row));
                across * across + up * up <= 1.0
            }))
        })
    }
}
