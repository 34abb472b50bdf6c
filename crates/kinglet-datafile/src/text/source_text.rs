//! A piece of text taken out of a file, and the way back.

use kinglet_diagnostic::Span;

use super::Line;
use super::line::is_space;

/// Text assembled from lines of a file: the SQL of a node, the columns of a schema.
///
/// Blank lines, comments and indentation may have been left out, so offsets into [`text`](Self::text)
/// differ from offsets into the file; [`file_offset`](Self::file_offset) maps them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceText {
    /// The text.
    pub text: String,
    /// Where in the file it was taken from, first to last byte.
    pub span: Span,
    /// `(offset in the text, offset in the file)` at the start of each run, ascending.
    runs: Vec<(usize, usize)>,
}

impl SourceText {
    /// Text that stands unchanged in the file from `start` on.
    pub fn contiguous(text: impl Into<String>, start: usize) -> Self {
        let text = text.into();
        Self { span: Span::new(start, start + text.len()), runs: vec![(0, start)], text }
    }

    /// Text that was changed on its way from the place `span` of the file.
    pub fn replaced(text: impl Into<String>, span: Span) -> Self {
        Self { text: text.into(), span, runs: vec![(0, span.start as usize)] }
    }

    /// The lines joined by `\n`.
    pub(crate) fn from_lines(lines: &[Line<'_>]) -> Self {
        let mut joined = Self::default();
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                joined.text.push('\n');
            }
            joined.runs.push((joined.text.len(), line.start));
            joined.text.push_str(line.text);
        }
        joined.set_span();
        joined
    }

    /// Offset in the file of the byte `offset` of the text; past the end, just after the last byte.
    pub fn file_offset(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        let run = self.runs.partition_point(|(start, _)| *start <= offset);
        match run.checked_sub(1).and_then(|at| self.runs.get(at)) {
            Some((text, file)) => file + (offset - text),
            None => self.span.start as usize,
        }
    }

    /// The span of the file that a span of the text was taken from.
    pub fn file_span(&self, span: Span) -> Span {
        let start = self.file_offset(span.start as usize);
        let last = (span.end as usize).saturating_sub(1).max(span.start as usize);
        let end = if span.is_empty() { start } else { self.file_offset(last) + 1 };
        Span::new(start, end)
    }

    /// White space removed at both ends.
    #[must_use]
    pub(crate) fn trimmed(self) -> Self {
        let kept = self.text.trim_end_matches(is_space).len();
        let cut = self.text.get(..kept).map_or(0, |t| t.len() - t.trim_start_matches(is_space).len());
        self.cut(cut, kept)
    }

    /// The part `from..to` of the text.
    #[must_use]
    fn cut(mut self, from: usize, to: usize) -> Self {
        let first = self.file_offset(from);
        self.runs.retain(|(text, _)| *text > from && *text <= to);
        for (text, _) in &mut self.runs {
            *text -= from;
        }
        self.runs.insert(0, (0, first));
        self.text = self.text.get(from..to).unwrap_or("").to_owned();
        self.set_span();
        self
    }

    /// SQL as nodes hold it: the common indentation and the white space at the end removed, or,
    /// when it is a template (starts with `%`), only the white space at both ends.
    #[must_use]
    pub(crate) fn dedented(self, lines: &[Line<'_>]) -> Self {
        if self.text.trim_start_matches(is_space).starts_with('%') {
            return self.trimmed();
        }
        let margin = common_margin(lines);
        let cut: Vec<_> = lines
            .iter()
            .map(|line| Line {
                text: line.text.get(margin..).unwrap_or(""),
                start: line.start + margin,
                ..*line
            })
            .collect();
        let joined = Self::from_lines(&cut);
        let kept = joined.text.trim_end_matches(is_space).len();
        joined.cut(0, kept)
    }

    fn set_span(&mut self) {
        let start = self.file_offset(0);
        let end = match self.text.len().checked_sub(1) {
            Some(last) => self.file_offset(last) + 1,
            None => start,
        };
        self.span = Span::new(start, end);
    }
}

/// Length in bytes of the blanks every line starts with.
fn common_margin(lines: &[Line<'_>]) -> usize {
    let mut margin: Option<&str> = None;
    for line in lines.iter().filter(|line| !line.text.trim_matches(is_space).is_empty()) {
        let text = line.text;
        let blanks = text.len() - text.trim_start_matches([' ', '\t']).len();
        let own = text.get(..blanks).unwrap_or("");
        margin = Some(match margin {
            None => own,
            Some(known) => common_prefix(known, own),
        });
    }
    margin.map_or(0, str::len)
}

fn common_prefix<'a>(a: &'a str, b: &str) -> &'a str {
    let length = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
    a.get(..length).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::lines;

    #[test]
    fn offsets_lead_back_to_the_file() {
        let file = "SQL >\n    SELECT a,\n      b\n";
        let all = lines(file);
        let body = &all[1..];
        let sql = SourceText::from_lines(body).dedented(body);
        assert_eq!(sql.text, "SELECT a,\n  b");
        assert_eq!(sql.file_offset(0), file.find("SELECT").unwrap());
        assert_eq!(sql.file_offset(sql.text.find('b').unwrap()), file.find('b').unwrap());
        assert_eq!(sql.span.text(file), "SELECT a,\n      b");
        let at = sql.text.find('a').unwrap();
        assert_eq!(sql.file_span(Span::new(at, at + 1)).text(file), "a");
    }

    #[test]
    fn templates_keep_their_indentation() {
        let file = "    %\n    SELECT 1\n";
        let all = lines(file);
        assert_eq!(SourceText::from_lines(&all).dedented(&all).text, "%\n    SELECT 1");
    }

    #[test]
    fn tabs_and_spaces_share_no_margin() {
        let file = "\ta\n    b";
        let all = lines(file);
        assert_eq!(SourceText::from_lines(&all).dedented(&all).text, "\ta\n    b");
    }
}
