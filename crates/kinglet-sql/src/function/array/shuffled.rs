//! Arrays in a random order.

use arrow::array::ArrayRef;
use kinglet_types::Result;

use super::gather::gather;
use crate::function::Call;
use crate::function::random::Stream;

/// The elements in a random order (R. Fisher and F. Yates).
pub(super) fn shuffled(call: &Call<'_>) -> Result<ArrayRef> {
    let lists = call.lists(0)?;
    let mut random = Stream::of(call);
    gather(call, &lists, |_, range, out| {
        let start = out.len();
        out.extend(range.map(|at| at as u32));
        let own = &mut out[start..];
        for at in (1..own.len()).rev() {
            own.swap(at, random.below(at as u64 + 1) as usize);
        }
        Ok(())
    })
}

/// Elements drawn without putting them back, as many as argument 2 says.
pub(super) fn sample(call: &Call<'_>) -> Result<ArrayRef> {
    let (lists, counts) = (call.lists(0)?, call.ints(1)?);
    let mut random = Stream::of(call);
    gather(call, &lists, |row, range, out| {
        let mut own: Vec<u32> = range.map(|at| at as u32).collect();
        let count = usize::try_from(counts.get(row)).unwrap_or(0).min(own.len());
        for at in 0..count {
            let other = at + random.below((own.len() - at) as u64) as usize;
            own.swap(at, other);
        }
        out.extend(own.into_iter().take(count));
        Ok(())
    })
}
