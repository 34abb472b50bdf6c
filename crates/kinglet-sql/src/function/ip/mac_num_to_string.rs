//! `MACNumToString`: A MAC address of a number as text.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct MacNumToString;

static SPEC: Spec = Spec {
    name: "MACNumToString",
    category: "ip",
    syntax: "MACNumToString(number)",
    summary: "A MAC address of a number as text.",
    arguments: &[("number", "UInt64")],
    returns: "String",
    examples: &[Example { sql: "MACNumToString(149809441867716)", answer: "88:40:3A:91:07:C4" }],
    ..Spec::EMPTY
};

impl Function for MacNumToString {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| matches!(ty, ChType::UInt64))?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let numbers = call.ints(0)?;
        result::texts(call.rows, |row, out| {
            let [_, _, a, b, c, d, e, f] = numbers.get(row).to_be_bytes();
            out.extend(format!("{a:02X}:{b:02X}:{c:02X}:{d:02X}:{e:02X}:{f:02X}").into_bytes());
            Ok(())
        })
    }
}
