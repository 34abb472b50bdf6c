//! Types of the operands of bit functions.

use kinglet_types::{ChType, Result};

use crate::function::Args;

/// Checks that all arguments are whole numbers of at most 64 bits; two of them if not told otherwise.
pub(super) fn expect_integers(args: &Args<'_>) -> Result<()> {
    args.expect_count(2..=2)?;
    for at in 0..args.len() {
        args.expect(at, |ty| ty.integer_bits().is_some_and(|(bits, _)| bits <= 64))?;
    }
    Ok(())
}

/// The wider of both types, signed if one is.
pub(super) fn pair_type(args: &Args<'_>) -> Result<ChType> {
    match (args.ty(0).integer_bits(), args.ty(1).integer_bits()) {
        (Some((left, x)), Some((right, y))) => Ok(ChType::integer(left.max(right), x || y)),
        _ => Err(args.illegal(0)),
    }
}
