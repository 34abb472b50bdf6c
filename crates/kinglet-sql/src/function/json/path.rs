//! JSONPath: a path from `$` by names, indexes, ranges and `[*]`.

use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::locate::{each, whole};
use crate::function::{Args, Call};

/// Checks text and path.
///
/// # Errors
/// 35 for fewer than two arguments, which these functions report so.
pub(super) fn expect_path(args: &Args<'_>) -> Result<()> {
    if args.len() < 2 {
        let error = SqlError::wrong_argument_count(args.name, args.len(), "2");
        return Err(SqlError { code: ErrorCode::TOO_FEW_ARGUMENTS_FOR_FUNCTION, ..error });
    }
    args.expect(0, ChType::is_text)?;
    args.expect(1, ChType::is_text)?;
    Ok(())
}

/// One step of a path.
enum Step {
    Name(Vec<u8>),
    /// Ranges of indexes from 0, their ends included.
    Ranges(Vec<(usize, usize)>),
    All,
}

/// A path taken apart.
pub(super) struct Path(Vec<Step>);

impl Path {
    /// # Errors
    /// 36 for a text that is no path.
    pub(super) fn parse(text: &[u8]) -> Result<Self> {
        let refused = || SqlError::new(ErrorCode::BAD_ARGUMENTS, "Unable to parse JSONPath");
        let mut rest = text.trim_ascii().strip_prefix(b"$").ok_or_else(refused)?;
        let mut steps = Vec::new();
        while let Some((&first, tail)) = rest.split_first() {
            match first {
                b'.' if tail.starts_with(b"\"") || tail.starts_with(b"`") => {
                    let quote = tail[0];
                    let end = tail[1..].iter().position(|byte| *byte == quote).ok_or_else(refused)?;
                    steps.push(Step::Name(tail[1..=end].to_vec()));
                    rest = &tail[end + 2..];
                }
                b'.' => {
                    let end = tail.iter().position(|byte| {
                        !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') || *byte >= 0x80)
                    });
                    let (name, tail) = tail.split_at(end.unwrap_or(tail.len()));
                    if name.is_empty() {
                        return Err(refused());
                    }
                    steps.push(Step::Name(name.to_vec()));
                    rest = tail;
                }
                b'[' if matches!(tail.first(), Some(b'"' | b'\'')) => {
                    let quote = tail[0];
                    let end = tail[1..].iter().position(|byte| *byte == quote).ok_or_else(refused)?;
                    steps.push(Step::Name(tail[1..=end].to_vec()));
                    rest = tail[end + 2..].strip_prefix(b"]").ok_or_else(refused)?;
                }
                b'[' => {
                    let end = tail.iter().position(|byte| *byte == b']').ok_or_else(refused)?;
                    let inner = std::str::from_utf8(&tail[..end]).map_err(|_| refused())?.trim();
                    steps.push(if inner == "*" {
                        Step::All
                    } else {
                        Step::Ranges(ranges(inner).ok_or_else(refused)?)
                    });
                    rest = &tail[end + 1..];
                }
                b' ' => rest = tail,
                _ => return Err(refused()),
            }
        }
        Ok(Self(steps))
    }

    /// The values the path leads to, in order.
    fn walk<'a>(&self, value: &'a [u8]) -> Vec<&'a [u8]> {
        let mut found = vec![value];
        for step in &self.0 {
            let mut next = Vec::new();
            for value in found {
                let array = value.starts_with(b"[");
                let mut at = 0;
                let _ = each(value, |key, member| {
                    let wanted = match step {
                        Step::Name(name) => key.as_deref() == Some(name.as_slice()),
                        Step::All => array,
                        Step::Ranges(ranges) => {
                            array && ranges.iter().any(|(first, last)| (*first..=*last).contains(&at))
                        }
                    };
                    if wanted {
                        next.push(member);
                    }
                    at += 1;
                    true
                });
            }
            found = next;
        }
        found
    }
}

fn ranges(text: &str) -> Option<Vec<(usize, usize)>> {
    text.split(',')
        .map(|part| match part.split_once(" to ") {
            Some((first, last)) => Some((first.trim().parse().ok()?, last.trim().parse::<usize>().ok()?)),
            None => part.trim().parse().ok().map(|at| (at, at)),
        })
        .collect()
}

/// Visits each row with the values its path leads to.
pub(super) fn each_row(call: &Call<'_>, mut visit: impl FnMut(usize, &[&[u8]])) -> Result<()> {
    let (texts, paths) = (call.bytes(0)?, call.bytes(1)?);
    let path = Path::parse(paths.get(0))?;
    for row in 0..call.rows {
        let found = whole(texts.get(row)).map(|value| path.walk(value)).unwrap_or_default();
        visit(row, &found);
    }
    Ok(())
}
