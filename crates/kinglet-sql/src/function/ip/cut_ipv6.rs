//! `cutIPv6`: an IPv6 address as text with bytes at its end set to zero.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct CutIpv6;

static SPEC: Spec = Spec {
    name: "cutIPv6",
    category: "ip",
    syntax: "cutIPv6(address, bytes_v6, bytes_v4)",
    summary: "An IPv6 address as text with bytes at its end set to zero.",
    arguments: &[
        ("address", "FixedString(16) or IPv6"),
        ("bytes_v6", "Integer, constant: bytes to cut of an IPv6 address"),
        ("bytes_v4", "Integer, constant: bytes to cut of a mapped IPv4 address"),
    ],
    returns: "String",
    examples: &[Example {
        sql: "cutIPv6(toIPv6('2001:0DB8:AC10:FE01:FEED:BABE:CAFE:F00D'), 2, 0)",
        answer: "2001:db8:ac10:fe01:feed:babe:cafe:0",
    }],
    ..Spec::EMPTY
};

impl Function for CutIpv6 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(3..=3)?;
        args.expect(0, |ty| matches!(ty, ChType::FixedString(16) | ChType::Ipv6))?;
        args.expect(1, ChType::is_integer)?;
        args.expect(2, ChType::is_integer)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (addresses, six, four) = (call.bytes(0)?, call.ints(1)?.get(0), call.ints(2)?.get(0));
        result::texts(call.rows, |row, out| {
            let mut address: [u8; 16] = addresses.get(row).try_into().unwrap_or_default();
            let mapped = address.starts_with(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]);
            let cut = (if mapped { four } else { six }).clamp(0, 16) as usize;
            address[16 - cut..].fill(0);
            crate::text::write_ipv6(address, out);
            Ok(())
        })
    }
}
