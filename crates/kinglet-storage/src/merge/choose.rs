//! Which parts to merge: a pure function of their sizes.

use std::ops::Range;

use crate::settings::MergeSettings;

/// What the choice depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) bytes: u64,
    /// True for a part that no merge may touch now.
    pub(crate) busy: bool,
}

/// The neighbours to merge next, out of the parts of one partition in insertion order.
///
/// Only neighbours merge, so that newer rows stay after older ones. Of all stretches of at least two parts the one
/// whose bytes are most times those of its largest part wins: merging equal parts costs each row the fewest
/// rewrites. A stretch must reach `min_ratio`, which falls towards 1.2 as parts pile up past `relaxed_parts`.
pub(crate) fn choose(parts: &[Candidate], settings: &MergeSettings) -> Option<Range<usize>> {
    let pressure = parts.len() as f64 / settings.relaxed_parts.max(1) as f64;
    let needed = if pressure > 1.0 { (settings.min_ratio / pressure).max(1.2) } else { settings.min_ratio };
    let mut best: Option<(f64, Range<usize>)> = None;
    for start in 0..parts.len() {
        let (mut sum, mut largest, mut bytes) = (0, 0, 0);
        let stretch = parts.iter().enumerate().skip(start).take(settings.max_parts);
        for (at, part) in stretch {
            bytes += part.bytes;
            if part.busy || bytes > settings.max_bytes {
                break;
            }
            let cost = part.bytes.max(settings.part_cost_bytes).max(1);
            sum += cost;
            largest = largest.max(cost);
            let ratio = sum as f64 / largest as f64;
            if at > start && ratio >= needed && best.as_ref().is_none_or(|(found, _)| ratio > *found) {
                best = Some((ratio, start..at + 1));
            }
        }
    }
    best.map(|(_, range)| range)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(sizes: &[u64]) -> Option<Range<usize>> {
        let settings = MergeSettings {
            max_parts: 8,
            max_bytes: 1000,
            part_cost_bytes: 1,
            min_ratio: 3.0,
            relaxed_parts: 6,
        };
        let parts: Vec<_> = sizes.iter().map(|bytes| Candidate { bytes: *bytes, busy: false }).collect();
        choose(&parts, &settings)
    }

    #[test]
    fn merges_are_chosen_by_size() {
        let cases: [(&[u64], Option<Range<usize>>); 9] = [
            (&[], None),
            (&[10], None),
            (&[10, 10], None),
            (&[10, 10, 10], Some(0..3)),
            (&[100, 10, 10, 10], Some(1..4)),
            (&[10, 10, 10, 100, 1, 1], Some(0..3)),
            (&[400, 400, 400], None),
            (&[100, 50, 25, 12, 6], None),
            (&[100, 50, 25, 12, 6, 3, 2, 1, 1, 1, 1, 1], Some(7..12)),
        ];
        for (sizes, expected) in cases {
            assert_eq!(chosen(sizes), expected, "{sizes:?}");
        }
    }

    #[test]
    fn busy_parts_are_left_alone() {
        let mut parts = [Candidate { bytes: 1, busy: false }; 5];
        parts[2].busy = true;
        assert_eq!(choose(&parts, &MergeSettings { min_ratio: 2.0, ..MergeSettings::default() }), Some(0..2));
    }

    #[test]
    fn each_row_is_rewritten_a_logarithmic_number_of_times() {
        let settings = MergeSettings { part_cost_bytes: 1, ..MergeSettings::default() };
        let (mut parts, mut rewritten) = (Vec::new(), 0);
        for _ in 0..4096 {
            parts.push(Candidate { bytes: 1000, busy: false });
            while let Some(range) = choose(&parts, &settings) {
                let bytes = parts.drain(range.clone()).map(|part| part.bytes).sum();
                rewritten += bytes;
                parts.insert(range.start, Candidate { bytes, busy: false });
            }
        }
        let per_row = rewritten as f64 / (4096.0 * 1000.0);
        assert!(per_row < 8.0, "{per_row} rewrites per row");
        assert!(parts.len() < 24, "{} parts left", parts.len());
    }
}
