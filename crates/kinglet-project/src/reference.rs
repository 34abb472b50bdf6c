//! What the names in queries stand for.

use kinglet_datafile::{Node, NodeKind};
use kinglet_diagnostic::Span;

use crate::project::{Project, Resource};

/// Prefixes of tables that every workspace has.
const SERVICE_PREFIXES: [&str; 3] = ["tinybird.", "organization.", "system."];

/// Ending of the table that keeps the refused rows of a data source.
const QUARANTINE: &str = "_quarantine";

/// What a table name in a query stands for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A data source of the project, or its quarantine.
    Datasource(String),
    /// A node of the same pipe.
    Node {
        /// Name of the pipe.
        pipe: String,
        /// Name of the node.
        node: String,
    },
    /// Another pipe, which is read through the node that stands for it.
    Pipe(String),
    /// A table that every workspace has.
    Service(String),
    /// Nothing that is known.
    Unknown(String),
}

/// A table name in a query and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// What it stands for.
    pub target: Target,
    /// The name as written.
    pub name: String,
    /// The place of the name in the text of the pipe; where only rendering the template yields the name,
    /// the place of the query.
    pub span: Span,
    /// Whether the name stands at that place.
    pub written: bool,
    /// Whether the query reads the table without parameters; otherwise only with certain ones.
    pub always: bool,
}

impl Project {
    /// The tables that a node of a pipe reads, in the order of its text.
    ///
    /// Nodes of the pipe hide pipes and data sources of the same name, except for the node itself.
    pub fn references(&self, pipe: &Resource<kinglet_datafile::Pipe>, node: &Node) -> Vec<Reference> {
        let (Some(sql), Some(query)) = (&node.sql, self.query(pipe, node)) else { return Vec::new() };
        let reference = |name: &str, span: Span, written: bool, always: bool| Reference {
            target: self.target(pipe, node, name),
            name: name.to_owned(),
            span,
            written,
            always,
        };
        // A query that cannot be rendered reads what is written.
        let broken = query.checked.is_err();
        let written = query.written.iter().map(|used| {
            let always = broken || query.rendered.contains(&used.name);
            reference(&used.name, sql.file_span(used.span), true, always)
        });
        let only_rendered =
            query.rendered.iter().filter(|name| !query.written.iter().any(|used| used.name == **name));
        written.chain(only_rendered.map(|name| reference(name, sql.span, false, true))).collect()
    }

    /// The table name at a place of a file, `offset` in bytes.
    pub fn reference_at(&self, path: &str, offset: usize) -> Option<Reference> {
        let covers = |pipe: &Resource<kinglet_datafile::Pipe>, span: Span| {
            let (file, span) = pipe.origin(span);
            file == path && span.range().contains(&offset)
        };
        self.pipes.iter().find_map(|pipe| {
            let references = pipe.value.nodes.iter().flat_map(|node| self.references(pipe, node));
            references.filter(|found| found.written).find(|found| covers(pipe, found.span))
        })
    }

    pub(crate) fn target(&self, pipe: &Resource<kinglet_datafile::Pipe>, node: &Node, name: &str) -> Target {
        let is_node = name != node.name && pipe.value.node(name).is_some();
        if is_node {
            return Target::Node { pipe: pipe.full_name(), node: name.to_owned() };
        }
        if self.datasource(name).is_some() {
            return Target::Datasource(name.to_owned());
        }
        if self.pipe(name).is_some() && name != pipe.full_name() {
            return Target::Pipe(name.to_owned());
        }
        if let Some(base) = name.strip_suffix(QUARANTINE).filter(|base| self.datasource(base).is_some()) {
            return Target::Datasource(base.to_owned());
        }
        if name == node.name {
            return Target::Node { pipe: pipe.full_name(), node: name.to_owned() };
        }
        let service = SERVICE_PREFIXES.iter().any(|prefix| name.starts_with(prefix));
        if service { Target::Service(name.to_owned()) } else { Target::Unknown(name.to_owned()) }
    }
}

/// The parameter that names the connection of a node or of a data source.
pub(crate) const CONNECTION_PARAMETERS: [&str; 4] =
    ["export_connection_name", "import_connection_name", "kafka_connection_name", "pg_connection_name"];

/// The parameter that names the data source a node writes to.
pub(crate) fn target_parameter(node: &Node) -> Option<&'static str> {
    match node.kind() {
        NodeKind::Materialized => Some("datasource"),
        NodeKind::Copy => Some("target_datasource"),
        _ => None,
    }
}
