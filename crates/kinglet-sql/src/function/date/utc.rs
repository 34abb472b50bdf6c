//! Times moved between UTC and the clock of a zone.

use arrow::array::ArrayRef;
use chrono_tz::Tz;
use kinglet_types::{ChType, Result};

use super::moments::{parse_zone, per_second};
use crate::function::{Args, Call, result};

/// Checks time and zone.
pub(super) fn moved_type(args: &Args<'_>) -> Result<ChType> {
    args.expect_count(2..=2)?;
    args.expect(1, ChType::is_text)?;
    Ok(match args.expect(0, ChType::is_date_time)? {
        ChType::DateTime64(digits, _) => ChType::DateTime64(*digits, None),
        _ => ChType::DateTime(None),
    })
}

/// Moves the seconds of each time.
pub(super) fn move_zone(call: &Call<'_>, shift: fn(i64, Tz) -> i64) -> Result<ArrayRef> {
    let (ticks, unit) = (call.ints(0)?, per_second(call.result).unwrap_or(1));
    let zones = call.bytes(1)?;
    let mut known: Option<(Vec<u8>, Tz)> = None;
    result::ints(call.result, call.rows, |row| {
        let name = zones.get(row);
        let zone = match &known {
            Some((text, zone)) if text == name => *zone,
            _ => {
                let zone = parse_zone(&String::from_utf8_lossy(name))?;
                known = Some((name.to_vec(), zone));
                zone
            }
        };
        let tick = ticks.get(row);
        Ok(shift(tick.div_euclid(unit), zone).saturating_mul(unit) + tick.rem_euclid(unit))
    })
}
