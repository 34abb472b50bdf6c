//! `generateUUIDv7`: A UUID of the query's time and random bits, greater with each row.

use crate::ColumnBuilder;
use crate::function::random::Stream;
use crate::function::{Args, Call, Example, Function, Spec, Stability};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct GenerateUuidV7;

static SPEC: Spec = Spec {
    name: "generateUUIDv7",
    category: "uuid",
    syntax: "generateUUIDv7([tag])",
    summary: "A UUID of the query's time and random bits, greater with each row.",
    arguments: &[("tag", "Any value")],
    returns: "UUID",
    examples: &[Example { sql: "substring(toString(generateUUIDv7()), 15, 1)", answer: "7" }],
    stability: Stability::PerRow,
    ..Spec::EMPTY
};

impl Function for GenerateUuidV7 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(0..=1)?;
        Ok(ChType::Uuid)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let mut random = Stream::of(call);
        let millis = (call.environment.now.max(0) / 1_000_000) as u128;
        let mut builder = ColumnBuilder::new(call.result);
        // A counter of 42 bits between time and random bits keeps the order.
        let start = random.next() & 0x1ff_ffff_ffff;
        for row in 0..call.rows {
            let counter = u128::from(start + row as u64) & 0x3ff_ffff_ffff;
            let random = u128::from(random.next() & 0xffff_ffff);
            let bits = millis << 80
                | 7 << 76
                | (counter >> 30) << 64
                | 0b10 << 62
                | (counter & 0x3fff_ffff) << 32
                | random;
            builder.append_bytes(&bits.to_be_bytes());
        }
        builder.finish()
    }
}
