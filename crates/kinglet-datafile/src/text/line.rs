//! Lines of a datafile, with universal newlines.

use kinglet_diagnostic::Span;

/// One line without its line break.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'a> {
    /// Line number, counted from 1.
    pub(crate) number: usize,
    /// The text without the line break.
    pub(crate) text: &'a str,
    /// Byte offset of the line in the file.
    pub(crate) start: usize,
}

impl Line<'_> {
    /// The range of the line in the file.
    pub(crate) fn span(&self) -> Span {
        Span::new(self.start, self.start + self.text.len())
    }
}

/// Splits at `\n`, `\r\n` and lone `\r`. A line break at the end opens no further line.
pub(crate) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let rest = text.get(start..).unwrap_or("");
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let line = rest.get(..length).unwrap_or(rest);
        found.push(Line { number: found.len() + 1, text: line, start });
        let after = rest.get(length..).unwrap_or("");
        let line_break = if after.starts_with("\r\n") { 2 } else { usize::from(!after.is_empty()) };
        start += length + line_break;
    }
    found
}

/// Whether a character separates words: Unicode white space and the ASCII information separators.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\x1c'..='\x1f').contains(&c)
}

/// Whether a line holds nothing, or nothing but a `#` comment.
pub(crate) fn is_blank_or_comment(line: &str) -> bool {
    let trimmed = line.trim_start_matches(is_space);
    trimmed.is_empty() || trimmed.starts_with('#')
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn three_kinds_of_line_break() {
        let found: Vec<_> = lines("a\r\nb\rc\n\nd").iter().map(|l| (l.number, l.text, l.start)).collect();
        assert_eq!(found, [(1, "a", 0), (2, "b", 3), (3, "c", 5), (4, "", 7), (5, "d", 8)]);
        assert!(lines("").is_empty());
        assert_eq!(lines("a\n").len(), 1);
    }
}
