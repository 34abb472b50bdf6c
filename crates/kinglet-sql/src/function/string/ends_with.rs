//! `endsWith`: whether a text ends with another.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct EndsWith;

static SPEC: Spec = Spec {
    name: "endsWith",
    category: "string",
    syntax: "endsWith(text, affix)",
    summary: "Whether the text ends with the other one, byte for byte.",
    arguments: &[("text", "String or FixedString"), ("affix", "String")],
    returns: "UInt8: 1 or 0.",
    examples: &[Example { sql: "endsWith('kinglet', 'let')", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for EndsWith {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        if let (ChType::Array(_), ChType::Array(_)) = (args.ty(0), args.ty(1)) {
            args.common_type()?;
            return Ok(ChType::UInt8);
        }
        args.expect(0, ChType::is_text)?;
        args.expect(1, ChType::is_text)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        if let ChType::Array(_) = call.ty(0) {
            return crate::function::array::affix(call, true);
        }
        let text = call.bytes(0)?;
        let affix = call.bytes(1)?;
        result::flags(call.rows, |row| Ok(text.get(row).ends_with(affix.get(row))))
    }
}
