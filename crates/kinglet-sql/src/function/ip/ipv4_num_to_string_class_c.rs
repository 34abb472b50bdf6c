//! `IPv4NumToStringClassC`: an IPv4 address of a number as text, with xxx for its last byte.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct Ipv4NumToStringClassC;

static SPEC: Spec = Spec {
    name: "IPv4NumToStringClassC",
    category: "ip",
    syntax: "IPv4NumToStringClassC(number)",
    summary: "An IPv4 address of a number as text, with xxx for its last byte.",
    arguments: &[("number", "Unsigned integer or IPv4")],
    returns: "String",
    examples: &[Example { sql: "IPv4NumToStringClassC(3232235521)", answer: "192.168.0.xxx" }],
    ..Spec::EMPTY
};

impl Function for Ipv4NumToStringClassC {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| {
            matches!(ty, ChType::Ipv4 | ChType::UInt8 | ChType::UInt16 | ChType::UInt32 | ChType::UInt64)
        })?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let number = call.ints(0)?;
        result::texts(call.rows, |row, out| {
            let [a, b, c, _] = (number.get(row) as u32).to_be_bytes();
            out.extend(format!("{a}.{b}.{c}.xxx").into_bytes());
            Ok(())
        })
    }
}
