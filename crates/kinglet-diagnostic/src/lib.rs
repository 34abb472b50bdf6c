//! Spans, severities, diagnostics and line indexes shared by every language crate.
//!
//! A parser of Kinglet never fails: it returns a value together with a list of [`Diagnostic`]s.
//! Positions are byte offsets into UTF-8 text; [`LineIndex`] turns them into lines and columns for
//! people and into UTF-16 positions for editors.

mod diagnostic;
mod line_index;
mod span;

pub use diagnostic::{Diagnostic, Label, Severity};
pub use line_index::{LineColumn, LineIndex};
pub use span::Span;
