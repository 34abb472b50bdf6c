//! The part of Python that templates are written in: text to syntax trees.

pub(crate) mod ast;
pub(crate) mod check;
mod code;
mod literal;
mod parse;
mod token;
pub(crate) mod walk;

pub(crate) use code::{Handler, Refusal, Statement, condition, expression, handler, loop_head, statement};

use kinglet_diagnostic::Span;

/// Replaces the escape sequences of a string literal's text.
pub(crate) fn unescape(text: &str) -> Option<std::sync::Arc<str>> {
    literal::unescaped(text, false, false, Span::at(0)).ok()
}

/// Python text that cannot be read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SyntaxError {
    pub(crate) message: String,
    pub(crate) span: Span,
}

impl SyntaxError {
    pub(crate) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { message: message.into(), span }
    }

    pub(crate) fn invalid(span: Span) -> Self {
        Self::new(span, "invalid syntax")
    }
}
