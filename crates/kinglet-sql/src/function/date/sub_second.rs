//! Times rounded down to a part of the second.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::moments::{parse_zone, per_second};
use super::scale::scale;
use crate::function::{Args, Call, result};

/// The type of a time rounded down to `digits` digits of the second: it keeps the digits it has.
pub(super) fn return_type(args: &Args<'_>, digits: u8) -> Result<ChType> {
    args.expect_count(1..=2)?;
    let ChType::DateTime64(present, zone) = args.ty(0) else { return Err(args.illegal(0)) };
    let zone = if args.len() > 1 {
        let name = args.constant_text(1)?;
        parse_zone(&name)?;
        Some(name.as_str().into())
    } else {
        zone.clone()
    };
    Ok(ChType::DateTime64((*present).max(digits), zone))
}

/// The times of argument 0 rounded down to `digits` digits of the second.
pub(super) fn round_down(call: &Call<'_>, digits: u32) -> Result<ArrayRef> {
    let ticks = call.ints(0)?;
    let (from, to) = (per_second(call.ty(0)).unwrap_or(1), per_second(call.result).unwrap_or(1));
    let step = (to / 10_i64.pow(digits)).max(1);
    result::ints(call.result, call.rows, |row| Ok(scale(ticks.get(row), from, to).div_euclid(step) * step))
}
