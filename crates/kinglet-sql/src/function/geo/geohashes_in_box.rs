//! `geohashesInBox`: the geohashes that a box touches.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct GeohashesInBox;

static SPEC: Spec = Spec {
    name: "geohashesInBox",
    category: "geo",
    syntax: "geohashesInBox(longitude_min, latitude_min, longitude_max, latitude_max, precision)",
    summary: "The geohashes that a box touches.",
    arguments: &[
        ("longitude_min", "Float, degrees"),
        ("latitude_min", "Float, degrees"),
        ("longitude_max", "Float, degrees"),
        ("latitude_max", "Float, degrees"),
        ("precision", "UInt8 from 1 to 12"),
    ],
    returns: "Array(String)",
    examples: &[Example {
        sql: "geohashesInBox(24.48, 40.56, 24.785, 40.81, 4)",
        answer: "['sx1q','sx1r','sx32','sx1w','sx1x','sx38']",
    }],
    ..Spec::EMPTY
};

impl Function for GeohashesInBox {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(5..=5)?;
        for at in 0..4 {
            args.expect(at, ChType::is_float)?;
        }
        args.expect(4, |ty| *ty == ChType::UInt8)?;
        Ok(ChType::array(ChType::String))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let sides = (0..4).map(|at| call.floats(at)).collect::<Result<Vec<_>>>()?;
        let precisions = call.ints(4)?;
        crate::function::shape::text_lists(call, |row, visit| {
            let side = |at: usize| sides.get(at).map_or(0.0, |side| side.get(row));
            let precision = precisions.get(row).clamp(1, 12) as usize;
            super::geohash::in_box([side(0), side(1), side(2), side(3)], precision, visit).ok_or_else(|| {
                let message = "geohashesInBox would produce more than 10000000 array elements";
                SqlError::new(ErrorCode::TOO_LARGE_ARRAY_SIZE, message)
            })
        })
    }
}
