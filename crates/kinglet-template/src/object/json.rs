//! JSON text as Python's `json.loads` reads it.

use super::convert::integer_value;
use super::integer::MAX_DIGITS;
use crate::Value;
use crate::integer::Integer;

/// Arrays and objects inside each other that are accepted.
const MAX_DEPTH: usize = 64;

/// Reads a JSON document; also accepts `NaN`, `Infinity` and `-Infinity`.
///
/// # Errors
///
/// What was expected and where, as in `Expecting value: line 1 column 1 (char 0)`.
pub(crate) fn parse(text: &str) -> Result<Value, String> {
    let mut reader = Reader { text, at: 0, depth: 0 };
    reader.skip_white();
    let value = reader.value()?;
    reader.skip_white();
    if reader.at < text.len() { Err(reader.error("Extra data", reader.at)) } else { Ok(value) }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn skip_white(&mut self) {
        while matches!(self.byte(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn error(&self, what: &str, at: usize) -> String {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let column = before.get(line_start..).unwrap_or("").chars().count() + 1;
        format!("{what}: line {line} column {column} (char {})", before.chars().count())
    }

    fn value(&mut self) -> Result<Value, String> {
        match self.byte() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ if self.take("null") => Ok(Value::Null),
            _ if self.take("true") => Ok(Value::Bool(true)),
            _ if self.take("false") => Ok(Value::Bool(false)),
            _ if self.take("NaN") => Ok(Value::Float(f64::NAN)),
            _ if self.take("Infinity") => Ok(Value::Float(f64::INFINITY)),
            _ => Err(self.error("Expecting value", self.at)),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, String>) -> Result<Value, String> {
        if self.depth >= MAX_DEPTH {
            return Err(self.error("Nested too deeply", self.at));
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn array(&mut self) -> Result<Value, String> {
        let mut items = Vec::new();
        self.skip_white();
        if self.take("]") {
            return Ok(Value::List(items));
        }
        loop {
            self.skip_white();
            items.push(self.value()?);
            self.skip_white();
            if self.take("]") {
                return Ok(Value::List(items));
            }
            if !self.take(",") {
                return Err(self.error("Expecting ',' delimiter", self.at));
            }
        }
    }

    fn object(&mut self) -> Result<Value, String> {
        let mut members: Vec<(String, Value)> = Vec::new();
        self.skip_white();
        if self.take("}") {
            return Ok(Value::Object(members));
        }
        loop {
            self.skip_white();
            if self.byte() != Some(b'"') {
                return Err(self.error("Expecting property name enclosed in double quotes", self.at));
            }
            let name = self.string()?;
            self.skip_white();
            if !self.take(":") {
                return Err(self.error("Expecting ':' delimiter", self.at));
            }
            self.skip_white();
            members.push((name, self.value()?));
            self.skip_white();
            if self.take("}") {
                return Ok(Value::Object(members));
            }
            if !self.take(",") {
                return Err(self.error("Expecting ',' delimiter", self.at));
            }
        }
    }

    fn number(&mut self) -> Result<Value, String> {
        let start = self.at;
        let negative = self.take("-");
        if negative && self.take("Infinity") {
            return Ok(Value::Float(f64::NEG_INFINITY));
        }
        let rest = self.rest().as_bytes();
        let digits = |from: usize| rest.iter().skip(from).take_while(|byte| byte.is_ascii_digit()).count();
        let whole = if rest.first() == Some(&b'0') { 1 } else { digits(0) };
        if whole == 0 {
            return Err(self.error("Expecting value", start));
        }
        let mut length = whole;
        if rest.get(length) == Some(&b'.') && digits(length + 1) > 0 {
            length += 1 + digits(length + 1);
        }
        if matches!(rest.get(length), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(rest.get(length + 1), Some(b'+' | b'-')));
            if digits(length + 1 + sign) > 0 {
                length += 1 + sign + digits(length + 1 + sign);
            }
        }
        self.at += length;
        let shown = self.text.get(start..self.at).unwrap_or("");
        if length > whole {
            return Ok(Value::Float(shown.parse().unwrap_or(f64::NAN)));
        }
        if length > MAX_DIGITS {
            return Err(self.error("Too many digits", start));
        }
        Ok(Integer::parse(shown, 10).map_or(Value::Null, |value| integer_value(&value)))
    }

    fn string(&mut self) -> Result<String, String> {
        let start = self.at;
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = self.rest();
            let Some(length) = rest.find(|c: char| c == '"' || c == '\\' || c < ' ') else {
                return Err(self.error("Unterminated string starting at", start));
            };
            out.push_str(rest.get(..length).unwrap_or(""));
            self.at += length;
            match self.byte() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => self.escape(&mut out)?,
                _ => return Err(self.error("Invalid control character at", self.at)),
            }
        }
    }

    fn escape(&mut self, out: &mut String) -> Result<(), String> {
        let start = self.at;
        self.at += 1;
        let plain = match self.byte() {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\x08',
            Some(b'f') => '\x0c',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                out.push(self.unicode(start)?);
                return Ok(());
            }
            _ => return Err(self.error("Invalid \\escape", start)),
        };
        self.at += 1;
        out.push(plain);
        Ok(())
    }

    fn unicode(&mut self, start: usize) -> Result<char, String> {
        let unit = |reader: &Self, at: usize| -> Option<u32> {
            let digits =
                reader.text.get(at..at + 4).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?;
            u32::from_str_radix(digits, 16).ok()
        };
        let Some(first) = unit(self, self.at + 1) else {
            return Err(self.error("Invalid \\uXXXX escape", start + 1));
        };
        self.at += 5;
        if (0xd800..0xdc00).contains(&first)
            && self.rest().starts_with("\\u")
            && let Some(second) = unit(self, self.at + 2).filter(|second| (0xdc00..0xe000).contains(second))
        {
            self.at += 6;
            return Ok(
                char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)).unwrap_or('\u{fffd}')
            );
        }
        // Half of a surrogate pair has no UTF-8 form.
        Ok(char::from_u32(first).unwrap_or('\u{fffd}'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_read() {
        let value = parse(" {\"a\": [1, -2.5, 1E2, NaN, null, \"\\u00e9\\ud83d\\ude9a\"]} ").unwrap();
        let items = value.get("a").unwrap();
        let Value::List(items) = items else { panic!("not a list") };
        assert_eq!(items[..3], [Value::Int(1), Value::Float(-2.5), Value::Float(100.0)]);
        assert_eq!(items[5], Value::from("é🚚"));
    }

    #[test]
    fn errors_say_what_was_expected_and_where() {
        let cases = [
            ("", "Expecting value: line 1 column 1 (char 0)"),
            ("[1,]", "Expecting value: line 1 column 4 (char 3)"),
            ("{'a': 1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
            ("0123", "Extra data: line 1 column 2 (char 1)"),
            ("[1\n 2]", "Expecting ',' delimiter: line 2 column 2 (char 4)"),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text), Err(expected.to_owned()));
        }
    }
}
