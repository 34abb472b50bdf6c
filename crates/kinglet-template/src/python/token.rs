//! Python text to tokens.

use std::sync::Arc;

use kinglet_diagnostic::Span;

use super::SyntaxError;

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TokenKind {
    /// An identifier or keyword, normalised.
    Name(Arc<str>),
    /// A number, as written.
    Number,
    /// A string literal with prefix and quotes, as written.
    String,
    /// An operator or delimiter.
    Op(&'static str),
    /// A line end outside of brackets.
    Newline,
    /// A comment outside of brackets.
    Comment,
    /// The end of the text.
    End,
}

/// A token and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

/// Longest first, so that the first match is the right one.
const OPERATORS: [&str; 47] = [
    "**=", "//=", ">>=", "<<=", "...", "**", "//", "<<", ">>", "<=", ">=", "==", "!=", "->", ":=", "+=",
    "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", "+", "-", "*", "/", "%", "@", "<", ">", "&", "|", "^",
    "~", "(", ")", "[", "]", "{", "}", ",", ":", ".", ";", "=",
];

/// Splits `source[span]` into tokens, ending with [`TokenKind::End`]. With `nested` it is read as inside of brackets.
pub(super) fn tokenize(source: &str, span: Span, nested: bool) -> Result<Vec<Token>, SyntaxError> {
    let mut lexer = Lexer {
        source,
        at: span.start as usize,
        end: span.end as usize,
        open: Vec::new(),
        nested,
        tokens: Vec::new(),
    };
    while lexer.step()? {}
    if let Some((bracket, at)) = lexer.open.pop() {
        return Err(SyntaxError::new(Span::new(at, at + 1), format!("'{bracket}' was never closed")));
    }
    lexer.push(TokenKind::End, lexer.end, lexer.end);
    Ok(lexer.tokens)
}

struct Lexer<'a> {
    source: &'a str,
    at: usize,
    end: usize,
    open: Vec<(char, usize)>,
    nested: bool,
    tokens: Vec<Token>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        self.source.get(self.at..self.end).unwrap_or("")
    }

    fn push(&mut self, kind: TokenKind, start: usize, end: usize) {
        self.tokens.push(Token { kind, span: Span::new(start, end) });
        self.at = end;
    }

    fn step(&mut self) -> Result<bool, SyntaxError> {
        let rest = self.rest();
        let Some(first) = rest.chars().next() else { return Ok(false) };
        let start = self.at;
        let inside = self.nested || !self.open.is_empty();
        match first {
            ' ' | '\t' | '\x0c' => self.at += 1,
            '\r' if rest.starts_with("\r\n") => self.at += 1,
            '\n' | '\r' if inside => self.at += 1,
            '\n' | '\r' => self.push(TokenKind::Newline, start, start + 1),
            '\\' => self.continuation(start)?,
            '#' => {
                let length = rest.find('\n').unwrap_or(rest.len());
                if inside {
                    self.at += length;
                } else {
                    self.push(TokenKind::Comment, start, start + length);
                }
            }
            '0'..='9' => self.number(start)?,
            '.' if rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit) => self.number(start)?,
            '"' | '\'' => self.string(start, 0)?,
            c if c == '_' || c.is_alphabetic() => self.name(start)?,
            _ => self.operator(start, first)?,
        }
        Ok(true)
    }

    fn continuation(&mut self, start: usize) -> Result<(), SyntaxError> {
        let rest = self.rest();
        let length = if rest.starts_with("\\\r\n") {
            3
        } else if rest.starts_with("\\\n") {
            2
        } else {
            let message = "unexpected character after line continuation character";
            return Err(SyntaxError::new(Span::new(start, start + 1), message));
        };
        if rest.len() == length {
            return Err(SyntaxError::new(Span::new(start, start + length), "unexpected EOF while parsing"));
        }
        self.at += length;
        Ok(())
    }

    fn name(&mut self, start: usize) -> Result<(), SyntaxError> {
        let rest = self.rest();
        let length = rest.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or("");
        if matches!(rest.as_bytes().get(length), Some(b'\'' | b'"')) && is_string_prefix(word) {
            return self.string(start, length);
        }
        self.push(TokenKind::Name(normalised(word)), start, start + length);
        Ok(())
    }

    fn string(&mut self, start: usize, prefix: usize) -> Result<(), SyntaxError> {
        let rest = self.rest();
        let body = rest.get(prefix..).unwrap_or("");
        let quote = body.as_bytes().first().copied().unwrap_or(b'\'');
        let triple = body.as_bytes().get(..3).is_some_and(|three| three.iter().all(|byte| *byte == quote));
        let opening = if triple { 3 } else { 1 };
        let bytes = body.as_bytes();
        let mut at = opening;
        loop {
            match bytes.get(at) {
                None => return Err(unterminated(start, self.end, triple)),
                Some(b'\n') if !triple => return Err(unterminated(start, self.end, triple)),
                Some(b'\\') => at += 2,
                Some(byte) if *byte == quote => {
                    let run = bytes.get(at..at + opening).is_some_and(|run| run.iter().all(|b| *b == quote));
                    if run {
                        break;
                    }
                    at += 1;
                }
                Some(_) => at += 1,
            }
        }
        self.push(TokenKind::String, start, start + prefix + at + opening);
        Ok(())
    }

    fn number(&mut self, start: usize) -> Result<(), SyntaxError> {
        let rest = self.rest();
        let length = number_length(rest);
        let after = rest.get(length..).unwrap_or("");
        let word = after.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(after.len());
        let word = after.get(..word).unwrap_or("");
        let keyword =
            ["and", "else", "for", "if", "in", "is", "or", "not"].iter().any(|known| word.starts_with(known));
        if !word.is_empty() && !keyword {
            return Err(SyntaxError::new(Span::new(start, start + length), "invalid decimal literal"));
        }
        self.push(TokenKind::Number, start, start + length);
        Ok(())
    }

    fn operator(&mut self, start: usize, first: char) -> Result<(), SyntaxError> {
        let rest = self.rest();
        let Some(operator) = OPERATORS.iter().find(|operator| rest.starts_with(**operator)) else {
            return Err(SyntaxError::invalid(Span::new(start, start + first.len_utf8())));
        };
        match *operator {
            "(" | "[" | "{" => {
                if self.open.len() >= 200 {
                    return Err(SyntaxError::new(Span::new(start, start + 1), "too many nested parentheses"));
                }
                self.open.push((first, start));
            }
            ")" | "]" | "}" => {
                let opening = match first {
                    ')' => '(',
                    ']' => '[',
                    _ => '{',
                };
                match self.open.pop() {
                    Some((open, _)) if open == opening => {}
                    Some((open, _)) => {
                        let message = format!(
                            "closing parenthesis '{first}' does not match opening parenthesis '{open}'"
                        );
                        return Err(SyntaxError::new(Span::new(start, start + 1), message));
                    }
                    None => {
                        return Err(SyntaxError::new(
                            Span::new(start, start + 1),
                            format!("unmatched '{first}'"),
                        ));
                    }
                }
            }
            _ => {}
        }
        self.push(TokenKind::Op(operator), start, start + operator.len());
        Ok(())
    }
}

