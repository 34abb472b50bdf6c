//! `IPv6CIDRToRange`: the first and last address of a network.

use crate::ColumnBuilder;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct Ipv6CidrToRange;

static SPEC: Spec = Spec {
    name: "IPv6CIDRToRange",
    category: "ip",
    syntax: "IPv6CIDRToRange(address, bits)",
    summary: "The first and last address of a network.",
    arguments: &[("address", "IPv6"), ("bits", "Unsigned integer")],
    returns: "Tuple(IPv6, IPv6)",
    examples: &[Example {
        sql: "IPv6CIDRToRange(toIPv6('2001:db8::'), 32)",
        answer: "('2001:db8::','2001:db8:ffff:ffff:ffff:ffff:ffff:ffff')",
    }],
    ..Spec::EMPTY
};

impl Function for Ipv6CidrToRange {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, |ty| matches!(ty, ChType::Ipv6 | ChType::FixedString(16)))?;
        args.expect(1, ChType::is_integer)?;
        Ok(ChType::tuple([ChType::Ipv6, ChType::Ipv6]))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (addresses, bits) = (call.bytes(0)?, call.ints(1)?);
        let mut builder = ColumnBuilder::new(call.result);
        for row in 0..call.rows {
            let bits = bits.get(row).clamp(0, 128) as u32;
            let mask = u128::MAX.checked_shl(128 - bits).unwrap_or(0);
            let address = u128::from_be_bytes(addresses.get(row).try_into().unwrap_or_default());
            if let [first, last] = builder.fields() {
                first.append_bytes(&(address & mask).to_be_bytes());
                last.append_bytes(&(address | !mask).to_be_bytes());
            }
            builder.close();
        }
        builder.finish()
    }
}
