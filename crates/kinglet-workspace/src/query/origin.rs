//! Where the text of a query comes from, so that an error in it points to where it was written.

use crate::error::ErrorPlace;
use crate::resource::Project;
use kinglet_diagnostic::{LineIndex, Span};
use kinglet_template::SourceMap;

/// A query as it is bound, and the way back.
#[derive(Debug)]
pub(super) struct Origin {
    /// The query as it is bound.
    pub(super) bound: String,
    /// How tables in it were marked.
    pub(super) edits: Vec<Edit>,
    /// The way to the template; `None` where there is none.
    pub(super) map: Option<SourceMap>,
    pub(super) source: Source,
}

/// Where a query was written.
#[derive(Debug)]
pub(super) enum Source {
    /// In a node of a pipe.
    Node {
        /// The pipe.
        pipe: String,
        /// The node.
        node: String,
    },
    /// It was sent.
    Sent(String),
}

/// A change of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// Where in the text before, in bytes.
    pub(super) at: usize,
    /// Bytes that went there.
    pub(super) removed: usize,
    /// Bytes that came there.
    pub(super) added: usize,
}

/// The offset in the text before edits of an offset in the text after them.
fn unmarked(edits: &[Edit], offset: usize) -> usize {
    // Bytes that came and that went before the offset.
    let (mut added, mut removed) = (0, 0);
    for edit in edits {
        let start = edit.at + added - removed;
        if offset <= start {
            break;
        }
        if offset < start + edit.added {
            return edit.at;
        }
        added += edit.added;
        removed += edit.removed;
    }
    (offset + removed).saturating_sub(added)
}

impl Origin {
    /// The place where a span of the bound query was written.
    pub(super) fn place(&self, span: Span, project: &Project) -> Option<ErrorPlace> {
        let [start, end] = [span.start, span.end].map(|at| unmarked(&self.edits, at as usize));
        let span = Span::new(start, end);
        let span = match &self.map {
            Some(map) => map.template_range(span)?,
            None => span,
        };
        let (file, text, span) = match &self.source {
            Source::Sent(text) => (None, text, span),
            Source::Node { pipe, node } => {
                let (path, span) = project.pipes.get(pipe)?.file_place(node, span)?;
                (Some(path.to_owned()), project.files.get(path)?, span)
            }
        };
        let at = LineIndex::new(text).utf16(text, span.start as usize);
        Some(ErrorPlace { file, line: at.line + 1, column: at.column + 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_marks_added_is_taken_away() {
        // `SELECT * FROM a JOIN b` with marks before both tables, the second in the place of a database.
        let edits = [Edit { at: 14, removed: 0, added: 4 }, Edit { at: 21, removed: 3, added: 5 }];
        let back: Vec<usize> = [0, 14, 15, 18, 24, 25, 26, 30, 40].map(|at| unmarked(&edits, at)).to_vec();
        assert_eq!(back, [0, 14, 14, 14, 20, 21, 21, 24, 34]);
    }
}