fn unterminated(start: usize, end: usize, triple: bool) -> SyntaxError {
    let what =
        if triple { "unterminated triple-quoted string literal" } else { "unterminated string literal" };
    SyntaxError::new(Span::new(start, end), format!("{what} (detected at line 1)"))
}

/// Length of the number at the start of `text`.
fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = |mut at: usize, accept: fn(&u8) -> bool| {
        while bytes
            .get(at)
            .is_some_and(|b| accept(b) || (*b == b'_' && bytes.get(at + 1).is_some_and(accept)))
        {
            at += 1;
        }
        at
    };
    let radix: Option<fn(&u8) -> bool> = match bytes.get(..2) {
        Some(b"0x" | b"0X") => Some(u8::is_ascii_hexdigit),
        Some(b"0o" | b"0O") => Some(|b| (b'0'..=b'7').contains(b)),
        Some(b"0b" | b"0B") => Some(|b| matches!(b, b'0' | b'1')),
        _ => None,
    };
    if let Some(accept) = radix {
        return digits(2, accept);
    }
    let mut at = digits(0, u8::is_ascii_digit);
    if bytes.get(at) == Some(&b'.') {
        at += 1;
        if bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at = digits(at, u8::is_ascii_digit);
        }
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        if bytes.get(at + 1 + sign).is_some_and(u8::is_ascii_digit) {
            at = digits(at + 1 + sign, u8::is_ascii_digit);
        }
    }
    if matches!(bytes.get(at), Some(b'j' | b'J')) {
        at += 1;
    }
    at
}

fn is_string_prefix(word: &str) -> bool {
    ["r", "b", "u", "f", "fr", "rf", "br", "rb"].iter().any(|prefix| word.eq_ignore_ascii_case(prefix))
}

/// Identifiers compare after compatibility normalisation; full-width forms are the ones that occur.
fn normalised(word: &str) -> Arc<str> {
    if word.is_ascii() {
        return word.into();
    }
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    };
    word.chars().map(narrow).collect::<String>().into()
}
