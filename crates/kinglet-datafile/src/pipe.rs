//! Pipes: `.pipe` files.

mod check;
mod parse;

use kinglet_diagnostic::Span;

use crate::resource::{Settings, Token};
use crate::text::SourceText;

pub(crate) use parse::is_directive;
pub use parse::parse_pipe;

/// A pipe: SQL nodes, at most one of which has a role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pipe {
    /// Free text for people.
    pub description: Option<String>,
    /// Static tokens with `READ` on this pipe.
    pub tokens: Vec<Token>,
    /// Tags to filter by.
    pub tags: Vec<String>,
    /// The nodes, in file order.
    pub nodes: Vec<Node>,
}

/// A node: one query, and what becomes of its result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Node {
    /// Name of the node.
    pub name: String,
    /// Place of the name.
    pub name_span: Span,
    /// Free text for people.
    pub description: Option<String>,
    /// The `TYPE` in lower case, as written; see [`Node::kind`].
    pub r#type: Option<String>,
    /// The query, a template when it starts with `%`; `None` without a `SQL` block.
    pub sql: Option<SourceText>,
    /// Everything else: targets, schedules, exports.
    pub params: Settings,
}

/// What becomes of the result of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NodeKind {
    /// Other nodes may read it.
    Standard,
    /// It is served over HTTP.
    Endpoint,
    /// Inserts into its source are run through it into a data source.
    Materialized,
    /// A job writes it to a data source.
    Copy,
    /// A job exports it.
    Sink,
    /// The retired kind `stream`.
    Stream,
}

impl Node {
    /// The kind of the node; a type that is not known counts as standard.
    pub fn kind(&self) -> NodeKind {
        match self.r#type.as_deref() {
            Some("endpoint") => NodeKind::Endpoint,
            Some("materialized") => NodeKind::Materialized,
            Some("copy") => NodeKind::Copy,
            Some("sink") => NodeKind::Sink,
            Some("stream") => NodeKind::Stream,
            _ => NodeKind::Standard,
        }
    }

    /// The data source that the node writes to, when it materializes or copies.
    pub fn target(&self) -> Option<&str> {
        match self.kind() {
            NodeKind::Materialized => self.params.get("datasource"),
            NodeKind::Copy => self.params.get("target_datasource"),
            _ => None,
        }
    }

    /// Whether the query is a template.
    pub fn is_template(&self) -> bool {
        self.sql.as_ref().is_some_and(|sql| sql.text.starts_with('%'))
    }
}

impl Pipe {
    /// The node with a role, if any.
    pub fn role(&self) -> Option<&Node> {
        self.nodes.iter().find(|node| node.kind() != NodeKind::Standard)
    }

    /// The node that stands for the pipe when it is read: the one with a role, else the last one.
    pub fn published(&self) -> Option<&Node> {
        self.role().or(self.nodes.last())
    }

    /// A node by name.
    pub fn node(&self, name: &str) -> Option<&Node> {
        self.nodes.iter().find(|node| node.name == name)
    }
}
