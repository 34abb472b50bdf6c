//! Rounding of numbers of every kind to digits before or after the point.

use arrow::array::ArrayRef;
use arrow::datatypes::i256;
use kinglet_types::{ChType, Result};

use crate::ColumnBuilder;
use crate::function::{Call, result};
use crate::text::decimal_at;

/// Which neighbour a number goes to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// The nearer one; halves of floats go to the even one, halves of other numbers away from zero.
    HalfToEven,
    Down,
    Up,
    Zero,
}

/// Rounds argument 1 to the digits in argument 2 (0 if it is left out).
pub(super) fn round(call: &Call<'_>, mode: Mode) -> Result<ArrayRef> {
    let several = if call.args.len() > 1 { Some(call.ints(1)?) } else { None };
    let at = |row: usize| several.as_ref().map_or(0, |digits| digits.get(row).clamp(-400, 400) as i32);
    let digits = at(0);
    let column = call.arg(0)?;
    match call.ty(0).bare() {
        ChType::Float32 | ChType::Float64 => {
            let numbers = call.floats(0)?;
            result::floats(call.result, call.rows, |row| Ok(round_float(numbers.get(row), at(row), mode)))
        }
        ChType::Decimal(_, scale) => {
            let mut builder = ColumnBuilder::new(call.result);
            for row in 0..call.rows {
                let step = i32::from(*scale) - at(row);
                builder.append_wide(round_wide(decimal_at(&column.array, column.index(row)), step, mode));
            }
            builder.finish()
        }
        _ if digits >= 0 && call.args.get(1).is_none_or(|digits| digits.constant) => {
            Ok(column.expanded(call.rows))
        }
        ty if ty.integer_bits().is_some_and(|(bits, _)| bits > 64) => Ok(column.expanded(call.rows)),
        ty => {
            let unsigned = ty.integer_bits().is_some_and(|(_, signed)| !signed);
            let numbers = call.ints(0)?;
            result::ints(call.result, call.rows, |row| {
                let number = numbers.get(row);
                let wide = if unsigned { i128::from(number as u64) } else { i128::from(number) };
                Ok(if at(row) >= 0 { number } else { round_int(wide, -at(row), mode) as i64 })
            })
        }
    }
}

/// A number rounded to a multiple of 10^`step`.
fn round_int(number: i128, step: i32, mode: Mode) -> i128 {
    let Some(unit) = u32::try_from(step).ok().and_then(|step| 10_i128.checked_pow(step)) else { return 0 };
    let (down, rest) = (number.div_euclid(unit) * unit, number.rem_euclid(unit));
    let up = if rest == 0 { down } else { down + unit };
    match mode {
        Mode::Down => down,
        Mode::Up => up,
        Mode::Zero => {
            if number >= 0 {
                down
            } else {
                up
            }
        }
        Mode::HalfToEven if rest * 2 == unit => {
            if number >= 0 {
                up
            } else {
                down
            }
        }
        Mode::HalfToEven => {
            if rest * 2 > unit {
                up
            } else {
                down
            }
        }
    }
}

fn round_wide(number: i256, step: i32, mode: Mode) -> i256 {
    if step <= 0 {
        return number;
    }
    match number.to_i128() {
        Some(narrow) => i256::from_i128(round_int(narrow, step, mode)),
        None => number,
    }
}

fn round_float(number: f64, digits: i32, mode: Mode) -> f64 {
    let apply = |number: f64| match mode {
        Mode::HalfToEven => number.round_ties_even(),
        Mode::Down => number.floor(),
        Mode::Up => number.ceil(),
        Mode::Zero => number.trunc(),
    };
    if digits == 0 {
        return apply(number);
    }
    let scale = 10_f64.powi(digits.abs());
    let rounded = if digits > 0 { apply(number * scale) / scale } else { apply(number / scale) * scale };
    if rounded.is_finite() { rounded } else { number }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_where_clickhouse_sends_them() {
        assert_eq!(round_float(2.5, 0, Mode::HalfToEven), 2.0);
        assert_eq!(round_int(1250, 2, Mode::HalfToEven), 1300);
        assert_eq!(round_int(-1250, 2, Mode::HalfToEven), -1300);
        assert_eq!((round_int(-7, 1, Mode::Down), round_int(-7, 1, Mode::Zero)), (-10, 0));
    }
}
