//! Types of the operands of bit functions.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::function::{Args, Call, result};

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

/// Checks that all arguments are whole numbers of at most 64 bits.
pub(super) fn expect_all_integers(args: &Args<'_>) -> Result<()> {
    for at in 0..args.len() {
        args.expect(at, |ty| ty.integer_bits().is_some_and(|(bits, _)| bits <= 64))?;
    }
    Ok(())
}

/// Argument 1 with its bits, as wide as the result, moved round by argument 2.
pub(super) fn rotated(call: &Call<'_>, right: bool) -> Result<ArrayRef> {
    let (numbers, counts) = (call.ints(0)?, call.ints(1)?);
    let bits = call.result.integer_bits().map_or(64, |(bits, _)| bits.clamp(8, 64));
    let (bits, mask) = (u32::from(bits), u64::MAX >> (64 - bits));
    result::ints(call.result, call.rows, |row| {
        let number = numbers.get(row) as u64 & mask;
        let count = counts.get(row).rem_euclid(i64::from(bits)) as u32;
        let left = if right { (bits - count) % bits } else { count };
        let wrapped = if left == 0 { number } else { number << left | number >> (bits - left) };
        Ok((wrapped & mask) as i64)
    })
}

/// A test of argument 1 and the mask of the positions in the others.
pub(super) fn tested(call: &Call<'_>, test: fn(u64, u64) -> bool) -> Result<ArrayRef> {
    let numbers = call.ints(0)?;
    let positions = (1..call.args.len()).map(|at| call.ints(at)).collect::<Result<Vec<_>>>()?;
    result::flags(call.rows, |row| {
        let mut mask = 0;
        for at in &positions {
            mask |= 1_u64 << position(at.get(row), call.ty(0))?;
        }
        Ok(test(numbers.get(row) as u64, mask))
    })
}

/// A position among the bits of a number of type `ty`.
pub(super) fn position(at: i64, ty: &ChType) -> Result<u32> {
    let bits = ty.integer_bits().map_or(64, |(bits, _)| u32::from(bits.min(64)));
    u32::try_from(at).ok().filter(|at| *at < bits).ok_or_else(|| {
        let message = format!("The bit position argument {at} is out of bounds for number");
        SqlError::new(ErrorCode::PARAMETER_OUT_OF_BOUND, message)
    })
}
