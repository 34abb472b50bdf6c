//! Pieces of a datafile with their comments.

use crate::text::{Line, Word, is_space, lines, split_words};

/// A directive with everything that belongs to it.
#[derive(Clone, Debug)]
pub(super) struct Unit<'a> {
    /// `#` lines before the directive.
    pub(super) comments: Vec<&'a str>,
    /// The directive in lower case.
    pub(super) name: String,
    /// The words after it.
    pub(super) words: Vec<Word>,
    /// The comment at the end of its line.
    pub(super) tail: Option<&'a str>,
    /// All lines of its block, comments and blank lines included.
    pub(super) body: Option<Vec<Line<'a>>>,
}

/// Splits a file into units; the second value holds the comments after the last one.
pub(super) fn units<'a>(text: &'a str, is_directive: impl Fn(&str) -> bool) -> (Vec<Unit<'a>>, Vec<&'a str>) {
    let mut found: Vec<Unit<'a>> = Vec::new();
    let mut comments: Vec<&'a str> = Vec::new();
    let mut in_block = false;
    for line in lines(text) {
        let trimmed = line.text.trim_matches(is_space);
        let words = split_words(&line);
        let starts = !line.text.starts_with(is_space);
        let directive = words.first().is_some_and(|word| is_directive(&word.text.to_ascii_lowercase()));
        if in_block && !(starts && directive) {
            if let Some(body) = found.last_mut().and_then(|unit| unit.body.as_mut()) {
                body.push(line);
            }
            continue;
        }
        if in_block {
            comments = found
                .last_mut()
                .and_then(|unit| unit.body.as_mut())
                .map(closing_comments)
                .unwrap_or_default();
            in_block = false;
        }
        if trimmed.starts_with('#') {
            // Also behind white space that the shell's lexer takes for a word.
            comments.push(trimmed);
            continue;
        }
        let mut words = words.into_iter();
        let Some(keyword) = words.next() else { continue };
        let words: Vec<Word> = words.collect();
        in_block = words.first().is_some_and(|word| word.text == ">");
        let end = words.last().unwrap_or(&keyword).span.end as usize - line.start;
        let tail =
            line.text.get(end..).map(|rest| rest.trim_matches(is_space)).filter(|rest| rest.starts_with('#'));
        found.push(Unit {
            comments: std::mem::take(&mut comments),
            name: keyword.text.to_ascii_lowercase(),
            words,
            tail,
            body: in_block.then(Vec::new),
        });
    }
    if in_block && let Some(body) = found.last_mut().and_then(|unit| unit.body.as_mut()) {
        comments = closing_comments(body);
    }
    (found, comments)
}

/// Takes the comments at the end of a block, where no further line of it follows: they belong to what
/// comes next.
fn closing_comments<'a>(body: &mut Vec<Line<'a>>) -> Vec<&'a str> {
    let is_content = |line: &Line<'_>| {
        let trimmed = line.text.trim_matches(is_space);
        !trimmed.is_empty() && !trimmed.starts_with('#')
    };
    let kept = body.iter().rposition(is_content).map_or(0, |last| last + 1);
    let rest = body.split_off(kept);
    rest.iter().map(|line| line.text.trim_matches(is_space)).filter(|text| !text.is_empty()).collect()
}

impl Unit<'_> {
    /// The lines of the block that are neither blank nor comments.
    pub(super) fn content(&self) -> Vec<Line<'_>> {
        let is_content = |line: &&Line<'_>| {
            let trimmed = line.text.trim_matches(is_space);
            !trimmed.is_empty() && !trimmed.starts_with('#')
        };
        self.body.iter().flatten().filter(is_content).copied().collect()
    }

    /// Whether a `#` comment stands inside the block.
    pub(super) fn has_inner_comments(&self) -> bool {
        self.body.iter().flatten().any(|line| line.text.trim_start_matches(is_space).starts_with('#'))
    }

    /// The words joined by single spaces.
    pub(super) fn joined(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        words.join(" ")
    }
}
