//! Values of maps added up by key.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, StructArray};
use arrow::compute::interleave;
use arrow::datatypes::DataType;
use kinglet_types::{ChType, ErrorCode, Result, SqlError, supertype};

use super::parts::map_of;
use crate::arrow_type;
use crate::conversion::{Failure, convert};
use crate::function::comparable;
use crate::function::result::{int_array, internal};
use crate::function::{Args, Call, result};
use crate::text::int_at;

/// Types of key and value of a map or of a tuple of two arrays.
fn entry(ty: &ChType) -> Option<(ChType, ChType)> {
    match ty {
        ChType::Map(key, value) => Some((key.as_ref().clone(), value.as_ref().clone())),
        ChType::Tuple(fields) => match fields.as_ref() {
            [(_, keys), (_, values)] => Some((keys.element()?, values.element()?)),
            _ => None,
        },
        _ => None,
    }
}

/// The type of the sums: values are widened.
pub(super) fn sums_type(args: &Args<'_>) -> Result<ChType> {
    let (mut keys, mut values) = (Vec::new(), Vec::new());
    for at in 0..args.len() {
        let (key, value) = entry(args.ty(at)).ok_or_else(|| args.illegal(at))?;
        keys.push(key);
        values.push(value);
    }
    let key = supertype(&keys).ok_or_else(|| args.illegal(0))?;
    let value = supertype(&values).ok_or_else(|| args.illegal(0))?;
    let value = match value.integer_bits() {
        Some((bits, signed)) if bits <= 64 => ChType::integer(64, signed),
        None if value.is_float() => ChType::Float64,
        _ => return Err(args.illegal(0)),
    };
    Ok(match args.ty(0) {
        ChType::Map(..) => ChType::map(key, value),
        _ => ChType::tuple([ChType::array(key), ChType::array(value)]),
    })
}

/// Keys, values and where the entries of each row lie.
type Entries = (ArrayRef, ArrayRef, Vec<std::ops::Range<usize>>);

fn entries(call: &Call<'_>, at: usize) -> Result<Entries> {
    let column = call.arg(at)?.expanded(call.rows);
    let ranges =
        |offsets: &[i32]| offsets.windows(2).map(|pair| pair[0] as usize..pair[1] as usize).collect();
    if let Some(map) = column.as_map_opt() {
        return Ok((Arc::clone(map.keys()), Arc::clone(map.values()), ranges(map.value_offsets())));
    }
    let tuple = column.as_struct_opt().ok_or_else(|| call.illegal_column(at))?;
    let [keys, values] = tuple.columns() else { return Err(call.illegal_column(at)) };
    let lists = (keys.as_list_opt::<i32>(), values.as_list_opt::<i32>());
    let (Some(keys), Some(values)) = lists else { return Err(call.illegal_column(at)) };
    let lengths = |offsets: &[i32]| offsets.windows(2).map(|pair| pair[1] - pair[0]).collect::<Vec<_>>();
    if lengths(keys.value_offsets()) != lengths(values.value_offsets()) {
        let message = format!("Keys and values of function {} must be arrays of equal lengths", call.name);
        return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
    }
    Ok((Arc::clone(keys.values()), Arc::clone(values.values()), ranges(keys.value_offsets())))
}

/// Where a key was first found, and the sum of its values as a whole number and as a float.
type Sum = ((usize, usize), (i64, f64));

/// The sums, or the first value minus the others.
pub(super) fn sums(call: &Call<'_>, subtract: bool) -> Result<ArrayRef> {
    let (key, value) = entry(call.result).ok_or_else(|| call.illegal_column(0))?;
    let mut all = Vec::new();
    for at in 0..call.args.len() {
        let (from_key, from_value) = entry(call.ty(at)).ok_or_else(|| call.illegal_column(at))?;
        let (keys, values, ranges) = entries(call, at)?;
        let keys = convert(&keys, &from_key, &key, Failure::Error, call.environment)?;
        let values = convert(&values, &from_value, &value, Failure::Error, call.environment)?;
        all.push((comparable(&keys, false)?, keys, values, ranges));
    }
    let float = value == ChType::Float64;
    let number = |values: &ArrayRef, at: usize| -> (i64, f64) {
        if float {
            (0, values.as_primitive::<arrow::datatypes::Float64Type>().value(at))
        } else {
            (int_at(values, at), 0.0)
        }
    };
    let (mut picks, mut ints, mut floats) = (Vec::new(), Vec::new(), Vec::new());
    let mut lengths = Vec::with_capacity(call.rows);
    for row in 0..call.rows {
        let mut found: BTreeMap<&[u8], Sum> = BTreeMap::new();
        for (place, (sorted, _, values, ranges)) in all.iter().enumerate() {
            for at in ranges.get(row).cloned().unwrap_or(0..0) {
                let (int, real) = number(values, at);
                let (int, real) =
                    if subtract && place > 0 { (int.wrapping_neg(), -real) } else { (int, real) };
                let sum = found.entry(sorted.row(at).data()).or_insert(((place, at), (0, 0.0)));
                sum.1 = (sum.1.0.wrapping_add(int), sum.1.1 + real);
            }
        }
        lengths.push(found.len());
        for (pick, (int, real)) in found.into_values() {
            picks.push(pick);
            ints.push(int);
            floats.push(real);
        }
    }
    let arrays: Vec<_> = all.iter().map(|(_, keys, ..)| keys.as_ref()).collect();
    let keys = interleave(&arrays, &picks).map_err(internal)?;
    let values = if float {
        Arc::new(arrow::array::Float64Array::from(floats)) as ArrayRef
    } else {
        int_array(&value, ints, None)?
    };
    pair_of(call.result, keys, values, lengths)
}

/// Maps, or tuples of two arrays, of keys and values.
pub(super) fn pair_of(
    ty: &ChType,
    keys: ArrayRef,
    values: ArrayRef,
    lengths: Vec<usize>,
) -> Result<ArrayRef> {
    let ChType::Tuple(fields) = ty else { return map_of(ty, keys, values, lengths) };
    let [(_, key), (_, value)] = fields.as_ref() else { return Err(internal("no pair")) };
    let keys = result::lists(key, keys, lengths.clone())?;
    let values = result::lists(value, values, lengths)?;
    let DataType::Struct(fields) = arrow_type(ty) else { return Err(internal("no pair")) };
    Ok(Arc::new(StructArray::try_new(fields, vec![keys, values], None).map_err(internal)?))
}
