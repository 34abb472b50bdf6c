//! The parts of a text, for folding and for an outline.

use kinglet_diagnostic::Span;

use crate::document::{Document, Kind, unquoted};

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionKind {
    /// A directive with its value.
    Directive,
    /// A node with everything that belongs to it.
    Node,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// What it is.
    pub kind: SectionKind,
    /// The directive in upper case, or the name of the node.
    pub name: String,
    /// Where it is, without blank lines at its end.
    pub span: Span,
    /// What a fold hides; empty where there is nothing to hide.
    pub fold: Span,
}

/// The parts of a datafile, in the order in which they start.
pub fn sections(document: &Document<'_>) -> Vec<Section> {
    if !matches!(document.kind(), Kind::Datafile(_)) {
        return Vec::new();
    }
    let parts = document.parts();
    let mut out = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let start = part.keyword.start as usize;
        if matches!(part.name.as_str(), "node" | "scope") {
            let next = parts.iter().skip(at + 1).find(|part| matches!(part.name.as_str(), "node" | "scope"));
            let end = next.map_or(document.text.len(), |part| part.keyword.start as usize);
            let name = part.words.first().map_or("", |(word, _)| unquoted(word)).to_owned();
            out.push(section(document.text, SectionKind::Node, name, start, end));
        }
        let name = part.keyword.text(document.text).to_ascii_uppercase();
        out.push(section(document.text, SectionKind::Directive, name, start, part.end));
    }
    out
}

fn section(text: &str, kind: SectionKind, name: String, start: usize, end: usize) -> Section {
    let inside = text.get(start..end).unwrap_or("").trim_end();
    let end = start + inside.len();
    let first = start + inside.find('\n').unwrap_or(inside.len());
    Section { kind, name, span: Span::new(start, end), fold: Span::new(first, end) }
}
