//! Words that may stand at a place.

mod datafile;
mod query;
mod tag;
mod words;

use kinglet_diagnostic::Span;

use crate::document::{Document, Kind};
use crate::workspace::Workspace;

/// One word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The word.
    pub label: String,
    /// What it is, as the client's `CompletionKind`.
    pub kind: &'static str,
    /// A column's type, a function's signature.
    pub detail: String,
    /// What is written, where it is not the label.
    pub insert: String,
    /// Where in what is written the cursor goes, where it is not the end.
    pub caret: Option<usize>,
    /// A sentence or two.
    pub info: String,
    /// Higher stands first among words that match equally well.
    pub boost: i8,
}

impl Completion {
    fn new(label: impl Into<String>, kind: &'static str, boost: i8) -> Self {
        Self { label: label.into(), kind, boost, ..Self::default() }
    }

    fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    fn with_info(mut self, info: impl Into<String>) -> Self {
        self.info = info.into();
        self
    }

    /// A call: brackets are written too, the cursor between them where it takes arguments.
    fn called(mut self, has_arguments: bool) -> Self {
        self.insert = [&self.label, "()"].concat();
        self.caret = has_arguments.then_some(self.label.len() + 1);
        self
    }
}

/// Words that may take the place of a part of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completions {
    /// What they take the place of.
    pub span: Span,
    /// The words, in no particular order.
    pub items: Vec<Completion>,
}

/// Words that may stand at a byte offset; `None` where there are none, as in free text. The project may be
/// older than the text.
pub fn complete(workspace: &Workspace, document: &Document<'_>, offset: usize) -> Option<Completions> {
    let found = match document.kind() {
        Kind::Query => {
            let query = document.query_at(offset)?;
            query::complete(workspace, document, &query, offset)
        }
        Kind::Datafile(kind) => datafile::complete(workspace, document, kind, offset),
        Kind::Test | Kind::Other => None,
    };
    found.filter(|found| !found.items.is_empty())
}

/// The word around an offset: letters, digits and `_`.
fn word_around(text: &str, offset: usize) -> Span {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let before = text.get(..offset).unwrap_or("");
    let start = before.trim_end_matches(is_word).len();
    let after = text.get(offset..).unwrap_or("");
    let end = offset + (after.len() - after.trim_start_matches(is_word).len());
    Span::new(start, end)
}
