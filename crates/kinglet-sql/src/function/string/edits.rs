//! Distances between texts: how many edits lead from one to the other.

use kinglet_types::{ErrorCode, Result, SqlError};

/// Most bytes of a text that takes part.
const LONGEST: usize = 1 << 16;

/// # Errors
/// 131 for a text that is too long.
fn expect_short(name: &str, left: usize, right: usize) -> Result<()> {
    if left.max(right) <= LONGEST {
        return Ok(());
    }
    let message = format!("The string size is too big for function {name}. Should be at most {LONGEST}");
    Err(SqlError::new(ErrorCode::TOO_LARGE_STRING_SIZE, message))
}

/// Levenshtein's distance.
pub(in crate::function) fn levenshtein<T: PartialEq>(name: &str, left: &[T], right: &[T]) -> Result<i64> {
    expect_short(name, left.len(), right.len())?;
    let mut row: Vec<i64> = (0..=right.len() as i64).collect();
    for (at, from) in left.iter().enumerate() {
        let mut diagonal = at as i64;
        row[0] = at as i64 + 1;
        for (to_at, to) in right.iter().enumerate() {
            let changed = diagonal + i64::from(from != to);
            diagonal = row[to_at + 1];
            row[to_at + 1] = changed.min(diagonal + 1).min(row[to_at] + 1);
        }
    }
    Ok(row[right.len()])
}

/// The distance where neighbours may change places too (optimal string alignment).
pub(super) fn damerau(name: &str, left: &[u8], right: &[u8]) -> Result<i64> {
    expect_short(name, left.len(), right.len())?;
    let width = right.len() + 1;
    let mut rows = [vec![0_i64; width], (0..width as i64).collect(), vec![0; width]];
    for at in 1..=left.len() {
        rows[2][0] = at as i64;
        for to in 1..width {
            let same = left[at - 1] == right[to - 1];
            let mut best = (rows[1][to - 1] + i64::from(!same)).min(rows[1][to] + 1).min(rows[2][to - 1] + 1);
            if at > 1 && to > 1 && left[at - 1] == right[to - 2] && left[at - 2] == right[to - 1] {
                best = best.min(rows[0][to - 2] + i64::from(!same));
            }
            rows[2][to] = best;
        }
        rows.rotate_left(1);
    }
    Ok(rows[1][width - 1])
}

/// Jaro's similarity.
pub(super) fn jaro(left: &[u8], right: &[u8]) -> f64 {
    let window = (left.len().max(right.len()) / 2).saturating_sub(1);
    let mut taken = vec![false; right.len()];
    let mut matched = Vec::new();
    for (at, byte) in left.iter().enumerate() {
        let range = at.saturating_sub(window)..(at + window + 1).min(right.len());
        if let Some(place) = range.into_iter().find(|place| !taken[*place] && right[*place] == *byte) {
            taken[place] = true;
            matched.push(*byte);
        }
    }
    if matched.is_empty() {
        return 0.0;
    }
    let others = right.iter().zip(&taken).filter(|(_, taken)| **taken).map(|(byte, _)| byte);
    let swapped = matched.iter().zip(others).filter(|(a, b)| a != b).count() / 2;
    let count = matched.len() as f64;
    (count / left.len() as f64 + count / right.len() as f64 + (count - swapped as f64) / count) * (1.0 / 3.0)
}
