//! From a failure to ClickHouse's message.

use kinglet_diagnostic::{Diagnostic, LineIndex, Span};

use super::Parser;
use crate::token::{Token, TokenKind};

/// Code of diagnostics for text that does not follow the grammar (ClickHouse: 62, `SYNTAX_ERROR`).
pub(super) const SYNTAX: &str = "sql/syntax";
/// Code of diagnostics for text that is nested too deeply (ClickHouse: 306, `TOO_DEEP_RECURSION`).
const TOO_DEEP: &str = "sql/too-deep";

/// How ClickHouse calls a kind of token in its messages.
pub(super) fn token_name(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::OpenRound => "OpeningRoundBracket",
        TokenKind::CloseRound => "ClosingRoundBracket",
        TokenKind::OpenSquare => "OpeningSquareBracket",
        TokenKind::CloseSquare => "ClosingSquareBracket",
        TokenKind::OpenCurly => "OpeningCurlyBrace",
        TokenKind::CloseCurly => "ClosingCurlyBrace",
        TokenKind::Comma => "Comma",
        TokenKind::Colon => "Colon",
        TokenKind::Dot => "Dot",
        TokenKind::Equals => "Equals",
        TokenKind::Word => "identifier",
        TokenKind::Slash => "Slash",
        _ => "token",
    }
}

impl Parser<'_> {
    /// The diagnostic for the failure of what was read last.
    pub(crate) fn diagnostic(&mut self) -> Diagnostic {
        if let Some(span) = self.too_deep {
            let message = "Maximum parse depth exceeded: the query is nested too deeply";
            return Diagnostic::error(TOO_DEEP, span, message)
                .with_help("split it into subqueries of its own, with WITH or in separate nodes");
        }
        if let Some(error) = self.special_error.take() {
            return error;
        }
        let token = self.furthest_token();
        if let TokenKind::Error(error) = token.kind {
            return self.syntax_error(token, error.message().to_owned());
        }
        if let Some((bracket, reason)) = self.unmatched_bracket() {
            let is_open = matches!(bracket.kind, TokenKind::OpenRound | TokenKind::OpenSquare);
            let token = if is_open && bracket.span.start > token.span.start { bracket } else { token };
            let shown = if token.kind == TokenKind::End { bracket.span.start } else { token.span.start };
            return self.syntax_error_showing(
                token,
                shown as usize,
                format!("Unmatched parentheses: {reason}"),
            );
        }
        let reason = match self.expected.as_slice() {
            [] => "Unexpected text".to_owned(),
            [one] => format!("Expected {one}"),
            many => format!("Expected one of: {}", many.join(", ")),
        };
        self.syntax_error(token, reason)
    }

    fn furthest_token(&mut self) -> Token {
        let end = Token { kind: TokenKind::End, span: Span::at(self.text.len()) };
        self.token_at(self.furthest).unwrap_or(end)
    }

    fn syntax_error(&self, token: Token, reason: String) -> Diagnostic {
        self.syntax_error_showing(token, token.span.start as usize, reason)
    }

    /// The error at `token`, with the text from `from` on.
    fn syntax_error_showing(&self, token: Token, from: usize, reason: String) -> Diagnostic {
        let place = self.place(token.span.start as usize);
        let rest = self.text.get(from..).unwrap_or("");
        let rest = rest.split_once(';').map_or(rest, |(statement, _)| statement);
        let shown: String = rest.chars().take(160).collect();
        let more = if shown.len() < rest.len() { " ..." } else { "" };
        let found = match token.kind {
            TokenKind::End => "end of query",
            _ => token.span.text(self.text),
        };
        let message = format!(
            "Syntax error: failed at position {} ({found}){place}: {shown}{more}. {reason}",
            token.span.start + 1
        );
        Diagnostic::error(SYNTAX, token.span, message)
    }

    /// ` (line 2, col 3)` where the text has several lines.
    fn place(&self, offset: usize) -> String {
        if !self.text.contains('\n') {
            return String::new();
        }
        let at = LineIndex::new(self.text).bytes(offset);
        format!(" (line {}, col {})", at.line + 1, at.column + 1)
    }

    /// The token at an index.
    fn token_at(&mut self, index: usize) -> Option<Token> {
        match index.checked_sub(self.at) {
            Some(ahead) => Some(self.token(ahead)),
            None => self.tokens.get(index).copied(),
        }
    }

    /// The first bracket of the statement without a partner, and what is wrong with it.
    fn unmatched_bracket(&mut self) -> Option<(Token, String)> {
        let mut open: Vec<Token> = Vec::new();
        let mut index = self.start;
        loop {
            let token = self.token_at(index)?;
            let shown = format!(
                "'{}' at position {}{}",
                token.span.text(self.text),
                token.span.start + 1,
                self.place(token.span.start as usize)
            );
            match token.kind {
                TokenKind::OpenRound | TokenKind::OpenSquare => open.push(token),
                TokenKind::CloseRound | TokenKind::CloseSquare => match open.pop() {
                    None => return Some((token, format!("{shown} has no matching opening bracket"))),
                    Some(last)
                        if (last.kind == TokenKind::OpenRound) != (token.kind == TokenKind::CloseRound) =>
                    {
                        let text = last.span.text(self.text);
                        let at = last.span.start + 1;
                        return Some((token, format!("{shown} does not match '{text}' at position {at}")));
                    }
                    Some(_) => {}
                },
                TokenKind::End | TokenKind::Semicolon => {
                    let last = open.pop()?;
                    let text = last.span.text(self.text);
                    let at = last.span.start + 1;
                    let place = self.place(last.span.start as usize);
                    return Some((last, format!("'{text}' at position {at}{place} is never closed")));
                }
                _ => {}
            }
            index += 1;
        }
    }
}
