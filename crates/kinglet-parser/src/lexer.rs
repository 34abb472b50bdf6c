//! Text to tokens.

use kinglet_diagnostic::Span;

use crate::token::{LexicalError, Token, TokenKind};

/// Reads tokens one after the other; white space is skipped, comments are answered.
pub(crate) struct Lexer<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    previous: TokenKind,
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, bytes: text.as_bytes(), at: 0, previous: TokenKind::End }
    }

    /// The next token that is no comment.
    pub(crate) fn next_significant(&mut self) -> Token {
        loop {
            let token = self.next_token();
            if token.kind != TokenKind::Comment {
                return token;
            }
        }
    }

    /// The next token, comments included. At the end, and ever after, it is [`TokenKind::End`].
    pub(crate) fn next_token(&mut self) -> Token {
        self.skip_space();
        let start = self.at;
        let Some(first) = self.peek(0) else {
            return Token { kind: TokenKind::End, span: Span::at(start) };
        };
        let kind = self.read(first);
        if kind != TokenKind::Comment {
            self.previous = kind;
        }
        Token { kind, span: Span::new(start, self.at) }
    }

    fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or(&[])
    }

    fn skip_space(&mut self) {
        while let Some(byte) = self.peek(0) {
            if matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C) {
                self.at += 1;
            } else if byte >= 0x80 {
                match self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
                    Some(c) if is_unicode_space(c) => self.at += c.len_utf8(),
                    _ => return,
                }
            } else {
                return;
            }
        }
    }

    /// Takes `length` bytes as a token of `kind`.
    fn take(&mut self, length: usize, kind: TokenKind) -> TokenKind {
        self.at += length;
        kind
    }

    fn read(&mut self, first: u8) -> TokenKind {
        match first {
            b'0'..=b'9' => self.number(),
            b'\'' => self.quoted(b'\'', TokenKind::String, LexicalError::UnclosedString),
            b'`' => self.quoted(b'`', TokenKind::QuotedIdentifier, LexicalError::UnclosedBackticks),
            b'"' => self.quoted(b'"', TokenKind::QuotedIdentifier, LexicalError::UnclosedDoubleQuotes),
            b'x' | b'X' | b'b' | b'B' if self.peek(1) == Some(b'\'') => self.prefixed_string(),
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.word(),
            b'$' => self.dollar(),
            b'.' => self.dot(),
            b'-' => self.minus(),
            b'/' => self.slash(),
            b'#' => self.hash(),
            0x80.. => self.non_ascii(),
            _ => self.punctuation(first),
        }
    }

    fn punctuation(&mut self, first: u8) -> TokenKind {
        use TokenKind as K;
        let second = self.peek(1);
        match (first, second) {
            (b'(', _) => self.take(1, K::OpenRound),
            (b')', _) => self.take(1, K::CloseRound),
            (b'[', _) => self.take(1, K::OpenSquare),
            (b']', _) => self.take(1, K::CloseSquare),
            (b'{', _) => self.take(1, K::OpenCurly),
            (b'}', _) => self.take(1, K::CloseCurly),
            (b',', _) => self.take(1, K::Comma),
            (b';', _) => self.take(1, K::Semicolon),
            (b'*', _) => self.take(1, K::Asterisk),
            (b'+', _) => self.take(1, K::Plus),
            (b'%', _) => self.take(1, K::Percent),
            (b'^', _) => self.take(1, K::Caret),
            (b'?', _) => self.take(1, K::QuestionMark),
            (b':', Some(b':')) => self.take(2, K::DoubleColon),
            (b':', _) => self.take(1, K::Colon),
            (b'=', Some(b'=')) => self.take(2, K::DoubleEquals),
            (b'=', _) => self.take(1, K::Equals),
            (b'!', Some(b'=')) => self.take(2, K::NotEquals),
            (b'!', Some(b'~')) if self.peek(2) == Some(b'*') => self.take(3, K::NotIMatch),
            (b'!', Some(b'~')) => self.take(2, K::NotMatch),
            (b'~', Some(b'*')) => self.take(2, K::IMatch),
            (b'~', _) => self.take(1, K::Match),
            (b'!', _) => self.take(1, K::Error(LexicalError::LoneExclamationMark)),
            (b'<', Some(b'=')) if self.peek(2) == Some(b'>') => self.take(3, K::Spaceship),
            (b'<', Some(b'=')) => self.take(2, K::LessOrEquals),
            (b'<', Some(b'>')) => self.take(2, K::AngleNotEquals),
            (b'<', _) => self.take(1, K::Less),
            (b'>', Some(b'=')) => self.take(2, K::GreaterOrEquals),
            (b'>', _) => self.take(1, K::Greater),
            (b'|', Some(b'|')) => self.take(2, K::Concatenation),
            (b'|', Some(b'>')) => self.take(2, K::PipeArrow),
            (b'|', _) => self.take(1, K::Pipe),
            (b'@', Some(b'@')) => self.take(2, K::DoubleAt),
            (b'@', _) => self.take(1, K::At),
            (b'\\', Some(b'G')) => self.take(2, K::VerticalDelimiter),
            _ => self.take(1, K::Error(LexicalError::UnknownCharacter)),
        }
    }

    fn word(&mut self) -> TokenKind {
        self.at += self.rest().iter().take_while(|byte| is_word(**byte)).count();
        TokenKind::Word
    }

    /// A number. After a dot only digits are taken, so that `t.1.2` are two tuple accesses.
    fn number(&mut self) -> TokenKind {
        let start = self.at;
        let after_dot = self.previous == TokenKind::Dot;
        let hex = matches!(self.rest(), [b'0', b'x' | b'X', digit, ..] if digit.is_ascii_hexdigit());
        let binary = matches!(self.rest(), [b'0', b'b' | b'B', b'0' | b'1', ..]);
        if after_dot {
            self.digits(u8::is_ascii_digit);
        } else if hex || binary {
            self.at += 2;
            self.digits(if hex { u8::is_ascii_hexdigit } else { u8::is_ascii_digit });
            self.fraction_and_exponent(hex);
        } else {
            self.digits(u8::is_ascii_digit);
            self.fraction_and_exponent(false);
        }
        self.end_number(start)
    }

    fn digits(&mut self, is_digit: fn(&u8) -> bool) {
        let mut separated = true;
        while let Some(byte) = self.peek(0) {
            let separator = byte == b'_' && !separated && self.peek(1).is_some_and(|next| is_digit(&next));
            if !is_digit(&byte) && !separator {
                return;
            }
            separated = separator;
            self.at += 1;
        }
    }

    fn fraction_and_exponent(&mut self, hex: bool) {
        let is_digit = if hex { u8::is_ascii_hexdigit } else { u8::is_ascii_digit };
        if self.peek(0) == Some(b'.') {
            self.at += 1;
            self.digits(is_digit);
        }
        let mark = if hex { [b'p', b'P'] } else { [b'e', b'E'] };
        let Some(byte) = self.peek(0).filter(|byte| mark.contains(byte)) else { return };
        debug_assert!(mark.contains(&byte));
        let sign = usize::from(matches!(self.peek(1), Some(b'+' | b'-')));
        if self.peek(1 + sign).is_some_and(|digit| digit.is_ascii_digit()) || sign == 1 {
            self.at += 1 + sign;
            self.digits(u8::is_ascii_digit);
        }
    }

    /// What starts with a digit but goes on as a word is a word (`1a`), unless it has a point.
    fn end_number(&mut self, start: usize) -> TokenKind {
        // A word that starts like a number has no dollar signs.
        let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let length = self.rest().iter().take_while(|byte| is_plain(byte)).count();
        if length == 0 {
            return TokenKind::Number;
        }
        self.at += length;
        let all_word = self.bytes.get(start..self.at).is_some_and(|part| part.iter().all(is_plain));
        if all_word { TokenKind::Word } else { TokenKind::Error(LexicalError::WrongNumber) }
    }

    /// Text between quotes, where a backslash escapes and a doubled quote stands for itself.
    fn quoted(&mut self, quote: u8, kind: TokenKind, unclosed: LexicalError) -> TokenKind {
        self.at += 1;
        loop {
            match self.peek(0) {
                None => return TokenKind::Error(unclosed),
                Some(b'\\') => self.at = (self.at + 2).min(self.bytes.len()),
                Some(byte) if byte == quote => {
                    self.at += 1;
                    if self.peek(0) != Some(quote) {
                        return kind;
                    }
                    self.at += 1;
                }
                Some(_) => self.at += 1,
            }
        }
    }

    /// `x'41'` and `b'01'`; when their content is something else, the prefix is a word of its own.
    fn prefixed_string(&mut self) -> TokenKind {
        let hex = matches!(self.peek(0), Some(b'x' | b'X'));
        let content = self.rest().get(2..).unwrap_or(&[]);
        let is_digit = |byte: &&u8| if hex { byte.is_ascii_hexdigit() } else { matches!(byte, b'0' | b'1') };
        let length = content.iter().take_while(is_digit).count();
        if content.get(length) == Some(&b'\'') {
            return self.take(length + 3, TokenKind::String);
        }
        self.word()
    }

    fn dollar(&mut self) -> TokenKind {
        let rest = self.rest();
        let tag =
            rest.iter().skip(1).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
        if rest.get(tag + 1) == Some(&b'$') {
            let mark = rest.get(..tag + 2).unwrap_or(&[]);
            let body = rest.get(tag + 2..).unwrap_or(&[]);
            if let Some(length) = find(body, mark) {
                return self.take(length + 2 * mark.len(), TokenKind::HereDoc);
            }
        }
        if self.peek(1).is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return self.word();
        }
        self.take(1, TokenKind::Dollar)
    }

    /// A dot is the start of a number only where no name, bracket or number stands before it.
    fn dot(&mut self) -> TokenKind {
        use TokenKind as K;
        let follows_operand = matches!(
            self.previous,
            K::CloseRound | K::CloseSquare | K::Word | K::QuotedIdentifier | K::Number
        );
        if follows_operand || self.at == 0 || !self.peek(1).is_some_and(|byte| byte.is_ascii_digit()) {
            return self.take(1, K::Dot);
        }
        let start = self.at;
        self.fraction_and_exponent(false);
        self.end_number(start)
    }

    fn minus(&mut self) -> TokenKind {
        match self.peek(1) {
            Some(b'-') => self.line_comment(),
            Some(b'>') => self.take(2, TokenKind::Arrow),
            _ => self.take(1, TokenKind::Minus),
        }
    }

    fn hash(&mut self) -> TokenKind {
        match self.peek(1) {
            Some(b' ' | b'!') => self.line_comment(),
            _ => self.take(1, TokenKind::Error(LexicalError::UnknownCharacter)),
        }
    }

    fn line_comment(&mut self) -> TokenKind {
        self.at += self.rest().iter().take_while(|byte| **byte != b'\n').count();
        TokenKind::Comment
    }

    fn slash(&mut self) -> TokenKind {
        if self.peek(1) != Some(b'*') {
            return self.take(1, TokenKind::Slash);
        }
        self.at += 2;
        let mut open = 1usize;
        while open > 0 {
            match (self.peek(0), self.peek(1)) {
                (Some(b'*'), Some(b'/')) => {
                    open -= 1;
                    self.at += 2;
                }
                (Some(b'/'), Some(b'*')) => {
                    open += 1;
                    self.at += 2;
                }
                (Some(_), _) => self.at += 1,
                (None, _) => return TokenKind::Error(LexicalError::UnclosedComment),
            }
        }
        TokenKind::Comment
    }

    /// Curly quotes, the mathematical minus; anything else is unknown.
    fn non_ascii(&mut self) -> TokenKind {
        let rest = self.text.get(self.at..).unwrap_or("");
        let first = rest.chars().next();
        let (close, kind, unclosed) = match first {
            Some('‘') => ('’', TokenKind::String, LexicalError::UnclosedString),
            Some('“') => ('”', TokenKind::QuotedIdentifier, LexicalError::UnclosedDoubleQuotes),
            Some('−') => return self.take('−'.len_utf8(), TokenKind::Minus),
            other => {
                let length = other.map_or(1, char::len_utf8);
                return self.take(length, TokenKind::Error(LexicalError::UnknownCharacter));
            }
        };
        match rest.find(close) {
            Some(length) => self.take(length + close.len_utf8(), kind),
            None => self.take(rest.len(), TokenKind::Error(unclosed)),
        }
    }
}

