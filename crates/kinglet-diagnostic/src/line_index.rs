//! Byte offsets to lines and columns, and back.

/// A position as people and editors count: both numbers start at 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, counted from 0.
    pub line: u32,
    /// Column, counted from 0, in the unit the method names (bytes, characters or UTF-16 units).
    pub column: u32,
}

/// Start offsets of the lines of one text, for conversions in O(log lines + line length).
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Reads `text` once and remembers where its lines start. Lines end at `\n`.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at as u32 + 1));
        Self { starts }
    }

    /// Number of lines; an empty text has one.
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// Byte offset at which `line` starts, or `None` past the last line.
    pub fn line_start(&self, line: u32) -> Option<usize> {
        self.starts.get(line as usize).map(|start| *start as usize)
    }

    /// Line and column of a byte offset, the column in bytes.
    pub fn bytes(&self, offset: usize) -> LineColumn {
        let line = self.starts.partition_point(|start| *start as usize <= offset) - 1;
        LineColumn { line: line as u32, column: offset as u32 - self.starts[line] }
    }

    /// Line and column of a byte offset of `text`, the column in characters.
    pub fn chars(&self, text: &str, offset: usize) -> LineColumn {
        self.counted(text, offset, |part| part.chars().count())
    }

    /// Line and column of a byte offset of `text`, the column in UTF-16 code units.
    pub fn utf16(&self, text: &str, offset: usize) -> LineColumn {
        self.counted(text, offset, |part| part.encode_utf16().count())
    }

    fn counted(&self, text: &str, offset: usize, count: impl Fn(&str) -> usize) -> LineColumn {
        let offset = floor_boundary(text, offset);
        let at = self.bytes(offset);
        let start = self.starts[at.line as usize] as usize;
        LineColumn { line: at.line, column: count(&text[start..offset]) as u32 }
    }
}

/// The largest character boundary of `text` that is at most `offset`.
fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_in_three_units() {
        let text = "a\né𝄞b\n";
        let index = LineIndex::new(text);
        let offset = text.find('b').unwrap();
        assert_eq!(index.bytes(offset), LineColumn { line: 1, column: 6 });
        assert_eq!(index.chars(text, offset), LineColumn { line: 1, column: 2 });
        assert_eq!(index.utf16(text, offset), LineColumn { line: 1, column: 3 });
        assert_eq!(index.line_count(), 3);
    }

    #[test]
    fn offsets_past_the_end_or_inside_a_character_are_moved_back() {
        let text = "é";
        let index = LineIndex::new(text);
        assert_eq!(index.chars(text, 1), LineColumn { line: 0, column: 0 });
        assert_eq!(index.chars(text, 99), LineColumn { line: 0, column: 1 });
    }
}
