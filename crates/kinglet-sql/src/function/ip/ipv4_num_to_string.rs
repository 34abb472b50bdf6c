//! `IPv4NumToString`: an IPv4 address of a number as text.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct Ipv4NumToString;

static SPEC: Spec = Spec {
    name: "IPv4NumToString",
    aliases: &["INET_NTOA"],
    category: "ip",
    syntax: "IPv4NumToString(number)",
    summary: "An IPv4 address of a number as text.",
    arguments: &[("number", "Unsigned integer or IPv4")],
    returns: "String",
    examples: &[Example { sql: "IPv4NumToString(3232235521)", answer: "192.168.0.1" }],
    ..Spec::EMPTY
};

impl Function for Ipv4NumToString {
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
            out.extend(std::net::Ipv4Addr::from(number.get(row) as u32).to_string().into_bytes());
            Ok(())
        })
    }
}
