//! Arrays of numbers that are computed along an array.

use arrow::array::{ArrayRef, AsArray, Float64Array};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type};
use kinglet_types::{ChType, Result};

use crate::function::array_map::Zipped;
use crate::function::result::{int_array, internal};
use crate::function::{Args, Call, Lambda, result};
use crate::text::int_at;

/// An array of a sum's type, or of a difference's.
pub(super) fn return_type(args: &Args<'_>, difference: bool) -> Result<ChType> {
    args.expect_count(1..=usize::MAX)?;
    let element = if args.len() > 1 {
        args.ty(0).clone()
    } else {
        args.ty(0).element().ok_or_else(|| args.illegal(0))?
    };
    let bare = element.bare();
    let ty = match (bare, bare.integer_bits()) {
        (_, Some((bits, signed))) if bits <= 64 => {
            let wide = (bits * 2).min(64);
            if difference { ChType::integer(wide, true) } else { ChType::integer(64, signed) }
        }
        (ty, _) if ty.is_float() => ChType::Float64,
        _ if difference && bare.is_date() => ChType::Int32,
        _ if difference && bare.is_date_time() => ChType::Int64,
        _ => return Err(args.illegal(args.len() - 1)),
    };
    Ok(ChType::array(ty))
}

/// The numbers and the offsets of the rows.
fn values(call: &Call<'_>) -> Result<(ArrayRef, Vec<i32>)> {
    let first = usize::from(call.is_lambda(0));
    let zipped = Zipped::read(call, first)?;
    let values = if first == 1 {
        call.lambda(0)?.evaluate(&Lambda::rows_of(&zipped.offsets), &zipped.elements)?
    } else {
        zipped.elements.first().cloned().ok_or_else(|| call.illegal_column(0))?
    };
    Ok((values, zipped.offsets))
}

/// Every element folded with all before it.
pub(super) fn evaluate(
    call: &Call<'_>,
    floats: impl Fn(f64, f64) -> f64,
    ints: impl Fn(i64, i64) -> i64,
) -> Result<ArrayRef> {
    let (values, offsets) = values(call)?;
    along(
        call,
        &values,
        &offsets,
        |sum, value| {
            let sum = floats(if sum.is_nan() { 0.0 } else { sum }, value);
            (sum, sum)
        },
        |sum, value| {
            let sum = ints(sum.unwrap_or(0), value);
            (sum, sum)
        },
    )
}

/// What each element is more than the one before.
pub(super) fn differences(call: &Call<'_>) -> Result<ArrayRef> {
    let (values, offsets) = values(call)?;
    along(
        call,
        &values,
        &offsets,
        |last, value| (value, if last.is_nan() { 0.0 } else { value - last }),
        |last, value| (value, last.map_or(0, |last| value.wrapping_sub(last))),
    )
}

/// Walks each row: what is carried on and what is answered for an element.
fn along(
    call: &Call<'_>,
    values: &ArrayRef,
    offsets: &[i32],
    floats: impl Fn(f64, f64) -> (f64, f64),
    ints: impl Fn(Option<i64>, i64) -> (i64, i64),
) -> Result<ArrayRef> {
    let element = call.result.element().ok_or_else(|| internal("no array"))?;
    let rows = offsets.windows(2).map(|pair| pair[0] as usize..pair[1] as usize);
    let answers: ArrayRef = if element == ChType::Float64 {
        let values = cast(values, &DataType::Float64).map_err(internal)?;
        let values = values.as_primitive::<Float64Type>();
        let mut answers = Vec::with_capacity(values.len());
        for row in rows {
            let mut carried: Option<f64> = None;
            for at in row {
                let (next, answer) = floats(carried.unwrap_or(f64::NAN), values.value(at));
                carried = Some(next);
                answers.push(answer);
            }
        }
        std::sync::Arc::new(Float64Array::from(answers))
    } else {
        let mut answers = Vec::with_capacity(values.len());
        for row in rows {
            let mut carried = None;
            for at in row {
                let (next, answer) = ints(carried, int_at(values, at));
                carried = Some(next);
                answers.push(answer);
            }
        }
        int_array(&element, answers, None)?
    };
    result::lists_like(call.result, answers, offsets)
}
