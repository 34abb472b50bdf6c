//! Common divisors.

use kinglet_types::{ChType, Result};

use crate::function::Args;

/// Checks two integers; the type that holds a divisor or multiple of both.
pub(super) fn expect_integers(args: &Args<'_>) -> Result<ChType> {
    args.expect_count(2..=2)?;
    let bits = |at: usize| {
        args.ty(at).integer_bits().filter(|(bits, _)| *bits <= 64).ok_or_else(|| args.illegal(at))
    };
    let ((a, x), (b, y)) = (bits(0)?, bits(1)?);
    Ok(ChType::integer((a.max(b) * 2).min(64), x || y))
}

/// The absolute value of a number as its type reads it.
pub(super) fn magnitude(ty: &ChType, value: i64) -> u64 {
    if ty.integer_bits().is_some_and(|(_, signed)| signed) { value.unsigned_abs() } else { value as u64 }
}

/// Euclid's algorithm.
pub(super) fn gcd(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}
