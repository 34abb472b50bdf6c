//! `IPv6NumToString`: an IPv6 address of 16 bytes as text.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct Ipv6NumToString;

static SPEC: Spec = Spec {
    name: "IPv6NumToString",
    aliases: &["INET6_NTOA"],
    category: "ip",
    syntax: "IPv6NumToString(bytes)",
    summary: "An IPv6 address of 16 bytes as text.",
    arguments: &[("bytes", "FixedString(16) or IPv6")],
    returns: "String",
    examples: &[Example {
        sql: "IPv6NumToString(toFixedString(unhex('2A0206B8000000000000000000000011'), 16))",
        answer: "2a02:6b8::11",
    }],
    ..Spec::EMPTY
};

impl Function for Ipv6NumToString {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| matches!(ty, ChType::FixedString(16) | ChType::Ipv6))?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let addresses = call.bytes(0)?;
        result::texts(call.rows, |row, out| {
            let address: [u8; 16] = addresses.get(row).try_into().unwrap_or_default();
            crate::text::write_ipv6(address, out);
            Ok(())
        })
    }
}
