//! Arrays sorted by their elements, or by what a lambda answers for them.

use arrow::array::{Array, ArrayRef, UInt32Array};
use arrow::compute::take;
use kinglet_types::{ChType, Result};

use super::gather::comparable;
use crate::function::array_map::Zipped;
use crate::function::result::internal;
use crate::function::{Call, Lambda, result};

/// The first array sorted, equal keys in their order.
pub(super) fn sorted(call: &Call<'_>, descending: bool) -> Result<ArrayRef> {
    let first = usize::from(call.is_lambda(0));
    let zipped = Zipped::read(call, first)?;
    let elements = zipped.elements.first().ok_or_else(|| call.illegal_column(first))?;
    let keys = if first == 1 {
        let lambda = call.lambda(0)?;
        let keys = lambda.evaluate(&Lambda::rows_of(&zipped.offsets), &zipped.elements)?;
        crate::tagged::sortable(&keys, &lambda.result)?
    } else {
        let element = call.ty(0).element().unwrap_or(ChType::Nothing);
        crate::tagged::sortable(elements, &element)?
    };
    let keys = comparable(&keys, descending)?;
    let mut positions: Vec<u32> = (0..elements.len() as u32).collect();
    for pair in zipped.offsets.windows(2) {
        if let Some(part) = positions.get_mut(pair[0] as usize..pair[1] as usize) {
            part.sort_by(|a, b| keys.row(*a as usize).cmp(&keys.row(*b as usize)));
        }
    }
    let elements = take(elements, &UInt32Array::from(positions), None).map_err(internal)?;
    result::lists_like(call.result, elements, &zipped.offsets)
}

/// As [`sorted`], where a limit stands before the array. All elements are sorted.
pub(super) fn partially_sorted(call: &Call<'_>, descending: bool) -> Result<ArrayRef> {
    let limit = usize::from(call.is_lambda(0));
    let without = |at: usize| at != limit;
    let args: Vec<_> =
        call.args.iter().enumerate().filter(|(at, _)| without(*at)).map(|(_, arg)| arg.clone()).collect();
    let lambdas: Vec<_> =
        call.lambdas.iter().enumerate().filter(|(at, _)| without(*at)).map(|(_, arg)| arg.clone()).collect();
    sorted(&Call { args: &args, lambdas: &lambdas, ..*call }, descending)
}

/// The best elements of the array in argument 2, as many as argument 1 says.
pub(super) fn best(call: &Call<'_>, descending: bool) -> Result<ArrayRef> {
    let (counts, lists) = (call.ints(0)?, call.lists(1)?);
    let keys = comparable(lists.elements(), descending)?;
    super::gather::gather(call, &lists, |row, range, out| {
        let start = out.len();
        out.extend(range.filter(|at| lists.elements().is_valid(*at)).map(|at| at as u32));
        out[start..].sort_by(|a, b| keys.row(*a as usize).cmp(&keys.row(*b as usize)));
        let count = usize::try_from(counts.get(row)).unwrap_or(0);
        out.truncate(start.saturating_add(count).min(out.len()));
        Ok(())
    })
}
