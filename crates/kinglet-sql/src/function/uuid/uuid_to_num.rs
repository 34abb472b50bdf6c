//! `UUIDToNum`: the 16 bytes of a UUID.

use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct UuidToNum;

static SPEC: Spec = Spec {
    name: "UUIDToNum",
    category: "uuid",
    syntax: "UUIDToNum(uuid[, variant])",
    summary: "The 16 bytes of a UUID.",
    arguments: &[("uuid", "UUID")],
    returns: "FixedString(16)",
    examples: &[Example {
        sql: "hex(UUIDToNum(toUUID('612f3c40-5d3b-217e-707b-6a546a3d7b29')))",
        answer: "612F3C405D3B217E707B6A546A3D7B29",
    }],
    ..Spec::EMPTY
};

impl Function for UuidToNum {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=2)?;
        args.expect(0, |ty| matches!(ty, ChType::Uuid))?;
        Ok(ChType::FixedString(16))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        Ok(call.arg(0)?.expanded(call.rows))
    }
}
