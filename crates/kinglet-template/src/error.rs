//! Why a template could not be rendered.

use std::fmt;

use kinglet_diagnostic::{Diagnostic, Span};

use crate::Value;

/// What kind of failure it is; decides the HTTP status.
#[derive(Clone, Debug, PartialEq)]
pub enum ErrorKind {
    /// The template text itself is wrong: tags, Python syntax, something that is not allowed. Independent of
    /// parameters.
    Syntax,
    /// Parameters without a value or a default.
    MissingParameter {
        /// Every parameter of the template without a default, not only the first one missed.
        names: Vec<String>,
    },
    /// A value was refused, or an operation failed while rendering.
    Evaluation,
    /// `error(message)`.
    Error,
    /// `custom_error(body, code)`.
    CustomError {
        /// Status code as given: an integer, or whatever else the template passed.
        code: Value,
        /// The body to answer with.
        body: Value,
    },
    /// One of the [`Limits`](crate::Limits) was reached.
    Limit,
}

/// A template that could not be rendered.
#[derive(Clone, Debug, PartialEq)]
pub struct RenderError {
    /// The text to show, worded as Tinybird words it.
    pub message: String,
    /// Bytes of the template that caused it, as far as known.
    pub span: Span,
    /// What kind of failure.
    pub kind: ErrorKind,
}

impl RenderError {
    pub(crate) fn new(kind: ErrorKind, span: Span, message: impl Into<String>) -> Self {
        Self { message: message.into(), span, kind }
    }

    pub(crate) fn syntax(span: Span, message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Syntax, span, message)
    }

    /// HTTP status to answer with: the code of `custom_error` where it is a valid status, otherwise 400.
    pub fn status(&self) -> u16 {
        let code = match &self.kind {
            ErrorKind::CustomError { code: Value::Int(code), .. } => u16::try_from(*code).ok(),
            ErrorKind::CustomError { code: Value::String(code), .. } => code.trim().parse().ok(),
            _ => None,
        };
        code.filter(|code| (100..=599).contains(code)).unwrap_or(400)
    }

    /// The failure as a finding about the template text.
    pub fn to_diagnostic(&self) -> Diagnostic {
        let code = match self.kind {
            ErrorKind::Syntax => "template/syntax",
            ErrorKind::MissingParameter { .. } => "template/missing-parameter",
            ErrorKind::Evaluation => "template/evaluation",
            ErrorKind::Error | ErrorKind::CustomError { .. } => "template/error",
            ErrorKind::Limit => "template/limit",
        };
        Diagnostic::error(code, self.span, self.message.clone())
    }
}

impl fmt::Display for RenderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for RenderError {}
