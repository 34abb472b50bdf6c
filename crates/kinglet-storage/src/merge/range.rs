//! Merging only what overlaps: sources whose keys lie apart follow each other unmerged.

use std::sync::Arc;

use arrow::array::ArrayRef;
use arrow::record_batch::RecordBatch;

use super::{Batches, Combining, merge_sorted};
use crate::engine::KeyEvaluator;
use crate::error::StorageError;
use crate::part::mark::mark;

/// A sorted source and what is known of its keys.
pub(crate) struct Ranged {
    pub(crate) rows: Batches,
    /// Marks of its first and last key, if keys have marks.
    pub(crate) range: Option<(Vec<u8>, Vec<u8>)>,
    /// No two of its rows have the same key.
    pub(crate) unique: bool,
}

impl Ranged {
    /// A batch sorted by key as a source.
    pub(crate) fn of_batch(
        batch: &RecordBatch,
        rows: Batches,
        keys: &dyn KeyEvaluator,
    ) -> Result<Self, StorageError> {
        let columns: Vec<ArrayRef> = keys.sorting_key(batch)?;
        let range = mark(&columns, 0).zip(mark(&columns, batch.num_rows().saturating_sub(1)));
        Ok(Ranged { rows, range, unique: batch.num_rows() < 2 })
    }
}

/// Merges sources, given in insertion order, as [`merge_sorted`] does.
pub(crate) fn merge_ranged(
    sources: Vec<Ranged>,
    keys: &Arc<dyn KeyEvaluator>,
    combining: Option<&Combining>,
    batch_rows: usize,
) -> Batches {
    let mut all = Vec::new();
    for cluster in clusters(sources) {
        let unique = matches!(cluster.as_slice(), [one] if one.unique);
        let rows: Vec<Batches> = cluster.into_iter().map(|source| source.rows).collect();
        all.push(match combining.filter(|_| unique) {
            Some(combining) => combine_unique(rows, combining.clone()),
            None => merge_sorted(rows, keys.clone(), combining.cloned(), batch_rows),
        });
    }
    Box::new(all.into_iter().flatten())
}

/// Sources that may hold the same keys together, in insertion order; the clusters in order of key.
fn clusters(sources: Vec<Ranged>) -> Vec<Vec<Ranged>> {
    if sources.iter().any(|source| source.range.is_none()) {
        return vec![sources];
    }
    let mut by_first: Vec<(usize, Ranged)> = sources.into_iter().enumerate().collect();
    by_first.sort_by(|(_, a), (_, b)| a.range.cmp(&b.range));
    let mut clusters: Vec<Cluster> = Vec::new();
    for (place, source) in by_first {
        let (first, last) = source.range.clone().unwrap_or_default();
        match clusters.last_mut() {
            // Equal marks may be of different keys, in either order.
            Some(cluster) if first <= cluster.last => {
                cluster.last = last.max(std::mem::take(&mut cluster.last));
                cluster.members.push((place, source));
            }
            _ => clusters.push(Cluster { last, members: vec![(place, source)] }),
        }
    }
    let in_order = |mut cluster: Cluster| {
        cluster.members.sort_by_key(|(place, _)| *place);
        cluster.members.into_iter().map(|(_, source)| source).collect()
    };
    clusters.into_iter().map(in_order).collect()
}

/// Sources with their places in insertion order, and the greatest of their marks.
struct Cluster {
    last: Vec<u8>,
    members: Vec<(usize, Ranged)>,
}

/// Combines rows each of which is all there is of its key.
fn combine_unique(sources: Vec<Batches>, combining: Combining) -> Batches {
    Box::new(sources.into_iter().flatten().map(move |rows| {
        let rows = rows?;
        let groups: Vec<usize> = (0..=rows.num_rows()).collect();
        combining.combine.combine(&rows, &groups, combining.stage)
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_that_overlap_form_clusters() {
        let source = |first: u8, last: u8| Ranged {
            rows: Box::new(std::iter::empty()),
            range: Some((vec![first], vec![last])),
            unique: first == last,
        };
        let shape = |sources: Vec<Ranged>| -> Vec<Vec<u8>> {
            let firsts = |cluster: Vec<Ranged>| cluster.into_iter().map(|s| s.range.unwrap().0[0]).collect();
            clusters(sources).into_iter().map(firsts).collect()
        };
        let found =
            shape(vec![source(7, 9), source(1, 3), source(5, 5), source(2, 4), source(4, 4), source(8, 8)]);
        assert_eq!(found, [vec![1, 2, 4], vec![5], vec![7, 8]]);
        assert_eq!(shape(vec![source(3, 4), source(1, 9)]), [vec![3, 1]], "insertion order within a cluster");
    }
}
