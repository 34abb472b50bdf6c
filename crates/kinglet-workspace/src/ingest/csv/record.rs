//! One record of a CSV text, as ranges of its cells.

use super::dialect::Dialect;
use memchr::{memchr, memchr2};
use std::borrow::Cow;

/// The cells of the record read last; its text is passed in again to look at them.
#[derive(Default)]
pub(super) struct Cells {
    cells: Vec<Cell>,
    dialect: Dialect,
}

#[derive(Clone, Copy)]
struct Cell {
    start: usize,
    end: usize,
    quoted: bool,
    /// Has quotes or escapes inside that stand for something else.
    escaped: bool,
}

/// What the beginning of a text holds.
pub(super) enum Found {
    /// A record of `len` bytes and `n_lines` lines.
    Record {
        /// Bytes, with the line's end.
        len: usize,
        /// Lines that the record spans.
        n_lines: usize,
    },
    /// No whole record yet.
    Nothing,
    /// Something that is no record.
    Broken(Fault),
}

/// Where and why a record is broken.
pub(super) struct Fault {
    /// Cell, counted from 0.
    pub(super) cell: usize,
    /// Lines below the record's first.
    pub(super) lines_down: usize,
    /// What is wrong.
    pub(super) reason: &'static str,
}

impl Cells {
    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// Reads the record at the beginning of `text`.
    pub(super) fn read(&mut self, text: &[u8], last: bool, dialect: &Dialect) -> Found {
        if self.dialect != *dialect {
            self.dialect = dialect.clone();
        }
        self.cells.clear();
        let mut at = 0;
        let mut n_lines = 1;
        loop {
            let quoted = text.get(at) == Some(&dialect.quote);
            let cell = if quoted { self.quoted_cell(text, at) } else { plain_cell(text, at, dialect) };
            let Some(cell) = cell else {
                return match (last, quoted) {
                    (false, _) => Found::Nothing,
                    (true, true) => self.fault(n_lines, "the quote is not closed"),
                    (true, false) => {
                        self.push(plain(at, text.len()), text);
                        Found::Record { len: text.len(), n_lines }
                    }
                };
            };
            if quoted {
                n_lines += newlines(text, &cell);
            }
            let after = cell.end + usize::from(quoted);
            self.push(cell, text);
            match text.get(after) {
                Some(byte) if *byte == dialect.delimiter => at = after + 1,
                Some(byte) if *byte == dialect.new_line => {
                    return Found::Record { len: after + 1, n_lines };
                }
                Some(b'\r') if text.get(after + 1) == Some(&dialect.new_line) => {
                    return Found::Record { len: after + 2, n_lines };
                }
                Some(b'\r') if after + 1 == text.len() && !last => return Found::Nothing,
                None if last => return Found::Record { len: text.len(), n_lines },
                None => return Found::Nothing,
                Some(_) => {
                    self.cells.pop();
                    return self.fault(n_lines, "there is text after a closing quote");
                }
            }
        }
    }

    fn push(&mut self, mut cell: Cell, text: &[u8]) {
        let at_line_end = text.get(cell.end).is_none_or(|byte| *byte == self.dialect.new_line);
        if !cell.quoted && at_line_end && cell.end > cell.start && text.get(cell.end - 1) == Some(&b'\r') {
            cell.end -= 1;
        }
        self.cells.push(cell);
    }

    fn fault(&self, n_lines: usize, reason: &'static str) -> Found {
        Found::Broken(Fault { cell: self.cells.len(), lines_down: n_lines - 1, reason })
    }

    /// The cell whose opening quote is at `at`; `None` when it is not closed.
    fn quoted_cell(&self, text: &[u8], at: usize) -> Option<Cell> {
        let quote = self.dialect.quote;
        let escape = self.dialect.escape.unwrap_or(quote);
        let start = at + 1;
        let mut end = start;
        let mut escaped = false;
        loop {
            end += memchr2(quote, escape, text.get(end..)?)?;
            let is_quote = text.get(end) == Some(&quote);
            let doubled = text.get(end + 1) == Some(&quote);
            if is_quote && !doubled {
                return Some(Cell { start, end, quoted: true, escaped });
            }
            escaped = true;
            end += 2;
        }
    }

