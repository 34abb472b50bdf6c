//! `cityHash64`: a 64-bit hash.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct CityHash64;

static SPEC: Spec = Spec {
    name: "cityHash64",
    category: "other",
    syntax: "cityHash64(value, ..)",
    summary: "The CityHash of the values, version 1.0.2, as ClickHouse computes it for texts.",
    arguments: &[("value", "String")],
    returns: "UInt64",
    examples: &[Example { sql: "cityHash64('abc')", answer: "4220206313085259313" }],
    ..Spec::EMPTY
};

impl Function for CityHash64 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_text)?;
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        result::ints(call.result, call.rows, |row| Ok(ch_cityhash102::cityhash64(texts.get(row)) as i64))
    }
}