/// Whether a byte may stand inside an unquoted word.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$'
}

fn is_unicode_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{180E}')
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len().max(1)).position(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<TokenKind> {
        let mut lexer = Lexer::new(text);
        let mut found = Vec::new();
        loop {
            let token = lexer.next_token();
            if token.kind == TokenKind::End {
                return found;
            }
            found.push(token.kind);
        }
    }

    #[test]
    fn a_dot_after_a_name_is_no_number() {
        use TokenKind as K;
        assert_eq!(kinds("t.1.2"), [K::Word, K::Dot, K::Number, K::Dot, K::Number]);
        assert_eq!(kinds("(.5)"), [K::OpenRound, K::Number, K::CloseRound]);
        assert_eq!(kinds("1.5e-3"), [K::Number]);
    }

    #[test]
    fn words_may_start_with_digits() {
        assert_eq!(
            kinds("1a 0xFF 0b11 1_000"),
            [TokenKind::Word, TokenKind::Number, TokenKind::Number, TokenKind::Number]
        );
    }

    #[test]
    fn comments_nest_and_unclosed_text_is_an_error() {
        assert_eq!(
            kinds("/* a /* b */ c */ 1 -- x"),
            [TokenKind::Comment, TokenKind::Number, TokenKind::Comment]
        );
        assert_eq!(kinds("'a\\'"), [TokenKind::Error(LexicalError::UnclosedString)]);
        assert_eq!(kinds("/* /* */"), [TokenKind::Error(LexicalError::UnclosedComment)]);
    }

    #[test]
    fn here_documents_need_their_tag() {
        assert_eq!(kinds("$a$ x $$ $a$"), [TokenKind::HereDoc]);
        assert_eq!(kinds("a$b"), [TokenKind::Word]);
    }
}
