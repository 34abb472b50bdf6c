//! Byte offsets to UTF-16 offsets, which editors count in, and back.

/// Bytes between two remembered places.
const STEP: usize = 512;

/// The offsets of one text. Conversions cost at most a look at 512 bytes.
#[derive(Clone, Debug)]
pub struct Positions<'a> {
    text: &'a str,
    /// `(byte, unit)` about every [`STEP`] bytes, ascending; empty for a text in ASCII.
    marks: Vec<(usize, usize)>,
}

impl<'a> Positions<'a> {
    /// Reads the text once.
    pub fn new(text: &'a str) -> Self {
        let mut marks = Vec::new();
        if !text.is_ascii() {
            let (mut units, mut next) = (0, 0);
            for (at, c) in text.char_indices() {
                if at >= next {
                    marks.push((at, units));
                    next = at + STEP;
                }
                units += c.len_utf16();
            }
        }
        Self { text, marks }
    }

    /// The UTF-16 offset of a byte offset. One inside a character or past the end is moved back.
    pub fn units(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let mark = self.marks.partition_point(|(at, _)| *at <= byte);
        let Some((start, units)) = mark.checked_sub(1).and_then(|at| self.marks.get(at)) else { return byte };
        let between = self.text.get(*start..).unwrap_or("").char_indices();
        let before = between.take_while(|(at, c)| start + at + c.len_utf8() <= byte);
        units + before.map(|(_, c)| c.len_utf16()).sum::<usize>()
    }

    /// The byte offset of a UTF-16 offset. One inside a character or past the end is moved back.
    pub fn byte(&self, unit: usize) -> usize {
        let mark = self.marks.partition_point(|(_, at)| *at <= unit);
        let Some((start, units)) = mark.checked_sub(1).and_then(|at| self.marks.get(at)) else {
            return unit.min(self.text.len());
        };
        let (mut byte, mut at) = (*start, *units);
        for c in self.text.get(*start..).unwrap_or("").chars() {
            if at + c.len_utf16() > unit {
                break;
            }
            at += c.len_utf16();
            byte += c.len_utf8();
        }
        byte
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_is_found_again() {
        let text = "aé𝄞b\n".repeat(400);
        let positions = Positions::new(&text);
        let mut units = 0;
        for (at, c) in text.char_indices() {
            assert_eq!(positions.units(at), units);
            assert_eq!(positions.byte(units), at);
            units += c.len_utf16();
        }
        assert_eq!(positions.units(text.len() + 9), units);
        assert_eq!(positions.byte(units + 9), text.len());
        let start = text.find('𝄞').unwrap_or(0);
        assert_eq!(positions.byte(3), start, "inside a surrogate pair");
        assert_eq!(positions.units(start + 2), 2, "inside a character");
    }

    #[test]
    fn ascii_is_itself() {
        let positions = Positions::new("abc");
        assert_eq!((positions.units(2), positions.byte(2), positions.byte(9)), (2, 2, 3));
    }
}
