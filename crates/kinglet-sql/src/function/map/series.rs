//! Maps with all keys between their least and greatest one.

use arrow::array::{ArrayRef, AsArray};
use arrow::compute::interleave;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};
use std::collections::BTreeMap;

use super::sums::pair_of;
use crate::ColumnBuilder;
use crate::function::result::{int_array, internal};
use crate::function::{Args, Call};
use crate::text::int_at;

/// Most keys of a map made.
const MOST: usize = 1 << 22;

/// The type of the result: a map, or a tuple of two arrays.
pub(super) fn series_type(args: &Args<'_>) -> Result<ChType> {
    let narrow = |ty: &ChType| ty.integer_bits().is_some_and(|(bits, _)| bits <= 64);
    match args.ty(0) {
        ChType::Map(key, _) if narrow(key) => Ok(args.ty(0).clone()),
        ChType::Array(key) if narrow(key) => {
            args.expect(1, |ty| matches!(ty, ChType::Array(_)))?;
            Ok(ChType::tuple([args.ty(0).clone(), args.ty(1).clone()]))
        }
        _ => Err(args.illegal(0)),
    }
}

/// Fills the gaps.
pub(super) fn series(call: &Call<'_>) -> Result<ArrayRef> {
    let first = call.arg(0)?.expanded(call.rows);
    let (keys, values, offsets, greatest) = if let Some(map) = first.as_map_opt() {
        (map.keys().clone(), map.values().clone(), map.value_offsets().to_vec(), 1)
    } else {
        let second = call.arg(1)?.expanded(call.rows);
        let (keys, values) = (first.as_list::<i32>(), second.as_list::<i32>());
        if keys.value_offsets() != values.value_offsets() {
            let message =
                format!("Keys and values of function {} must be arrays of equal lengths", call.name);
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
        (keys.values().clone(), values.values().clone(), keys.value_offsets().to_vec(), 2)
    };
    let (key_type, value_type) = match call.result {
        ChType::Map(key, value) => (key.as_ref().clone(), value.as_ref().clone()),
        ChType::Tuple(fields) => match fields.as_ref() {
            [(_, key), (_, value)] => {
                (key.element().unwrap_or(ChType::Nothing), value.element().unwrap_or(ChType::Nothing))
            }
            _ => return Err(call.illegal_column(0)),
        },
        _ => return Err(call.illegal_column(0)),
    };
    let bounds = if call.args.len() > greatest { Some(call.ints(greatest)?) } else { None };
    let mut builder = ColumnBuilder::new(&value_type);
    builder.append_default();
    let default = builder.finish()?;
    let (mut numbers, mut picks, mut lengths) = (Vec::new(), Vec::new(), Vec::with_capacity(call.rows));
    for row in 0..call.rows {
        let range = offsets[row] as usize..offsets[row + 1] as usize;
        let known: BTreeMap<i64, usize> = range.map(|at| (int_at(&keys, at), at)).collect();
        let before = numbers.len();
        if let (Some((least, _)), Some((last, _))) = (known.first_key_value(), known.last_key_value()) {
            let last = bounds.as_ref().map_or(*last, |bounds| bounds.get(row));
            let count = usize::try_from(last.saturating_sub(*least).saturating_add(1)).unwrap_or(0);
            if numbers.len().saturating_add(count) > MOST {
                let message = format!("Function {} would make more than {MOST} keys", call.name);
                return Err(SqlError::new(ErrorCode::TOO_LARGE_ARRAY_SIZE, message));
            }
            for key in *least..=last {
                numbers.push(key);
                picks.push(known.get(&key).map_or((1, 0), |at| (0, *at)));
            }
        }
        lengths.push(numbers.len() - before);
    }
    let values = interleave(&[values.as_ref(), default.as_ref()], &picks).map_err(internal)?;
    pair_of(call.result, int_array(&key_type, numbers, None)?, values, lengths)
}
