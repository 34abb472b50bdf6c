//! Arrays as sets of values.

use std::collections::{HashMap, HashSet};

use arrow::array::ArrayRef;
use arrow::compute::interleave;
use arrow::row::Rows;
use kinglet_types::{ChType, Result, SqlError, supertype};

use super::gather::comparable;
use crate::conversion::{Failure, convert};
use crate::function::result::internal;
use crate::function::{Args, Call, Lists, result};

/// Two arrays and their elements in one comparable form.
pub(super) fn both<'a>(call: &Call<'a>) -> Result<(Lists<'a>, Lists<'a>, Rows, Rows)> {
    let (left, right) = (call.lists(0)?, call.lists(1)?);
    let (Some(a), Some(b)) = (call.ty(0).element(), call.ty(1).element()) else {
        return Err(call.illegal_column(0));
    };
    let common = supertype(&[a.clone(), b.clone()]);
    let common = common.ok_or_else(|| SqlError::illegal_type(call.name, 2, call.ty(1)))?.nullable();
    let to = |array: &ArrayRef, ty| convert(array, ty, &common, Failure::Null, call.environment);
    let keys =
        (comparable(&to(left.elements(), &a)?, false)?, comparable(&to(right.elements(), &b)?, false)?);
    Ok((left, right, keys.0, keys.1))
}

/// Whether the first array starts, or ends where `last`, with the second.
pub(crate) fn affix(call: &Call<'_>, last: bool) -> Result<ArrayRef> {
    let (left, right, elements, wanted) = both(call)?;
    result::flags(call.rows, |row| {
        let (whole, part) = (left.range(row), right.range(row));
        let Some(more) = whole.len().checked_sub(part.len()) else { return Ok(false) };
        let start = whole.start + if last { more } else { 0 };
        Ok(part.clone().all(|at| elements.row(start + at - part.start) == wanted.row(at)))
    })
}

/// The array type all arguments convert to.
pub(super) fn common(args: &Args<'_>) -> Result<ChType> {
    for at in 0..args.len() {
        args.expect(at, |ty| matches!(ty, ChType::Array(_)))?;
    }
    args.common_type()
}

/// What is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// What is in any array.
    Union,
    /// What is not in all of them.
    Symmetric,
}

/// The kept values of all arrays, each once.
pub(super) fn evaluate(call: &Call<'_>, kind: Kind) -> Result<ArrayRef> {
    let element = call.result.element().ok_or_else(|| call.illegal_column(0))?;
    let lists = (0..call.args.len()).map(|at| call.lists(at)).collect::<Result<Vec<_>>>()?;
    let mut arrays = Vec::new();
    for (at, list) in lists.iter().enumerate() {
        let from = call.ty(at).element().ok_or_else(|| call.illegal_column(at))?;
        arrays.push(convert(list.elements(), &from, &element, Failure::Error, call.environment)?);
    }
    let keys = arrays.iter().map(|array| comparable(array, false)).collect::<Result<Vec<_>>>()?;
    let (mut picks, mut lengths) = (Vec::new(), Vec::with_capacity(call.rows));
    for row in 0..call.rows {
        let mut counts: HashMap<&[u8], usize> = HashMap::new();
        if kind == Kind::Symmetric {
            for (list, keys) in lists.iter().zip(&keys) {
                let own: HashSet<&[u8]> = list.range(row).map(|at| keys.row(at).data()).collect();
                own.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
            }
        }
        let mut seen: HashSet<&[u8]> = HashSet::new();
        let before = picks.len();
        for (place, (list, keys)) in lists.iter().zip(&keys).enumerate() {
            for at in list.range(row) {
                let key = keys.row(at).data();
                let wanted = kind == Kind::Union || counts.get(key).is_some_and(|count| *count < lists.len());
                if wanted && seen.insert(key) {
                    picks.push((place, at));
                }
            }
        }
        lengths.push(picks.len() - before);
    }
    let arrays: Vec<_> = arrays.iter().map(AsRef::as_ref).collect();
    let elements = interleave(&arrays, &picks).map_err(internal)?;
    result::lists(call.result, elements, lengths)
}
