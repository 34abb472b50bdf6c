//! `IPv4CIDRToRange`: the first and last address of a network.

use crate::ColumnBuilder;
use crate::function::{Args, Call, Example, Function, Spec};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct Ipv4CidrToRange;

static SPEC: Spec = Spec {
    name: "IPv4CIDRToRange",
    category: "ip",
    syntax: "IPv4CIDRToRange(address, bits)",
    summary: "The first and last address of a network.",
    arguments: &[("address", "IPv4"), ("bits", "Unsigned integer")],
    returns: "Tuple(IPv4, IPv4)",
    examples: &[Example {
        sql: "IPv4CIDRToRange(toIPv4('192.168.5.2'), 16)",
        answer: "('192.168.0.0','192.168.255.255')",
    }],
    ..Spec::EMPTY
};

impl Function for Ipv4CidrToRange {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, |ty| matches!(ty, ChType::Ipv4 | ChType::UInt32))?;
        args.expect(1, ChType::is_integer)?;
        Ok(ChType::tuple([ChType::Ipv4, ChType::Ipv4]))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (addresses, bits) = (call.ints(0)?, call.ints(1)?);
        let mut builder = ColumnBuilder::new(call.result);
        for row in 0..call.rows {
            let bits = bits.get(row).clamp(0, 32) as u32;
            let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
            let address = addresses.get(row) as u32;
            if let [first, last] = builder.fields() {
                first.append_int((address & mask).into());
                last.append_int((address | !mask).into());
            }
            builder.close();
        }
        builder.finish()
    }
}
