//! `UUIDv7ToDateTime`: the time in a UUID of version 7; the epoch in others.

use super::zone::zoned;
use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct UuidV7ToDateTime;

static SPEC: Spec = Spec {
    name: "UUIDv7ToDateTime",
    category: "uuid",
    syntax: "UUIDv7ToDateTime(uuid[, zone])",
    summary: "The time in a UUID of version 7; the epoch in others.",
    arguments: &[("uuid", "UUID"), ("zone", "String, constant")],
    returns: "DateTime64(3)",
    examples: &[Example {
        sql: "UUIDv7ToDateTime(toUUID('018f05c9-4ab8-7b86-b64e-c9f03fbd45d1'), 'UTC')",
        answer: "2024-04-22 12:30:29.048",
    }],
    ..Spec::EMPTY
};

impl Function for UuidV7ToDateTime {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=2)?;
        args.expect(0, |ty| matches!(ty, ChType::Uuid))?;
        Ok(ChType::DateTime64(3, zoned(args, 1)?))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let uuids = call.bytes(0)?;
        result::ints(call.result, call.rows, |row| {
            let uuid = uuids.get(row);
            let version = uuid.get(6).map_or(0, |byte| byte >> 4);
            let time = uuid.iter().take(6).fold(0, |time, byte| time << 8 | i64::from(*byte));
            Ok(if version == 7 { time } else { 0 })
        })
    }
}
