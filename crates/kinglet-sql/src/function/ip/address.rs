//! Addresses as texts and bytes.

use std::net::{Ipv4Addr, Ipv6Addr};

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::ColumnBuilder;
use crate::conversion::Failure;
use crate::function::{Args, Call, Function, Spec};

/// IPv4, or IPv6 that maps IPv4.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Family(bool);

pub(super) const V4: Family = Family(false);
pub(super) const V6: Family = Family(true);

/// The address in a text.
pub(super) fn v4(text: &[u8]) -> Option<Ipv4Addr> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// The address in a text; one of IPv4 is mapped.
pub(super) fn v6(text: &[u8]) -> Option<Ipv6Addr> {
    let text = std::str::from_utf8(text).ok()?;
    text.parse::<Ipv6Addr>().ok().or_else(|| Some(text.parse::<Ipv4Addr>().ok()?.to_ipv6_mapped()))
}

/// Addresses of texts as numbers or bytes.
pub(in crate::function) struct StringToNum {
    pub(super) spec: &'static Spec,
    pub(super) family: Family,
    pub(super) failure: Failure,
}

impl Function for StringToNum {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_text)?;
        let ty = if self.family == V4 { ChType::UInt32 } else { ChType::FixedString(16) };
        Ok(if self.failure == Failure::Null { ty.nullable() } else { ty })
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        let mut builder = ColumnBuilder::new(call.result);
        for row in 0..call.rows {
            let text = texts.get(row);
            let read = if self.family == V4 {
                v4(text).map(|address| builder.append_int(u32::from(address).into()))
            } else {
                v6(text).map(|address| builder.append_bytes(&address.octets()))
            };
            match (read, self.failure) {
                (Some(()), _) => {}
                (None, Failure::Null) => builder.append_null(),
                (None, Failure::Default) => builder.append_default(),
                (None, _) if self.family == V4 => {
                    return Err(SqlError::new(ErrorCode::CANNOT_PARSE_IPV4, "Invalid IPv4 value"));
                }
                (None, _) => return Err(SqlError::new(ErrorCode::CANNOT_PARSE_IPV6, "Invalid IPv6 value")),
            }
        }
        builder.finish()
    }
}
