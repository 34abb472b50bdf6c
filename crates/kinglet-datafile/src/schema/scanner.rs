//! Characters of a schema with line and column, comments left out.

use kinglet_diagnostic::Span;

/// A character of the cleaned text.
#[derive(Clone, Copy, Debug)]
struct Item {
    c: char,
    offset: usize,
    line: usize,
    column: usize,
}

/// The text of a schema without `--` comments and trailing white space.
///
/// Positions are those Tinybird counts: a line break is column 0 of the line it opens.
pub(super) struct Scanner {
    items: Vec<Item>,
    at: usize,
}

/// A line and a column.
pub(super) type Place = (usize, usize);

impl Scanner {
    pub(super) fn new(text: &str) -> Self {
        let mut items: Vec<Item> = Vec::with_capacity(text.len());
        let mut offset = 0;
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                items.push(Item { c: '\n', offset: offset - 1, line: number + 1, column: 0 });
            }
            let kept = without_comment(line);
            for (column, (at, c)) in kept.char_indices().enumerate() {
                items.push(Item { c, offset: offset + at, line: number + 1, column: column + 1 });
            }
            offset += line.len() + 1;
        }
        while items.last().is_some_and(|item| item.c.is_whitespace()) {
            items.pop();
        }
        Self { items, at: 0 }
    }

    /// The next character.
    pub(super) fn peek(&self) -> Option<char> {
        self.peek_at(0)
    }

    /// The character `ahead` places after the next one.
    pub(super) fn peek_at(&self, ahead: usize) -> Option<char> {
        self.items.get(self.at + ahead).map(|item| item.c)
    }

    /// Moves past the next `count` characters.
    pub(super) fn skip(&mut self, count: usize) {
        self.at = (self.at + count).min(self.items.len());
    }

    /// Moves past white space.
    pub(super) fn skip_spaces(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    /// How many characters were passed.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Line and column of the character at `position`; past the end, the column after the last one.
    pub(super) fn place_at(&self, position: usize) -> Place {
        match (self.items.get(position), self.items.last()) {
            (Some(item), _) => (item.line, item.column),
            (None, Some(last)) => (last.line, last.column + 1),
            (None, None) => (1, 1),
        }
    }

    /// Line and column just before the character at `position` was read: a line break is the column
    /// after the last one of its line.
    pub(super) fn place_before(&self, position: usize) -> Place {
        match (self.items.get(position), position.checked_sub(1).and_then(|at| self.items.get(at))) {
            (Some(item), Some(last)) if item.c == '\n' => (last.line, last.column + 1),
            _ => self.place_at(position),
        }
    }

    /// Line and column of the next character.
    pub(super) fn place(&self) -> Place {
        self.place_at(self.at)
    }

    /// The characters `from..to`.
    pub(super) fn text(&self, from: usize, to: usize) -> String {
        self.items.get(from..to).unwrap_or(&[]).iter().map(|item| item.c).collect()
    }

    /// The span of the characters `from..to` in the schema's text.
    pub(super) fn span(&self, from: usize, to: usize) -> Span {
        let offset = |at: usize| self.items.get(at).map(|item| item.offset);
        let end = to.checked_sub(1).and_then(|at| self.items.get(at)).map(|i| i.offset + i.c.len_utf8());
        let past = self.items.last().map_or(0, |i| i.offset + i.c.len_utf8());
        let start = offset(from).unwrap_or(past);
        Span::new(start, end.unwrap_or(start).max(start))
    }
}

/// A line up to its `--`, unless the first `--` stands in a json path.
fn without_comment(line: &str) -> &str {
    let Some((before, _)) = line.split_once("--") else { return line };
    let in_path = before
        .to_ascii_lowercase()
        .rfind("`json:")
        .is_some_and(|open| before.get(open + 1..).is_some_and(|path| !path.contains('`')));
    if in_path { line } else { before.trim_end() }
}
