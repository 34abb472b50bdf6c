//! ClickHouse literals of arrays, tuples and maps: `['a',1]`, `(1,'x')`, `{'k':1}`.

use super::{MAX_DEPTH, Malformed, Shape, Source};
use std::borrow::Cow;

/// A cursor over one literal. Strings are quoted by `'` or `"`, with backslash escapes
/// and doubled quotes.
pub(crate) struct Literal<'a> {
    text: &'a [u8],
    at: usize,
    depth: usize,
    fresh: bool,
}

type Read<T> = Result<T, Malformed>;

impl<'a> Literal<'a> {
    pub(crate) fn new(text: &'a [u8]) -> Self {
        Literal { text, at: 0, depth: 0, fresh: false }
    }

    /// Checks that nothing but spaces is left.
    pub(crate) fn end(&mut self) -> Read<()> {
        self.skip_space();
        if self.at < self.text.len() {
            return self.fail("unexpected text after the value");
        }
        Ok(())
    }

    fn fail<T>(&self, reason: &'static str) -> Read<T> {
        Err(Malformed { at: self.at, reason })
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn quoted(&mut self, quote: u8) -> Read<Cow<'a, [u8]>> {
        let mut out = Vec::new();
        let mut at = self.at + 1;
        loop {
            let rest = self.text.get(at..).unwrap_or_default();
            let Some(run) = memchr::memchr2(quote, b'\\', rest) else {
                return self.fail("the string is not closed");
            };
            out.extend_from_slice(rest.get(..run).unwrap_or_default());
            at += run + 1;
            let next = self.text.get(at).copied();
            let ended = rest.get(run) == Some(&quote);
            if ended && next != Some(quote) {
                self.at = at;
                return Ok(Cow::Owned(out));
            }
            match next {
                Some(byte) if ended => out.push(byte),
                Some(byte) => out.push(unescaped(byte)),
                None => return self.fail("the string is not closed"),
            }
            at += 1;
        }
    }

    fn bare(&mut self) -> &'a [u8] {
        let start = self.at;
        while let Some(byte) = self.peek()
            && !matches!(byte, b',' | b']' | b')' | b'}' | b':' | b'[' | b'(' | b'{')
        {
            self.at += 1;
        }
        self.text.get(start..self.at).unwrap_or_default().trim_ascii_end()
    }
}

fn unescaped(byte: u8) -> u8 {
    match byte {
        b'n' => b'\n',
        b't' => b'\t',
        b'r' => b'\r',
        b'0' => 0,
        b'b' => 8,
        b'f' => 12,
        other => other,
    }
}

impl Source for Literal<'_> {
    fn shape(&mut self) -> Read<Shape> {
        self.skip_space();
        match self.peek() {
            Some(b'[' | b'(') => Ok(Shape::List),
            Some(b'{') => Ok(Shape::Keyed),
            Some(b'N') if self.text.get(self.at..self.at + 4) == Some(b"NULL".as_slice()) => Ok(Shape::Null),
            Some(_) => Ok(Shape::Scalar),
            None => self.fail("a value is missing"),
        }
    }

    fn scalar(&mut self) -> Read<Cow<'_, [u8]>> {
        self.skip_space();
        match self.peek() {
            Some(quote @ (b'\'' | b'"')) => self.quoted(quote),
            _ => {
                let text = self.bare();
                if text.is_empty() {
                    return self.fail("a value is missing");
                }
                Ok(Cow::Borrowed(if text == b"NULL" { b"" } else { text }))
            }
        }
    }

    fn raw(&mut self) -> Read<&[u8]> {
        self.skip_space();
        let start = self.at;
        let floor = self.depth;
        loop {
            match self.shape()? {
                Shape::List | Shape::Keyed => self.enter()?,
                Shape::Null | Shape::Scalar => {
                    self.scalar()?;
                }
            }
            loop {
                if self.depth == floor {
                    return Ok(self.text.get(start..self.at).unwrap_or_default());
                }
                self.skip_space();
                if self.peek() == Some(b':') {
                    self.at += 1;
                    break;
                }
                if self.next()? {
                    break;
                }
            }
        }
    }

    fn enter(&mut self) -> Read<()> {
        self.skip_space();
        if !matches!(self.peek(), Some(b'[' | b'(' | b'{')) {
            return self.fail("expected '[', '(' or '{'");
        }
        if self.depth >= MAX_DEPTH {
            return self.fail("nested too deep");
        }
        self.at += 1;
        self.depth += 1;
        self.fresh = true;
        Ok(())
    }

    fn next(&mut self) -> Read<bool> {
        self.skip_space();
        let fresh = std::mem::replace(&mut self.fresh, false);
        match self.peek() {
            Some(b']' | b')' | b'}') => {
                self.at += 1;
                self.depth = self.depth.saturating_sub(1);
                Ok(false)
            }
            Some(b',') if !fresh => {
                self.at += 1;
                Ok(true)
            }
            Some(_) if fresh => Ok(true),
            _ => self.fail("expected ',' or a closing bracket"),
        }
    }

    fn after_key(&mut self) -> Read<()> {
        self.skip_space();
        if self.peek() != Some(b':') {
            return self.fail("expected ':'");
        }
        self.at += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_may_be_quoted_doubled_and_escaped() {
        for (text, expected) in
            [("'a'", "a"), ("'it''s'", "it's"), (r"'a\'b\n'", "a'b\n"), ("\"a'b\"", "a'b"), ("12.5", "12.5")]
        {
            let mut literal = Literal::new(text.as_bytes());
            assert_eq!(literal.scalar().unwrap().as_ref(), expected.as_bytes());
            literal.end().unwrap();
        }
    }

    #[test]
    fn a_skipped_value_gives_its_text() {
        let mut literal = Literal::new(b"{'a':[1,(2,'}')]} rest");
        assert_eq!(literal.raw().unwrap(), b"{'a':[1,(2,'}')]}");
        assert!(literal.end().is_err());
    }
}
