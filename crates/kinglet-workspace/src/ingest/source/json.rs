//! JSON (RFC 8259) read by pulling: nothing is built that nobody asks for.

use super::{MAX_DEPTH, Malformed, Shape, Source};
use std::borrow::Cow;

/// A cursor over JSON text, which may hold several documents one after the other.
#[derive(Clone)]
pub(crate) struct Json<'a> {
    text: &'a [u8],
    at: usize,
    depth: usize,
    /// True right after an opening bracket.
    fresh: bool,
}

type Read<T> = Result<T, Malformed>;

impl<'a> Json<'a> {
    pub(crate) fn new(text: &'a [u8]) -> Self {
        Json { text, at: 0, depth: 0, fresh: false }
    }

    /// Byte offset of the cursor.
    pub(crate) fn offset(&self) -> usize {
        self.at
    }

    fn fail<T>(&self, reason: &'static str) -> Read<T> {
        Err(Malformed { at: self.at, reason })
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    pub(crate) fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    /// True at the end of the text.
    pub(crate) fn ended(&mut self) -> bool {
        self.skip_space();
        self.at >= self.text.len()
    }

    /// Reads a string, borrowed where it has no escapes.
    pub(crate) fn string(&mut self) -> Read<Cow<'a, [u8]>> {
        self.skip_space();
        if self.peek() != Some(b'"') {
            return self.fail("expected a string");
        }
        let start = self.at + 1;
        let rest = self.text.get(start..).unwrap_or_default();
        let Some(run) = memchr::memchr2(b'"', b'\\', rest) else {
            return self.fail("the string is not closed");
        };
        let end = start + run;
        if rest.get(run) == Some(&b'\\') {
            return self.escaped(start, end).map(Cow::Owned);
        }
        self.at = end + 1;
        Ok(Cow::Borrowed(rest.get(..run).unwrap_or_default()))
    }

    /// Reads on from the first backslash, at `end`.
    fn escaped(&mut self, start: usize, mut end: usize) -> Read<Vec<u8>> {
        let mut out = self.text.get(start..end).unwrap_or_default().to_vec();
        loop {
            match self.text.get(end) {
                None => return self.fail("the string is not closed"),
                Some(b'"') => {
                    self.at = end + 1;
                    return Ok(out);
                }
                Some(b'\\') => {
                    self.at = end;
                    end = self.escape(end + 1, &mut out)?;
                }
                Some(_) => {
                    let rest = self.text.get(end..).unwrap_or_default();
                    let run = memchr::memchr2(b'"', b'\\', rest).unwrap_or(rest.len());
                    out.extend_from_slice(rest.get(..run).unwrap_or_default());
                    end += run;
                }
            }
        }
    }

    /// Reads the escape whose letter is at `at`; returns the offset after it.
    fn escape(&self, at: usize, out: &mut Vec<u8>) -> Read<usize> {
        let plain = match self.text.get(at) {
            Some(b'n') => b'\n',
            Some(b't') => b'\t',
            Some(b'r') => b'\r',
            Some(b'b') => 8,
            Some(b'f') => 12,
            Some(byte @ (b'"' | b'\\' | b'/')) => *byte,
            Some(b'u') => return self.unicode(at + 1, out),
            _ => return self.fail("unknown escape in a string"),
        };
        out.push(plain);
        Ok(at + 1)
    }

    fn unicode(&self, at: usize, out: &mut Vec<u8>) -> Read<usize> {
        let Some(first) = self.hex4(at) else {
            return self.fail("\\u needs four hexadecimal digits");
        };
        let mut next = at + 4;
        let mut code = first;
        if (0xd800..0xdc00).contains(&first)
            && self.text.get(next..next + 2) == Some(b"\\u".as_slice())
            && let Some(second @ 0xdc00..0xe000) = self.hex4(next + 2)
        {
            code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
            next += 6;
        }
        let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
        out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        Ok(next)
    }

    fn hex4(&self, at: usize) -> Option<u32> {
        let digits = self.text.get(at..at.checked_add(4)?)?;
        digits.iter().try_fold(0, |value, byte| Some(value * 16 + char::from(*byte).to_digit(16)?))
    }

