//! CollapsingMergeTree and VersionedCollapsingMergeTree: rows of opposite signs cancel.

use super::{Combine, Place, Stage, is_final, kept, number_at, ranges};
use crate::function::result::internal;
use arrow::array::{ArrayRef, RecordBatch};
use arrow::compute::SortOptions;
use kinglet_types::Result;
use std::cmp::Ordering;

#[derive(Debug)]
pub(super) struct Collapsing {
    pub(super) sign: Place,
    /// Only rows of equal versions cancel, where there are versions.
    pub(super) version: Option<Place>,
}

impl Combine for Collapsing {
    fn required_columns(&self) -> Vec<usize> {
        [&self.sign].into_iter().chain(&self.version).map(|place| place.at).collect()
    }

    fn combine(&self, rows: &RecordBatch, groups: &[usize], stage: Stage) -> Result<RecordBatch> {
        // Counts decide: nothing can be said before all rows of a key are there.
        if stage == Stage::Partial {
            return Ok(rows.clone());
        }
        let signs = self.sign.of(rows)?;
        let mut indices = Vec::with_capacity(groups.len());
        match &self.version {
            None => {
                for (start, end) in ranges(groups) {
                    collapse(signs, start, end, is_final(stage), &mut indices);
                }
            }
            Some(version) => {
                let versions = version.of(rows)?;
                let compare = arrow::array::make_comparator(versions, versions, SortOptions::default())
                    .map_err(internal)?;
                for (start, end) in ranges(groups) {
                    cancel_pairs(signs, &compare, start, end, &mut indices);
                }
            }
        }
        kept(rows, indices)
    }
}

/// Of one key: the first cancelling and the last stating row, as far as they do not
/// cancel out; a reader sees no cancelling rows.
fn collapse(signs: &ArrayRef, start: usize, end: usize, only_positive: bool, out: &mut Vec<u64>) {
    let (mut first_negative, mut last_positive) = (None, None);
    let (mut n_positive, mut n_negative) = (0usize, 0usize);
    for row in start..end {
        if number_at(signs, row) > 0 {
            n_positive += 1;
            last_positive = Some(row);
        } else {
            n_negative += 1;
            first_negative = first_negative.or(Some(row));
        }
    }
    let last_is_positive = end > start && last_positive == Some(end - 1);
    if !last_is_positive && n_positive == n_negative {
        return;
    }
    if n_positive <= n_negative && !only_positive {
        out.extend(first_negative.map(|row| row as u64));
    }
    if n_positive >= n_negative {
        out.extend(last_positive.map(|row| row as u64));
    }
}

/// Of one key: what is left when each row cancels one before it of the same version and
/// the opposite sign.
fn cancel_pairs(
    signs: &ArrayRef,
    compare: &dyn Fn(usize, usize) -> Ordering,
    start: usize,
    end: usize,
    out: &mut Vec<u64>,
) {
    let mut left: Vec<usize> = Vec::new();
    for row in start..end {
        let sign = number_at(signs, row).signum();
        let partner = left.iter().rposition(|other| {
            number_at(signs, *other).signum() == -sign && compare(*other, row) == Ordering::Equal
        });
        match partner {
            Some(at) => drop(left.remove(at)),
            None => left.push(row),
        }
    }
    out.extend(left.into_iter().map(|row| row as u64));
}
