//! ReplacingMergeTree: the last row of the highest version stays.

use super::{Combine, Place, Stage, is_final, kept, number_at, ranges};
use crate::function::result::internal;
use arrow::array::RecordBatch;
use arrow::compute::SortOptions;
use kinglet_types::Result;
use std::cmp::Ordering;

#[derive(Debug)]
pub(super) struct Replacing {
    pub(super) version: Option<Place>,
    pub(super) is_deleted: Option<Place>,
}

impl Combine for Replacing {
    fn required_columns(&self) -> Vec<usize> {
        self.version.iter().chain(&self.is_deleted).map(|place| place.at).collect()
    }

    fn combine(&self, rows: &RecordBatch, groups: &[usize], stage: Stage) -> Result<RecordBatch> {
        let compare = match &self.version {
            Some(version) => {
                let versions = version.of(rows)?;
                Some(
                    arrow::array::make_comparator(versions, versions, SortOptions::default())
                        .map_err(internal)?,
                )
            }
            None => None,
        };
        let deleted = self.is_deleted.as_ref().map(|place| place.of(rows)).transpose()?;
        let mut indices = Vec::with_capacity(groups.len());
        for (start, end) in ranges(groups) {
            let best = (start..end).reduce(|best, row| match &compare {
                Some(compare) if compare(row, best) == Ordering::Less => best,
                _ => row,
            });
            let Some(best) = best else {
                continue;
            };
            let is_deleted = deleted.is_some_and(|deleted| number_at(deleted, best) != 0);
            if !(is_final(stage) && is_deleted) {
                indices.push(best as u64);
            }
        }
        kept(rows, indices)
    }
}