    /// Reads a number's or a word's text.
    fn bare(&mut self) -> Read<&'a [u8]> {
        let start = self.at;
        while let Some(byte) = self.peek()
            && (byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'+' | b'.' | b'_'))
        {
            self.at += 1;
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        if is_number(text) || matches!(text, b"true" | b"false" | b"null") {
            return Ok(text);
        }
        self.at = start;
        self.fail("expected a value")
    }

    /// Reads a scalar's text; `null` reads as empty.
    pub(crate) fn value(&mut self) -> Read<Cow<'a, [u8]>> {
        self.skip_space();
        if self.peek() == Some(b'"') {
            return self.string();
        }
        let text = self.bare()?;
        Ok(Cow::Borrowed(if text == b"null" { b"" } else { text }))
    }

    /// Skips the value that comes next, returning its text.
    pub(crate) fn skip(&mut self) -> Read<&'a [u8]> {
        self.skip_space();
        let start = self.at;
        let floor = self.depth;
        self.fresh = false;
        self.skip_one()?;
        while self.depth > floor {
            if self.step()? {
                self.skip_one()?;
            }
        }
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    /// Skips a scalar, or enters a list or object.
    fn skip_one(&mut self) -> Read<()> {
        self.skip_space();
        match self.peek() {
            Some(b'"') => self.string().map(drop),
            Some(b'[' | b'{') => self.open(),
            _ => self.bare().map(drop),
        }
    }

    /// Moves to the next value of the innermost list or object, over its key.
    fn step(&mut self) -> Read<bool> {
        let closing = self.advance()?;
        if closing {
            return Ok(false);
        }
        // A string followed by a colon is a key.
        if self.peek() == Some(b'"') {
            let before = self.at;
            self.string()?;
            self.skip_space();
            if self.peek() == Some(b':') {
                self.at += 1;
                return Ok(true);
            }
            self.at = before;
        }
        Ok(true)
    }

    fn open(&mut self) -> Read<()> {
        if self.depth >= MAX_DEPTH {
            return self.fail("nested too deep");
        }
        self.at += 1;
        self.depth += 1;
        self.fresh = true;
        Ok(())
    }

    /// Goes over a comma (or nothing after an opening bracket); true when it left the
    /// list or object instead.
    fn advance(&mut self) -> Read<bool> {
        self.skip_space();
        let fresh = std::mem::replace(&mut self.fresh, false);
        match self.peek() {
            Some(b']' | b'}') => {
                self.at += 1;
                self.depth = self.depth.saturating_sub(1);
                Ok(true)
            }
            Some(b',') if !fresh => {
                self.at += 1;
                self.skip_space();
                match self.peek() {
                    Some(b']' | b'}') => self.fail("expected a value after the comma"),
                    _ => Ok(false),
                }
            }
            Some(_) if fresh => Ok(false),
            Some(_) => self.fail("expected ',' or a closing bracket"),
            None => self.fail("the document ends too early"),
        }
    }

    /// Reads the next key of an object and the colon after it; `None` at its end.
    pub(crate) fn key(&mut self) -> Read<Option<Cow<'a, [u8]>>> {
        if self.advance()? {
            return Ok(None);
        }
        let key = self.string()?;
        self.colon()?;
        Ok(Some(key))
    }

    fn colon(&mut self) -> Read<()> {
        self.skip_space();
        if self.peek() != Some(b':') {
            return self.fail("expected ':'");
        }
        self.at += 1;
        Ok(())
    }
}

/// JSON's number grammar, except that leading zeros and `nan` and `inf` pass.
fn is_number(text: &[u8]) -> bool {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    match digits.first() {
        Some(b'0'..=b'9') => {
            digits.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'))
        }
        _ => matches!(digits, b"nan" | b"NaN" | b"inf" | b"Infinity"),
    }
}

impl Source for Json<'_> {
    fn shape(&mut self) -> Read<Shape> {
        self.skip_space();
        match self.peek() {
            Some(b'[') => Ok(Shape::List),
            Some(b'{') => Ok(Shape::Keyed),
            Some(b'n') if self.text.get(self.at..self.at + 4) == Some(b"null".as_slice()) => Ok(Shape::Null),
            Some(_) => Ok(Shape::Scalar),
            None => self.fail("the document ends too early"),
        }
    }

    fn scalar(&mut self) -> Read<Cow<'_, [u8]>> {
        self.value()
    }

    fn raw(&mut self) -> Read<&[u8]> {
        self.skip()
    }

    fn enter(&mut self) -> Read<()> {
        self.skip_space();
        match self.peek() {
            Some(b'[' | b'{') => self.open(),
            _ => self.fail("expected '[' or '{'"),
        }
    }

    fn next(&mut self) -> Read<bool> {
        Ok(!self.advance()?)
    }

    fn after_key(&mut self) -> Read<()> {
        self.colon()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skipped_value_gives_its_text() {
        let text = br#" {"a": [1, "]", {"b": null}], "c": {}} , 7"#;
        let mut json = Json::new(text);
        let raw = json.skip().unwrap();
        assert_eq!(raw, br#"{"a": [1, "]", {"b": null}], "c": {}}"#);
    }

    #[test]
    fn strings_are_unescaped() {
        let mut json = Json::new(br#""a\n\u00e9\ud83d\ude00\/" "plain""#);
        assert_eq!(json.string().unwrap().as_ref(), "a\né😀/".as_bytes());
        assert!(matches!(json.string().unwrap(), Cow::Borrowed(b"plain")));
    }

    #[test]
    fn broken_documents_say_where() {
        for (text, at) in [
            (r#"{"a": }"#, 6),
            (r#"{"a" 1}"#, 5),
            (r#"{"a": 1,}"#, 8),
            (r#"{"a": 1"#, 7),
            (r#"[1 2]"#, 3),
            (r#"["a]"#, 1),
            (r#"tru"#, 0),
        ] {
            let failed = Json::new(text.as_bytes()).skip().unwrap_err();
            assert_eq!(failed.at, at, "{text}: {}", failed.reason);
        }
    }

    #[test]
    fn depth_is_bounded() {
        let text = "[".repeat(100_000);
        let failed = Json::new(text.as_bytes()).skip().unwrap_err();
        assert_eq!(failed.reason, "nested too deep");
    }
}
