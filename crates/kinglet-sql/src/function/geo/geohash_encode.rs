//! `geohashEncode`: the geohash of a place.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct GeohashEncode;

static SPEC: Spec = Spec {
    name: "geohashEncode",
    category: "geo",
    syntax: "geohashEncode(longitude, latitude[, precision])",
    summary: "The geohash of a place.",
    arguments: &[
        ("longitude", "Float, degrees"),
        ("latitude", "Float, degrees"),
        ("precision", "Integer: number of characters, 12 if left out or 0"),
    ],
    returns: "String",
    examples: &[Example { sql: "geohashEncode(-5.60302734375, 42.593994140625, 0)", answer: "ezs42d000000" }],
    ..Spec::EMPTY
};

impl Function for GeohashEncode {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        args.expect(0, ChType::is_float)?;
        args.expect(1, ChType::is_float)?;
        if args.len() > 2 {
            args.expect(2, ChType::is_integer)?;
        }
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (longitudes, latitudes) = (call.floats(0)?, call.floats(1)?);
        let precisions = if call.args.len() > 2 { Some(call.ints(2)?) } else { None };
        result::texts(call.rows, |row, out| {
            let precision = precisions.as_ref().map_or(12, |precisions| precisions.get(row));
            let precision = usize::try_from(precision)
                .ok()
                .filter(|precision| (1..=12).contains(precision))
                .unwrap_or(12);
            super::geohash::encode(longitudes.get(row), latitudes.get(row), precision, out);
            Ok(())
        })
    }
}
