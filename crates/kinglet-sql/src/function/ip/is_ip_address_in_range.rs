//! `isIPAddressInRange`: whether an address lies in a range written as `address/bits`.

use crate::conversion::{Failure, convert};
use crate::function::{Args, Call, Column, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

pub(in crate::function) struct IsIpAddressInRange;

static SPEC: Spec = Spec {
    name: "isIPAddressInRange",
    category: "ip",
    syntax: "isIPAddressInRange(address, range)",
    summary: "Whether an address lies in a range written as `address/bits`.",
    arguments: &[("address", "String, IPv4 or IPv6"), ("range", "String")],
    returns: "UInt8",
    examples: &[Example { sql: "isIPAddressInRange('127.0.0.1', '127.0.0.0/8')", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for IsIpAddressInRange {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, |ty| ty.is_text() || matches!(ty, ChType::Ipv4 | ChType::Ipv6))?;
        args.expect(1, ChType::is_text)?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let column = call.arg(0)?;
        let array = convert(&column.array, &column.ty, &ChType::String, Failure::Error, call.environment)?;
        let texts = [Column { ty: ChType::String, array, constant: column.constant }];
        let texts = Call { args: &texts, ..*call }.bytes(0)?;
        let ranges = call.bytes(1)?;
        result::flags(call.rows, |row| {
            let (address, range) = (texts.get(row), ranges.get(row));
            let Some(address) = parse(address) else {
                let message =
                    format!("Neither IPv4 nor IPv6 address: '{}'", String::from_utf8_lossy(address));
                return Err(SqlError::new(ErrorCode::CANNOT_PARSE_TEXT, message));
            };
            let refused = || {
                let message = format!("The text does not contain '/': {}", String::from_utf8_lossy(range));
                SqlError::new(ErrorCode::CANNOT_PARSE_TEXT, message)
            };
            let slash = memchr::memchr(b'/', range).ok_or_else(refused)?;
            let base = parse(&range[..slash]).ok_or_else(refused)?;
            let bits =
                std::str::from_utf8(&range[slash + 1..]).ok().and_then(|bits| bits.parse::<u32>().ok());
            let bits = bits.filter(|bits| *bits <= if base.1 { 32 } else { 128 }).ok_or_else(refused)?;
            let kept = if base.1 { bits + 96 } else { bits };
            let mask = u128::MAX.checked_shl(128 - kept).unwrap_or(0);
            Ok(address.1 == base.1 && address.0 & mask == base.0 & mask)
        })
    }
}
/// The address as 128 bits, and whether it is one of IPv4.
fn parse(text: &[u8]) -> Option<(u128, bool)> {
    match super::address::v4(text) {
        Some(address) => Some((u128::from(u32::from(address)), true)),
        None => super::address::v6(text).map(|address| (address.into(), false)),
    }
}
