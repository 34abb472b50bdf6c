//! `IPv4ToIPv6`: an IPv4 address mapped to IPv6.

use crate::ColumnBuilder;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct Ipv4ToIpv6;

static SPEC: Spec = Spec {
    name: "IPv4ToIPv6",
    category: "ip",
    syntax: "IPv4ToIPv6(address)",
    summary: "An IPv4 address mapped to IPv6.",
    arguments: &[("address", "IPv4 or UInt32")],
    returns: "IPv6",
    examples: &[Example { sql: "IPv4ToIPv6(toIPv4('192.168.0.1'))", answer: "::ffff:192.168.0.1" }],
    ..Spec::EMPTY
};

impl Function for Ipv4ToIpv6 {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| matches!(ty, ChType::Ipv4 | ChType::UInt32))?;
        Ok(ChType::Ipv6)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let addresses = call.ints(0)?;
        let mut builder = ColumnBuilder::new(call.result);
        for row in 0..call.rows {
            let address = std::net::Ipv4Addr::from(addresses.get(row) as u32);
            builder.append_bytes(&address.to_ipv6_mapped().octets());
        }
        builder.finish()
    }
}
