//! The parts of a datafile as an editor sees them: each directive with its words or its block.

use kinglet_diagnostic::Span;

use crate::statement::statements;
use crate::{DatafileKind, connection, datasource, pipe};

/// A directive with what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The directive in lower case.
    pub name: String,
    /// Whether files of this kind have such a directive, retired ones included.
    pub is_known: bool,
    /// The directive in the file.
    pub keyword: Span,
    /// The words after it with their quotes; for a block, `>` first.
    pub words: Vec<(String, Span)>,
    /// The lines of its block, comments and blank lines included, up to the next directive.
    pub block: Option<Span>,
    /// Offset of the line after it: of the next directive, or the end of the file.
    pub end: usize,
}

/// Splits a file into its directives, whatever is wrong with it. Comments between them are left out.
pub fn parts(text: &str, kind: DatafileKind) -> Vec<Part> {
    let is_directive = match kind {
        DatafileKind::Datasource => datasource::is_directive,
        DatafileKind::Pipe => pipe::is_directive,
        DatafileKind::Connection => connection::is_directive,
    };
    let mut found: Vec<Part> = Vec::new();
    for statement in statements(text, is_directive) {
        let start = statement.keyword.span.start as usize;
        let line = text.get(..start).and_then(|before| before.rfind(['\n', '\r'])).map_or(0, |at| at + 1);
        if let Some(last) = found.last_mut() {
            close(last, line);
        }
        let name = statement.name();
        let after = text.get(start..).and_then(|rest| rest.find('\n'));
        let body = after.map_or(text.len(), |at| start + at + 1);
        found.push(Part {
            is_known: is_directive(&name),
            name,
            keyword: statement.keyword.span,
            block: statement.is_block().then(|| Span::at(body)),
            words: statement.arguments.into_iter().map(|word| (word.text, word.span)).collect(),
            end: body,
        });
    }
    if let Some(last) = found.last_mut() {
        close(last, text.len());
    }
    found
}

fn close(part: &mut Part, end: usize) {
    part.end = end;
    part.block = part.block.map(|block| Span::new(block.start as usize, end));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_belongs_to_a_part() {
        let text = "DESCRIPTION >\n    a\n# note\nNODE n\nSQL >\n\n    SELECT 1 -- SQL\nTYP x 'a b'";
        let found = parts(text, DatafileKind::Pipe);
        let names: Vec<(&str, bool)> = found.iter().map(|part| (part.name.as_str(), part.is_known)).collect();
        assert_eq!(names, [("description", true), ("node", true), ("sql", true)]);
        let blocks: Vec<&str> = found.iter().filter_map(|part| Some(part.block?.text(text))).collect();
        assert_eq!(blocks, ["    a\n# note\n", "\n    SELECT 1 -- SQL\nTYP x 'a b'"]);
        let node = found.get(1).expect("a node");
        assert_eq!(node.words.first().map(|(word, _)| word.as_str()), Some("n"));
        assert_eq!(text.get(node.end..node.end + 3), Some("SQL"));
    }
}
