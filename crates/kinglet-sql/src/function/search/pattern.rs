//! Regular expressions in RE2's syntax, over bytes.

use std::collections::HashMap;

use kinglet_types::{ErrorCode, Result, SqlError};
use regex::bytes::{Captures, Regex, RegexBuilder};

/// Most compiled expressions kept while a column of patterns is walked.
const KEPT: usize = 64;

/// Expressions compiled in one evaluation, so that a constant pattern is compiled once.
#[derive(Default)]
pub(crate) struct Patterns {
    known: HashMap<Vec<u8>, Regex>,
}

impl Patterns {
    /// The compiled expression; `.` matches a newline too, as ClickHouse has it.
    ///
    /// # Errors
    /// 427 for a text that is no regular expression.
    pub(crate) fn get(&mut self, pattern: &[u8]) -> Result<&Regex> {
        if !self.known.contains_key(pattern) {
            if self.known.len() >= KEPT {
                self.known.clear();
            }
            self.known.insert(pattern.to_vec(), compile(pattern)?);
        }
        self.known.get(pattern).ok_or_else(|| refused(pattern, "it is not there"))
    }
}

fn compile(pattern: &[u8]) -> Result<Regex> {
    let text = std::str::from_utf8(pattern).map_err(|error| refused(pattern, error))?;
    let built =
        RegexBuilder::new(&with_literal_braces(text)).dot_matches_new_line(true).size_limit(4 << 20).build();
    built.map_err(|error| refused(pattern, error))
}

/// The pattern with a backslash before each `{` that begins no repetition: RE2 takes those for themselves.
fn with_literal_braces(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let (mut escaped, mut class) = (false, false);
    for (at, letter) in pattern.char_indices() {
        let rest = &pattern[at + letter.len_utf8()..];
        let after_name = out.ends_with("\\p") || out.ends_with("\\P") || out.ends_with("\\x");
        if letter == '{' && !escaped && !class && !after_name && !is_repetition(rest) {
            out.push('\\');
        }
        // RE2's classes are of ASCII.
        let ascii = match (letter, escaped) {
            ('w', true) => Some("0-9A-Za-z_"),
            ('d', true) => Some("0-9"),
            ('s', true) => Some("\\t\\n\\f\\r "),
            _ => None,
        };
        if let Some(set) = ascii {
            out.pop();
            if class {
                out.push_str(set);
            } else {
                out.extend(["[", set, "]"]);
            }
            escaped = false;
            continue;
        }
        match letter {
            '[' if !escaped => class = true,
            ']' if !escaped => class = false,
            _ => {}
        }
        escaped = letter == '\\' && !escaped;
        out.push(letter);
    }
    out
}

/// Whether what follows a `{` is `n}`, `n,}` or `n,m}`.
fn is_repetition(rest: &str) -> bool {
    let Some((inner, _)) = rest.split_once('}') else { return false };
    let (least, most) = inner.split_once(',').unwrap_or((inner, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    !least.is_empty() && digits(least) && digits(most)
}

fn refused(pattern: &[u8], error: impl std::fmt::Display) -> SqlError {
    let message =
        format!("Cannot compile the regular expression {}: {error}", String::from_utf8_lossy(pattern));
    SqlError::new(ErrorCode::CANNOT_COMPILE_REGEXP, message)
}

/// The part of a match that `extract` answers: the first group if there is one, else all.
pub(super) fn wanted<'a>(captures: &Captures<'a>) -> Option<&'a [u8]> {
    let group = usize::from(captures.len() > 1);
    captures.get(group).map(|found| found.as_bytes())
}

/// Appends `text` with the matches replaced; `\0` to `\9` in `with` are the match and its groups.
pub(super) fn replace(pattern: &Regex, text: &[u8], with: &[u8], all: bool, out: &mut Vec<u8>) {
    let mut copied = 0;
    for captures in pattern.captures_iter(text).take(if all { usize::MAX } else { 1 }) {
        let Some(found) = captures.get(0) else { continue };
        // RE2 leaves out an empty match right after another match, and so does ClickHouse.
        out.extend_from_slice(text.get(copied..found.start()).unwrap_or_default());
        expand(with, &captures, out);
        copied = found.end();
    }
    out.extend_from_slice(text.get(copied..).unwrap_or_default());
}

fn expand(with: &[u8], captures: &Captures<'_>, out: &mut Vec<u8>) {
    let mut bytes = with.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match (byte, bytes.peek().copied()) {
            (b'\\', Some(digit @ b'0'..=b'9')) => {
                bytes.next();
                if let Some(group) = captures.get(usize::from(digit - b'0')) {
                    out.extend_from_slice(group.as_bytes());
                }
            }
            (b'\\', Some(b'\\')) => {
                bytes.next();
                out.push(b'\\');
            }
            (other, _) => out.push(other),
        }
    }
}

/// The error as functions that replace report it: 36 instead of 427.
pub(super) fn bad_argument(error: SqlError) -> SqlError {
    SqlError { code: ErrorCode::BAD_ARGUMENTS, ..error }
}
