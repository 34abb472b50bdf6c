//! `geohashDecode`: the centre of a geohash.

use crate::ColumnBuilder;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct GeohashDecode;

static SPEC: Spec = Spec {
    name: "geohashDecode",
    category: "geo",
    syntax: "geohashDecode(geohash)",
    summary: "The centre of a geohash.",
    arguments: &[("geohash", "String")],
    returns: "Tuple(longitude Float64, latitude Float64)",
    examples: &[Example { sql: "geohashDecode('ezs42')", answer: "(-5.60302734375,42.60498046875)" }],
    ..Spec::EMPTY
};

impl Function for GeohashDecode {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_text)?;
        Ok(ChType::Tuple(
            [(Some("longitude".into()), ChType::Float64), (Some("latitude".into()), ChType::Float64)].into(),
        ))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        let mut builder = ColumnBuilder::new(call.result);
        for row in 0..call.rows {
            let (longitude, latitude) = super::geohash::decode(texts.get(row));
            if let [x, y] = builder.fields() {
                x.append_float(longitude);
                y.append_float(latitude);
            }
            builder.close();
        }
        builder.finish()
    }
}
