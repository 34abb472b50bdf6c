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
        if let Some(open) = self.unmatched_bracket() {
            let text = open.span.text(self.text).to_owned();
            return self.syntax_error(open, format!("Unmatched parentheses: {text}"));
        }
        let reason = match self.expected.as_slice() {
            [] => "Unexpected text".to_owned(),
            [one] => format!("Expected {one}"),
            many => format!("Expected one of: {}", many.join(", ")),
        };
        self.syntax_error(token, reason)
    }

    fn furthest_token(&mut self) -> Token {
        let ahead = self.furthest.saturating_sub(self.at);
        if self.furthest >= self.at {
            return self.token(ahead);
        }
        let end = Token { kind: TokenKind::End, span: Span::at(self.text.len()) };
        self.tokens.get(self.furthest).copied().unwrap_or(end)
    }

    fn syntax_error(&self, token: Token, reason: String) -> Diagnostic {
        let offset = token.span.start as usize;
        let position = offset + 1;
        let place = if self.text.contains('\n') {
            let at = LineIndex::new(self.text).bytes(offset);
            format!(" (line {}, col {})", at.line + 1, at.column + 1)
        } else {
            String::new()
        };
        let rest = self.text.get(offset..).unwrap_or("");
        let rest = rest.split_once(';').map_or(rest, |(statement, _)| statement);
        let shown: String = rest.chars().take(160).collect();
        let shown = if shown.len() < rest.len() { format!("{shown} ...") } else { shown };
        let message = match token.kind {
            TokenKind::End => {
                format!("Syntax error: failed at position {position} (end of query){place}: . {reason}")
            }
            _ => {
                let text = token.span.text(self.text);
                format!("Syntax error: failed at position {position} ({text}){place}: {shown}. {reason}")
            }
        };
        Diagnostic::error(SYNTAX, token.span, message)
    }

    /// The first bracket of the statement without a partner.
    fn unmatched_bracket(&mut self) -> Option<Token> {
        let mut open: Vec<Token> = Vec::new();
        let mut index = self.start;
        loop {
            let ahead = index as isize - self.at as isize;
            let token =
                if ahead >= 0 { self.token(ahead as usize) } else { self.tokens.get(index).copied()? };
            match token.kind {
                TokenKind::OpenRound | TokenKind::OpenSquare => open.push(token),
                TokenKind::CloseRound | TokenKind::CloseSquare => {
                    let partner = if token.kind == TokenKind::CloseRound {
                        TokenKind::OpenRound
                    } else {
                        TokenKind::OpenSquare
                    };
                    match open.pop() {
                        None => return Some(token),
                        Some(last) if last.kind != partner => return Some(last),
                        Some(_) => {}
                    }
                }
                TokenKind::End | TokenKind::Semicolon => return open.first().copied(),
                _ => {}
            }
            index += 1;
        }
    }
}
