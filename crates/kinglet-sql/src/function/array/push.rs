//! Arrays with one more element.

use arrow::array::{ArrayRef, AsArray};
use arrow::compute::interleave;
use kinglet_types::{ChType, Result};

use crate::conversion::{Failure, convert};
use crate::function::{Args, Call, result};

/// The array of a type common to elements and value.
pub(super) fn pushed_type(args: &Args<'_>) -> Result<ChType> {
    args.expect_count(2..=2)?;
    let element = args.ty(0).element().ok_or_else(|| args.illegal(0))?;
    let common = kinglet_types::supertype(&[element, args.ty(1).clone()]).ok_or_else(|| args.illegal(1))?;
    Ok(ChType::array(common))
}

/// Argument 1 with argument 2 at its front or end.
pub(super) fn push(call: &Call<'_>, front: bool) -> Result<ArrayRef> {
    let array = call.arg(0)?;
    let array = convert(&array.array, &array.ty, call.result, Failure::Error, call.environment)?;
    let constant = call.arg(0)?.constant;
    let lists = array.as_list_opt::<i32>().ok_or_else(|| call.illegal_column(0))?;
    let element = call.result.element().unwrap_or(ChType::Nothing);
    let value = call.arg(1)?;
    let values = convert(&value.array, &value.ty, &element, Failure::Error, call.environment)?;
    let offsets = lists.value_offsets();
    let (mut picks, mut lengths) = (Vec::new(), Vec::with_capacity(call.rows));
    for row in 0..call.rows {
        let at = if constant { 0 } else { row };
        let range = match (offsets.get(at), offsets.get(at + 1)) {
            (Some(start), Some(end)) => *start as usize..*end as usize,
            _ => 0..0,
        };
        lengths.push(range.len() + 1);
        let own = range.map(|at| (0, at));
        let added = std::iter::once((1, value.index(row)));
        if front { picks.extend(added.chain(own)) } else { picks.extend(own.chain(added)) }
    }
    let elements =
        interleave(&[lists.values().as_ref(), values.as_ref()], &picks).map_err(result::internal)?;
    result::lists(call.result, elements, lengths)
}
