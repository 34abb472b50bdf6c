//! Exceptions: what a template can raise and catch.

use std::fmt;

use kinglet_diagnostic::Span;

use crate::Value;

/// An exception of a given class.
#[derive(Clone, Debug)]
pub(crate) struct Raised {
    pub(crate) class: &'static str,
    pub(crate) message: String,
    pub(crate) cause: Cause,
    pub(crate) span: Option<Span>,
}

/// What led to an exception, where the answer depends on it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cause {
    /// Python itself, or Tinybird's checks.
    Failure,
    /// A parameter without value and default.
    MissingParameter,
    /// `error()`.
    Error,
    /// `custom_error()`.
    Custom { body: Value, code: Value },
}

/// Why evaluation does not go on.
#[derive(Clone, Debug)]
pub(crate) enum Stop {
    Raised(Box<Raised>),
    /// A limit was reached; cannot be caught.
    Limit(&'static str),
}

/// Result of evaluating.
pub(crate) type Outcome<T> = Result<T, Stop>;

/// Name of the class whose text Tinybird starts with `Template Syntax Error: `.
pub(crate) const TEMPLATE_EXCEPTION: &str = "SQLTemplateException";

impl Raised {
    pub(crate) fn new(class: &'static str, message: impl Into<String>) -> Self {
        Self { class, message: message.into(), cause: Cause::Failure, span: None }
    }

    /// The exception's text.
    pub(crate) fn text(&self) -> String {
        self.to_string()
    }

    /// Whether the exception is caught by `except class`.
    pub(crate) fn is_a(&self, class: &str) -> bool {
        let mut current = Some(self.class);
        while let Some(name) = current {
            if name == class {
                return true;
            }
            current = parent(name);
        }
        false
    }
}

impl fmt::Display for Raised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.class == TEMPLATE_EXCEPTION {
            f.write_str("Template Syntax Error: ")?;
        }
        f.write_str(&self.message)
    }
}

impl From<Raised> for Stop {
    fn from(raised: Raised) -> Self {
        Self::Raised(Box::new(raised))
    }
}

impl Stop {
    fn raise<T>(class: &'static str, message: impl Into<String>) -> Outcome<T> {
        Err(Raised::new(class, message).into())
    }
}

/// Raises the exception of Tinybird's own checks.
pub(crate) fn template_error<T>(message: impl Into<String>) -> Outcome<T> {
    Stop::raise(TEMPLATE_EXCEPTION, message)
}

pub(crate) fn type_error<T>(message: impl Into<String>) -> Outcome<T> {
    Stop::raise("TypeError", message)
}

pub(crate) fn value_error<T>(message: impl Into<String>) -> Outcome<T> {
    Stop::raise("ValueError", message)
}

pub(crate) fn attribute_error<T>(class: &str, name: &str) -> Outcome<T> {
    Stop::raise("AttributeError", format!("'{class}' object has no attribute '{name}'"))
}

pub(crate) fn index_error<T>(message: impl Into<String>) -> Outcome<T> {
    Stop::raise("IndexError", message)
}

pub(crate) fn key_error<T>(key: impl Into<String>) -> Outcome<T> {
    Stop::raise("KeyError", key)
}

pub(crate) fn name_error<T>(message: impl Into<String>) -> Outcome<T> {
    Stop::raise("NameError", message)
}

pub(crate) fn unbound_error<T>(name: &str) -> Outcome<T> {
    Stop::raise(
        "UnboundLocalError",
        format!("cannot access local variable '{name}' where it is not associated with a value"),
    )
}

pub(crate) fn zero_division<T>(message: &str) -> Outcome<T> {
    Stop::raise("ZeroDivisionError", message)
}

pub(crate) fn overflow_error<T>(message: &str) -> Outcome<T> {
    Stop::raise("OverflowError", message)
}

pub(crate) fn stop_iteration<T>() -> Outcome<T> {
    Stop::raise("StopIteration", "")
}

/// Exception classes a template can name, each with the class it derives from.
const CLASSES: [(&str, &str); 39] = [
    ("Exception", "BaseException"),
    ("KeyboardInterrupt", "BaseException"),
    ("SystemExit", "BaseException"),
    ("GeneratorExit", "BaseException"),
    ("ArithmeticError", "Exception"),
    ("AssertionError", "Exception"),
    ("AttributeError", "Exception"),
    ("BufferError", "Exception"),
    ("EOFError", "Exception"),
    ("ImportError", "Exception"),
    ("LookupError", "Exception"),
    ("MemoryError", "Exception"),
    ("NameError", "Exception"),
    ("OSError", "Exception"),
    ("ReferenceError", "Exception"),
    ("RuntimeError", "Exception"),
    ("StopIteration", "Exception"),
    ("SyntaxError", "Exception"),
    ("SystemError", "Exception"),
    ("TypeError", "Exception"),
    ("ValueError", "Exception"),
    ("Warning", "Exception"),
    ("SQLTemplateCustomError", "Exception"),
    ("SQLTemplateException", "ValueError"),
    ("FloatingPointError", "ArithmeticError"),
    ("OverflowError", "ArithmeticError"),
    ("ZeroDivisionError", "ArithmeticError"),
    ("ModuleNotFoundError", "ImportError"),
    ("IndexError", "LookupError"),
    ("KeyError", "LookupError"),
    ("UnboundLocalError", "NameError"),
    ("NotImplementedError", "RuntimeError"),
    ("RecursionError", "RuntimeError"),
    ("IndentationError", "SyntaxError"),
    ("UnicodeError", "ValueError"),
    ("UnicodeDecodeError", "UnicodeError"),
    ("UnicodeEncodeError", "UnicodeError"),
    ("UserWarning", "Warning"),
    ("DeprecationWarning", "Warning"),
];

/// The class of that name, if it is an exception class that a template can name.
pub(crate) fn exception_class(name: &str) -> Option<&'static str> {
    if name == "BaseException" {
        return Some("BaseException");
    }
    CLASSES.iter().map(|(class, _)| *class).find(|class| *class == name && !class.starts_with("SQLTemplate"))
}

/// Whether a class is an exception class.
pub(crate) fn is_exception_class(name: &str) -> bool {
    name == "BaseException" || parent(name).is_some()
}

fn parent(name: &str) -> Option<&'static str> {
    CLASSES.iter().find(|(class, _)| *class == name).map(|(_, parent)| *parent)
}
