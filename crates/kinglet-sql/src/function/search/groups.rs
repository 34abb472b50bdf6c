//! The groups of all matches of a regular expression.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::pattern::Patterns;
use crate::ColumnBuilder;
use crate::function::shape::expect_texts;
use crate::function::{Args, Call};

/// Checks text and pattern.
pub(super) fn groups_type(args: &Args<'_>) -> Result<ChType> {
    expect_texts(args, 2)?;
    args.expect_constant(1)?;
    Ok(ChType::array(ChType::array(ChType::String)))
}

/// An array per match of its groups, or with `by_group` an array per group of what it matched.
pub(super) fn all_groups(call: &Call<'_>, by_group: bool) -> Result<ArrayRef> {
    let (texts, pattern) = (call.bytes(0)?, call.bytes(1)?);
    let mut patterns = Patterns::default();
    let mut builder = ColumnBuilder::new(call.result);
    for row in 0..call.rows {
        let compiled = patterns.get(pattern.get(row))?;
        let groups = compiled.captures_len() - 1;
        if groups == 0 {
            let message =
                format!("There are no groups in regexp: {}", String::from_utf8_lossy(pattern.get(row)));
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
        let matches: Vec<_> = compiled.captures_iter(texts.get(row)).collect();
        let text = |place: usize, group: usize| -> &[u8] {
            matches.get(place).and_then(|found| found.get(group + 1)).map_or(&[], |found| found.as_bytes())
        };
        if let Some(outer) = builder.elements() {
            let (count, width) = if by_group { (groups, matches.len()) } else { (matches.len(), groups) };
            for at in 0..count {
                if let Some(inner) = outer.elements() {
                    for other in 0..width {
                        inner.append_bytes(if by_group { text(other, at) } else { text(at, other) });
                    }
                }
                outer.close();
            }
        }
        builder.close();
    }
    builder.finish()
}