    /// The text of a cell, unquoted.
    pub(super) fn get<'a>(&self, text: &'a [u8], at: usize) -> Cow<'a, [u8]> {
        let Some(cell) = self.cells.get(at) else {
            return Cow::Borrowed(b"");
        };
        let raw = text.get(cell.start..cell.end).unwrap_or_default();
        if !cell.escaped {
            return Cow::Borrowed(raw);
        }
        let quote = self.dialect.quote;
        let escape = self.dialect.escape.unwrap_or(quote);
        let mut out = Vec::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(at) = memchr2(quote, escape, rest) {
            out.extend_from_slice(rest.get(..at).unwrap_or_default());
            out.extend(rest.get(at + 1));
            rest = rest.get(at + 2..).unwrap_or_default();
        }
        out.extend_from_slice(rest);
        Cow::Owned(out)
    }

    /// True when the cell was in quotes.
    pub(super) fn is_quoted(&self, at: Option<usize>) -> bool {
        at.and_then(|at| self.cells.get(at)).is_some_and(|cell| cell.quoted)
    }

    /// True for a line without any text.
    pub(super) fn is_blank(&self, text: &[u8]) -> bool {
        self.cells.len() == 1 && !self.is_quoted(Some(0)) && self.get(text, 0).is_empty()
    }

    /// True when all cells from `from` on are empty.
    pub(super) fn rest_is_empty(&self, text: &[u8], from: usize) -> bool {
        (from..self.cells.len()).all(|at| self.get(text, at).is_empty())
    }
}

fn plain(start: usize, end: usize) -> Cell {
    Cell { start, end, quoted: false, escaped: false }
}

/// The cell from `at` to the next separator; `None` when there is none.
fn plain_cell(text: &[u8], at: usize, dialect: &Dialect) -> Option<Cell> {
    let len = memchr2(dialect.delimiter, dialect.new_line, text.get(at..)?)?;
    Some(plain(at, at + len))
}

fn newlines(text: &[u8], cell: &Cell) -> usize {
    let mut rest = text.get(cell.start..cell.end).unwrap_or_default();
    let mut n_found = 0;
    while let Some(at) = memchr(b'\n', rest) {
        n_found += 1;
        rest = rest.get(at + 1..).unwrap_or_default();
    }
    n_found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str) -> Result<Vec<Vec<String>>, String> {
        let mut cells = Cells::default();
        let mut all = Vec::new();
        let mut rest = text.as_bytes();
        while !rest.is_empty() {
            match cells.read(rest, true, &Dialect::default()) {
                Found::Record { len, .. } => {
                    let record = (0..cells.len())
                        .map(|at| String::from_utf8(cells.get(rest, at).into_owned()).unwrap())
                        .collect();
                    all.push(record);
                    rest = &rest[len..];
                }
                Found::Nothing => return Err("nothing".into()),
                Found::Broken(fault) => return Err(fault.reason.into()),
            }
        }
        Ok(all)
    }

    #[test]
    fn records_are_split_and_unquoted() {
        let text = "a,b\r\n\"x, \"\"y\"\"\nz\",\n,\"\"\r\nlast";
        let expected = vec![vec!["a", "b"], vec!["x, \"y\"\nz", ""], vec!["", ""], vec!["last"]];
        assert_eq!(records(text).unwrap(), expected);
    }

    #[test]
    fn open_quotes_and_trailing_text_are_faults() {
        assert_eq!(records("a,\"b").unwrap_err(), "the quote is not closed");
        let error = records("\"a\"b,c\n").unwrap_err();
        assert_eq!(error, "there is text after a closing quote");
    }

    #[test]
    fn an_unfinished_record_waits_for_more() {
        let mut cells = Cells::default();
        for text in ["a,b", "a,\"b", "a,\"b\"", "\"a\"\r"] {
            let found = cells.read(text.as_bytes(), false, &Dialect::default());
            assert!(matches!(found, Found::Nothing), "{text}");
        }
    }
}
