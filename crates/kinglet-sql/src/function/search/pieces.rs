//! Distances between texts by the short pieces they have in common.

use std::collections::HashMap;

use crate::function::string::characters;

/// Texts longer than this are not compared.
const LONGEST: usize = 1 << 15;

/// ClickHouse's `ngramDistance` (`symmetric`) or `ngramSearch`: pieces of four bytes, or of three characters.
pub(super) fn compare(text: &[u8], needle: &[u8], symmetric: bool, any_case: bool, utf8: bool) -> f64 {
    let fold = |text: &[u8]| match (any_case, utf8) {
        (false, _) => text.to_vec(),
        (true, false) => text.to_ascii_lowercase(),
        (true, true) => characters::lower(text),
    };
    let (text, needle) = (fold(text), fold(needle));
    let (text, needle) = (pieces(&text, utf8), pieces(&needle, utf8));
    let total = needle.len() as i64;
    let mut counts: HashMap<Vec<u8>, i64> = HashMap::new();
    for piece in needle {
        *counts.entry(piece).or_default() += 1;
    }
    if text.len() > LONGEST {
        return if symmetric { 1.0 } else { 0.0 };
    }
    let (mut distance, size) = (total, text.len() as i64);
    for piece in text {
        let count = counts.entry(piece).or_default();
        if *count > 0 {
            distance -= 1;
        } else if symmetric {
            distance += 1;
        }
        *count -= 1;
    }
    if symmetric {
        f64::from(distance as f32 / (size + total).max(1) as f32)
    } else {
        f64::from(1.0 - distance as f32 / total.max(1) as f32)
    }
}

fn pieces(text: &[u8], utf8: bool) -> Vec<Vec<u8>> {
    if utf8 {
        let letters: Vec<&[u8]> = characters::characters(text).collect();
        letters.windows(3).map(<[&[u8]]>::concat).collect()
    } else {
        text.windows(4).map(<[u8]>::to_vec).collect()
    }
}
