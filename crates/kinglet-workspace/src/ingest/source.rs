//! Where values come from: JSON text and ClickHouse literals, read by pulling.

mod json;
mod literal;

pub(crate) use json::Json;
pub(crate) use literal::Literal;
use std::borrow::Cow;

/// Deepest nesting that is read.
pub(crate) const MAX_DEPTH: usize = 128;

/// What kind of value comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `null`.
    Null,
    /// A string, number or truth value.
    Scalar,
    /// `[…]`; in literals also `(…)`.
    List,
    /// `{…}` of keys and values.
    Keyed,
}

/// A text that cannot be read further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed {
    /// Byte offset in the text.
    pub(crate) at: usize,
    /// What was expected, or found amiss.
    pub(crate) reason: &'static str,
}

/// A cursor over a text of nested values.
pub(crate) trait Source {
    /// The kind of the value that comes next.
    fn shape(&mut self) -> Result<Shape, Malformed>;

    /// Reads a scalar's text, unquoted; `null` reads as empty. Also reads keys.
    fn scalar(&mut self) -> Result<Cow<'_, [u8]>, Malformed>;

    /// Skips the value that comes next, returning its text.
    fn raw(&mut self) -> Result<&[u8], Malformed>;

    /// Enters the list or keyed value that comes next.
    fn enter(&mut self) -> Result<(), Malformed>;

    /// Moves on to the next element or key; false, leaving the value, when there is none.
    fn next(&mut self) -> Result<bool, Malformed>;

    /// Moves from a key to its value.
    fn after_key(&mut self) -> Result<(), Malformed>;
}
