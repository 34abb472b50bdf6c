//! `generateUUIDv4`: A random UUID, another one for each row.

use crate::ColumnBuilder;
use crate::function::random::Stream;
use crate::function::{Args, Call, Example, Function, Spec, Stability};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct GenerateUuidV4;

static SPEC: Spec = Spec {
    name: "generateUUIDv4",
    category: "uuid",
    syntax: "generateUUIDv4([tag])",
    summary: "A random UUID, another one for each row.",
    arguments: &[("tag", "Any value")],
    returns: "UUID",
    examples: &[Example { sql: "length(toString(generateUUIDv4()))", answer: "36" }],
    stability: Stability::PerRow,
    ..Spec::EMPTY
};

impl Function for GenerateUuidV4 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=1)?;
        Ok(ChType::Uuid)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let mut random = Stream::of(call);
        let mut builder = ColumnBuilder::new(call.result);
        for _ in 0..call.rows {
            let bits = u128::from(random.next()) << 64 | u128::from(random.next());
            let bits = bits & !(0xf << 76) & !(0b11 << 62) | 4 << 76 | 0b10 << 62;
            builder.append_bytes(&bits.to_be_bytes());
        }
        builder.finish()
    }
}
