//! Numbers and strings as written, to values.

use std::sync::Arc;

use kinglet_diagnostic::Span;

use super::SyntaxError;
use super::ast::{Constant, Piece};
use super::parse::Parser;
use crate::integer::Integer;

/// Digits of an integer literal that are accepted.
const MAX_DIGITS: usize = 4300;

/// Value of a number.
pub(super) fn number(text: &str, span: Span) -> Result<Constant, SyntaxError> {
    let digits: String = text.chars().filter(|c| *c != '_').collect();
    let lower = digits.to_ascii_lowercase();
    let radix = match lower.get(..2) {
        Some("0x") => Some(16),
        Some("0o") => Some(8),
        Some("0b") => Some(2),
        _ => None,
    };
    if digits.len() > MAX_DIGITS {
        return Err(SyntaxError::new(span, "the number has too many digits"));
    }
    if let Some(radix) = radix {
        let value = lower.get(2..).and_then(|digits| Integer::parse(digits, radix));
        return value.map(Constant::Int).ok_or_else(|| SyntaxError::new(span, "invalid number literal"));
    }
    if lower.ends_with('j') {
        return Ok(Constant::Complex);
    }
    if lower.bytes().all(|byte| byte.is_ascii_digit()) {
        if lower.len() > 1 && lower.starts_with('0') && lower.bytes().any(|byte| byte != b'0') {
            let message = "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal \
                           integers";
            return Err(SyntaxError::new(span, message));
        }
        return Integer::parse(&lower, 10)
            .map(Constant::Int)
            .ok_or_else(|| SyntaxError::new(span, "invalid number literal"));
    }
    kinglet_types::parse_float(&lower)
        .map(Constant::Float)
        .ok_or_else(|| SyntaxError::new(span, "invalid number literal"))
}

/// One string literal: its pieces, and whether it is a bytes literal or an f-string.
pub(super) struct StringLiteral {
    pub(super) pieces: Vec<Piece>,
    pub(super) bytes: bool,
    pub(super) formatted: bool,
}

/// Reads the string literal `source[span]`, prefix and quotes included.
pub(super) fn string(source: &str, span: Span, depth: usize) -> Result<StringLiteral, SyntaxError> {
    let text = span.text(source);
    let prefix_length = text.find(['\'', '"']).unwrap_or(0);
    let prefix = text.get(..prefix_length).unwrap_or("").to_ascii_lowercase();
    let quoted = text.get(prefix_length..).unwrap_or("");
    let quotes =
        if quoted.len() >= 6 && (quoted.starts_with("'''") || quoted.starts_with("\"\"\"")) { 3 } else { 1 };
    let start = span.start as usize + prefix_length + quotes;
    let body = Span::new(start, (span.end as usize).saturating_sub(quotes));
    let raw = prefix.contains('r');
    let bytes = prefix.contains('b');
    let formatted = prefix.contains('f');
    let pieces = if formatted {
        FormatReader { source, at: start, end: body.end as usize, raw, depth }.pieces(false)?
    } else {
        vec![Piece::Text(unescaped(body.text(source), raw, bytes, body)?)]
    };
    Ok(StringLiteral { pieces, bytes, formatted })
}

/// Replaces escape sequences.
pub(super) fn unescaped(text: &str, raw: bool, bytes: bool, span: Span) -> Result<Arc<str>, SyntaxError> {
    if raw || !text.contains('\\') {
        return Ok(text.into());
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(rest.get(..at).unwrap_or(""));
        rest = rest.get(at + 1..).unwrap_or("");
        let used = escape(rest, bytes, &mut out)
            .ok_or_else(|| SyntaxError::new(span, "invalid escape in string"))?;
        rest = rest.get(used..).unwrap_or("");
    }
    out.push_str(rest);
    Ok(out.into())
}

/// One escape sequence after its backslash: appends the character, returns the bytes used.
fn escape(rest: &str, bytes: bool, out: &mut String) -> Option<usize> {
    let first = rest.chars().next()?;
    let plain = match first {
        '\n' => return Some(1),
        '\\' | '\'' | '"' => first,
        'a' => '\x07',
        'b' => '\x08',
        'f' => '\x0c',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\x0b',
        'x' => return coded(rest, 1, 2, out),
        'u' if !bytes => return coded(rest, 1, 4, out),
        'U' if !bytes => return coded(rest, 1, 8, out),
        'N' if !bytes => return None,
        '0'..='7' => {
            let length = rest.bytes().take(3).take_while(|byte| (b'0'..=b'7').contains(byte)).count();
            let code = u32::from_str_radix(rest.get(..length)?, 8).ok()?;
            out.push(char::from_u32(code)?);
            return Some(length);
        }
        other => {
            out.push('\\');
            out.push(other);
            return Some(other.len_utf8());
        }
    };
    out.push(plain);
    Some(1)
}

