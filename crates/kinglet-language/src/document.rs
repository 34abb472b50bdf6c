//! A text in an editor: what it is, and the queries in it.

use kinglet_datafile::{DatafileKind, Part, parts};
use kinglet_diagnostic::Span;
use kinglet_project::FileKind;

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A datafile of the project.
    Datafile(DatafileKind),
    /// A query of its own, or that of a node.
    Query,
    /// Tests of an endpoint.
    Test,
    /// Anything else: nothing is said about it.
    Other,
}

/// A text as it stands in an editor.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// Path of the file in the project.
    pub path: &'a str,
    /// The text.
    pub text: &'a str,
    /// The node of the pipe at `path` whose query alone `text` is.
    pub node: Option<&'a str>,
}

/// A query in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embedded {
    /// The node it belongs to.
    pub node: Option<String>,
    /// Offset of the query in the text.
    pub start: usize,
    /// The query, of the same length as in the text; comments of the datafile are blank.
    pub sql: String,
}

impl<'a> Document<'a> {
    /// What the text is, by the ending of its path.
    pub fn kind(&self) -> Kind {
        if self.node.is_some() || self.path.ends_with(".sql") {
            return Kind::Query;
        }
        match FileKind::of(self.path) {
            FileKind::Datasource => Kind::Datafile(DatafileKind::Datasource),
            FileKind::Pipe => Kind::Datafile(DatafileKind::Pipe),
            FileKind::Connection => Kind::Datafile(DatafileKind::Connection),
            FileKind::Include => Kind::Datafile(self.included_kind()),
            FileKind::Test => Kind::Test,
            FileKind::Fixture | FileKind::Other => Kind::Other,
        }
    }

    /// Included text belongs to a data source when it names what only data sources have.
    fn included_kind(&self) -> DatafileKind {
        let is_schema = |line: &str| line.starts_with("SCHEMA") || line.starts_with("ENGINE");
        let is_pipe = |line: &str| line.starts_with("NODE") || line.starts_with("SQL");
        if self.text.lines().any(is_schema) {
            DatafileKind::Datasource
        } else if self.text.lines().any(is_pipe) {
            DatafileKind::Pipe
        } else {
            DatafileKind::Connection
        }
    }

    /// The directives of a datafile; none in other texts.
    pub fn parts(&self) -> Vec<Part> {
        match self.kind() {
            Kind::Datafile(kind) => parts(self.text, kind),
            Kind::Query | Kind::Test | Kind::Other => Vec::new(),
        }
    }

    /// The queries in the text, in order.
    pub fn queries(&self) -> Vec<Embedded> {
        match self.kind() {
            Kind::Query => {
                let node = self.node.map(str::to_owned);
                vec![Embedded { node, start: 0, sql: self.text.to_owned() }]
            }
            Kind::Datafile(_) => self.embedded(&self.parts()),
            Kind::Test | Kind::Other => Vec::new(),
        }
    }

    /// The queries among the directives of a datafile.
    pub fn embedded(&self, parts: &[Part]) -> Vec<Embedded> {
        let mut node = None;
        let mut found = Vec::new();
        for part in parts {
            match (part.name.as_str(), part.block) {
                ("node" | "scope", _) => node = part.words.first().map(|(word, _)| unquoted(word).to_owned()),
                ("sql" | "forward_query", Some(block)) => found.push(Embedded {
                    node: node.clone(),
                    start: block.start as usize,
                    sql: without_comments(block.text(self.text)),
                }),
                _ => {}
            }
        }
        found
    }

    /// The query that an offset lies in.
    pub fn query_at(&self, offset: usize) -> Option<Embedded> {
        let covers = |query: &Embedded| query.start <= offset && offset <= query.start + query.sql.len();
        self.queries().into_iter().find(covers)
    }
}

impl Embedded {
    /// A span of the query as one of the text.
    pub fn place(&self, span: Span) -> Span {
        span.shifted(self.start)
    }
}

/// A word without the quotes around it.
pub(crate) fn unquoted(word: &str) -> &str {
    word.trim_matches(['"', '\''])
}

/// The text with `#` lines blank, at the same length.
fn without_comments(block: &str) -> String {
    let blank = |line: &str| if line.trim_start().starts_with('#') { blanked(line) } else { line.to_owned() };
    block.split_inclusive('\n').map(blank).collect()
}

/// A text of the same length with nothing but blanks and its line breaks.
pub(crate) fn blanked(text: &str) -> String {
    text.bytes().map(|byte| if matches!(byte, b'\n' | b'\r') { byte as char } else { ' ' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_keep_their_places() {
        let text =
            "NODE a\nSQL >\n    SELECT 1\n  # é\n    FROM t\n\nNODE \"b\"\nSQL >\n    %\n    SELECT 2\n";
        let document = Document { path: "pipes/p.pipe", text, node: None };
        let found = document.queries();
        assert_eq!(found.len(), 2);
        for query in &found {
            assert_eq!(
                query.sql.len(),
                text.get(query.start..).map_or(0, |rest| query.sql.len().min(rest.len()))
            );
            for word in ["SELECT", "FROM"] {
                if let Some(at) = query.sql.find(word) {
                    assert_eq!(text.get(query.start + at..query.start + at + word.len()), Some(word));
                }
            }
        }
        assert_eq!(found.iter().filter_map(|query| query.node.as_deref()).collect::<Vec<_>>(), ["a", "b"]);
        assert!(!found.iter().any(|query| query.sql.contains('#')));
        assert_eq!(document.query_at(text.len()).and_then(|query| query.node).as_deref(), Some("b"));
    }

    #[test]
    fn included_text_is_told_by_its_directives() {
        let kind = |text| Document { path: "a.incl", text, node: None }.kind();
        assert_eq!(kind("SCHEMA >\n    a Int8\n"), Kind::Datafile(DatafileKind::Datasource));
        assert_eq!(kind("NODE a\nSQL >\n    SELECT 1\n"), Kind::Datafile(DatafileKind::Pipe));
        assert_eq!(kind("KAFKA_KEY a\n"), Kind::Datafile(DatafileKind::Connection));
    }
}
