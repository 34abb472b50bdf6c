//! What is wrong with a datafile, and the text Tinybird prints about it.

use kinglet_diagnostic::{Diagnostic, Severity, Span};

/// The position Tinybird reports for a problem; it is not always where the problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Position {
    /// Line, counted from 1. May lie past the end of the file.
    pub line: u32,
    /// Column, counted from 1; 0 for a directive that is not known. Without one, the message itself
    /// names the line and no source is quoted.
    pub column: Option<u32>,
}

/// A finding in a datafile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What was found, with the place in the file. `help` is Tinybird's hint without its full stop.
    pub diagnostic: Box<Diagnostic>,
    /// The line and column Tinybird prints, where it prints any.
    pub position: Option<Position>,
}

impl Problem {
    /// An error that Tinybird reports without a position.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { diagnostic: Box::new(Diagnostic::error(code, span, message)), position: None }
    }

    /// A warning.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { diagnostic: Box::new(Diagnostic::warning(code, span, message)), position: None }
    }

    /// The same problem with the position Tinybird reports.
    #[must_use]
    pub fn at(mut self, line: usize, column: usize) -> Self {
        self.position = Some(Position { line: count(line), column: Some(count(column)) });
        self
    }

    /// The same problem with a line that its message names.
    #[must_use]
    pub fn in_line(mut self, line: usize) -> Self {
        self.position = Some(Position { line: count(line), column: None });
        self
    }

    /// The same problem with a hint.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.diagnostic.help = Some(hint.into());
        self
    }

    /// Whether the file cannot be used as it stands.
    pub fn is_error(&self) -> bool {
        self.diagnostic.severity == Severity::Error
    }

    /// The message as Tinybird prints it: followed by up to three numbered lines of `text` with a
    /// caret under the column, or by ` at line:column.` where `text` has no such line, then the hint.
    pub fn text(&self, text: &str) -> String {
        let mut out = self.diagnostic.message.clone();
        if let Some(position) = self.position {
            out.push_str(&excerpt(text, position));
        }
        if let Some(hint) = &self.diagnostic.help {
            let stop = if hint.ends_with(['.', '?']) { "" } else { "." };
            out.push_str(&format!("\n{hint}{stop}"));
        }
        out
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn excerpt(text: &str, position: Position) -> String {
    let Some(column) = position.column else { return String::new() };
    let all = text_lines(text);
    let Some(last) = position.line.checked_sub(1).map(|at| at as usize).filter(|at| *at < all.len()) else {
        return format!(" at {}:{column}.", position.line);
    };
    let mut out = "\n".to_owned();
    let width = position.line.to_string().len();
    let mut margin = 0;
    for (at, line) in all.iter().enumerate().take(last + 1).skip(last.saturating_sub(2)) {
        let number = format!("{:>width$}: ", at + 1);
        margin = number.len();
        out.push_str(&format!("\n{number}{}", line.trim_end()));
    }
    let caret = (margin + column as usize).saturating_sub(1);
    out.push_str(&format!("\n{}^", " ".repeat(caret)));
    out
}

/// The lines of a text as Python's `splitlines` sees them: at more characters than those that end a line of a file.
fn text_lines(text: &str) -> Vec<&str> {
    let ends_line = |c: char| {
        matches!(c, '\n' | '\r' | '\x0b' | '\x0c' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}')
    };
    let mut found = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.find(ends_line).unwrap_or(rest.len()));
        found.push(line);
        let length =
            if after.starts_with("\r\n") { 2 } else { after.chars().next().map_or(0, char::len_utf8) };
        rest = after.get(length..).unwrap_or("");
    }
    found
}

/// A value read from a file, with everything that was found on the way.
#[derive(Clone, Debug, Default)]
pub struct Parsed<T> {
    /// The value, as far as the file could be read.
    pub value: T,
    /// What was found, in the order in which Tinybird comes across it.
    pub problems: Vec<Problem>,
}

impl<T> Parsed<T> {
    /// The first error, which is the one Tinybird would stop at.
    pub fn first_error(&self) -> Option<&Problem> {
        self.problems.iter().find(|problem| problem.is_error())
    }

    /// Whether anything makes the file unusable.
    pub fn has_errors(&self) -> bool {
        self.first_error().is_some()
    }

    /// The findings as diagnostics.
    pub fn diagnostics(&self) -> impl Iterator<Item = &Diagnostic> {
        self.problems.iter().map(|problem| &*problem.diagnostic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_the_source_or_gives_the_position() {
        let problem = Problem::error("datafile/x", Span::at(0), "bad").at(3, 2).with_hint("Hint: do");
        assert_eq!(problem.text("a\nb\ncd\n"), "bad\n\n1: a\n2: b\n3: cd\n    ^\nHint: do.");
        assert_eq!(problem.text("a\n"), "bad at 3:2.\nHint: do.");
        let tenth = Problem::error("datafile/x", Span::at(0), "bad").at(10, 1);
        assert_eq!(tenth.text(&"x\n".repeat(10)), "bad\n\n 8: x\n 9: x\n10: x\n    ^");
    }
}
