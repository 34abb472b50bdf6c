//! Elements of an array looked up in another.

use std::collections::HashSet;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::gather::comparable;
use crate::conversion::{Failure, convert};
use crate::function::{Call, Lists, result};

/// Whether any (or all) elements of argument 2 are in argument 1.
pub(super) fn overlap(call: &Call<'_>, any: bool) -> Result<ArrayRef> {
    let (own, others) = (call.lists(0)?, call.lists(1)?);
    let types = [0, 1].map(|at| call.ty(at).element().unwrap_or(ChType::Nothing));
    let common = kinglet_types::supertype(&types).ok_or_else(|| call.illegal_column(1))?;
    let keys_of = |lists: &Lists<'_>, ty| {
        let elements = convert(lists.elements(), ty, &common, Failure::Error, call.environment)?;
        comparable(&elements, false)
    };
    let (own_keys, other_keys) = (keys_of(&own, &types[0])?, keys_of(&others, &types[1])?);
    result::flags(call.rows, |row| {
        let known: HashSet<_> = own.range(row).map(|at| own_keys.row(at)).collect();
        let is_known = |at| known.contains(&other_keys.row(at));
        Ok(if any { others.range(row).any(is_known) } else { others.range(row).all(is_known) })
    })
}