fn coded(rest: &str, skip: usize, digits: usize, out: &mut String) -> Option<usize> {
    let text = rest.get(skip..skip + digits)?;
    if !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    out.push(char::from_u32(u32::from_str_radix(text, 16).ok()?)?);
    Some(skip + digits)
}

/// Reads the inside of an f-string.
struct FormatReader<'a> {
    source: &'a str,
    at: usize,
    end: usize,
    raw: bool,
    depth: usize,
}

impl FormatReader<'_> {
    fn rest(&self) -> &str {
        self.source.get(self.at..self.end).unwrap_or("")
    }

    fn error(&self, message: &str) -> SyntaxError {
        SyntaxError::new(Span::new(self.at, self.end), format!("f-string: {message}"))
    }

    /// Reads text and fields; `in_spec` stops at the `}` that ends a format specification.
    fn pieces(&mut self, in_spec: bool) -> Result<Vec<Piece>, SyntaxError> {
        let mut pieces = Vec::new();
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let length = rest.find(['{', '}']).unwrap_or(rest.len());
            let span = Span::new(self.at, self.at + length);
            text.push_str(&unescaped(span.text(self.source), self.raw, false, span)?);
            self.at += length;
            let rest = self.rest();
            if rest.is_empty() || (in_spec && rest.starts_with('}')) {
                break;
            } else if !in_spec && (rest.starts_with("{{") || rest.starts_with("}}")) {
                text.push_str(rest.get(..1).unwrap_or(""));
                self.at += 2;
            } else if rest.starts_with('}') {
                return Err(self.error("single '}' is not allowed"));
            } else {
                if !text.is_empty() {
                    pieces.push(Piece::Text(std::mem::take(&mut text).into()));
                }
                self.field(&mut pieces)?;
            }
        }
        if !text.is_empty() {
            pieces.push(Piece::Text(text.into()));
        }
        Ok(pieces)
    }

    fn field(&mut self, pieces: &mut Vec<Piece>) -> Result<(), SyntaxError> {
        self.at += 1;
        let start = self.at;
        let length = expression_length(self.rest()).ok_or_else(|| self.error("expecting '}'"))?;
        let mut code = Span::new(start, start + length);
        self.at += length;
        let mut conversion = None;
        let shown = code.text(self.source);
        if shown.ends_with('=') && !shown.ends_with("==") {
            pieces.push(Piece::Text(shown.into()));
            code = Span::new(start, start + length - 1);
            conversion = Some('r');
        }
        if code.text(self.source).contains('\\') {
            return Err(self.error("expression part cannot include a backslash"));
        }
        if code.text(self.source).trim().is_empty() {
            return Err(self.error("empty expression not allowed"));
        }
        let value = Parser::nested(self.source, code, self.depth + 1)?.whole_expression()?;
        if let Some(after) = self.rest().strip_prefix('!') {
            conversion = after.chars().next().filter(|c| matches!(c, 's' | 'r' | 'a'));
            if conversion.is_none() {
                return Err(self.error("invalid conversion character: expected 's', 'r', or 'a'"));
            }
            self.at += 2;
        }
        let mut spec = Vec::new();
        if self.rest().starts_with(':') {
            self.at += 1;
            if self.depth > 8 {
                return Err(self.error("expressions nested too deeply"));
            }
            let reader = &mut FormatReader {
                source: self.source,
                at: self.at,
                end: self.end,
                raw: self.raw,
                depth: self.depth + 1,
            };
            spec = reader.pieces(true)?;
            self.at = reader.at;
            conversion = conversion.filter(|_| !shown.ends_with('='));
        }
        if !self.rest().starts_with('}') {
            return Err(self.error("expecting '}'"));
        }
        self.at += 1;
        pieces.push(Piece::Field { value, conversion, spec });
        Ok(())
    }
}

/// Length of the expression at the start of a field: up to `!r`, `:` or `}` outside of brackets and strings.
fn expression_length(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut depth = 0usize;
    let mut quote = None;
    for (at, byte) in bytes.iter().enumerate() {
        if let Some(open) = quote {
            if *byte == open {
                quote = None;
            }
            continue;
        }
        match byte {
            b'\'' | b'"' => quote = Some(*byte),
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' => depth = depth.checked_sub(1)?,
            b'}' if depth == 0 => return Some(at),
            b'}' => depth -= 1,
            b'!' if depth == 0 && bytes.get(at + 1) != Some(&b'=') => return Some(at),
            b':' if depth == 0 => return Some(at),
            b'#' => return None,
            _ => {}
        }
    }
    None
}
