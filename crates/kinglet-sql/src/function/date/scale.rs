//! Ticks of one length as ticks of another.

/// `ticks` of which `from` make a second, as ticks of which `to` do, rounded down.
pub(super) fn scale(ticks: i64, from: i64, to: i64) -> i64 {
    if to >= from { ticks.saturating_mul(to / from) } else { ticks.div_euclid(from / to) }
}

/// [`scale`], rounded towards zero.
pub(super) fn truncated(ticks: i64, from: i64, to: i64) -> i64 {
    if to >= from { ticks.saturating_mul(to / from) } else { ticks / (from / to) }
}
