//! A pipe: its nodes with their queries parsed as templates.

use kinglet_datafile::NodeKind;
use kinglet_diagnostic::Span;
use kinglet_project::{Project, Resource};
use kinglet_template::Template;

/// A node of a pipe.
#[derive(Debug)]
pub struct Node {
    /// Name.
    pub name: String,
    /// Free text.
    pub description: Option<String>,
    /// What becomes of its result.
    pub kind: NodeKind,
    /// The query as written, with its `%` where it is a template.
    pub sql: String,
    /// Its `DATASOURCE` or `TARGET_DATASOURCE`.
    pub target: Option<String>,
    /// Everything else the file says: schedules, modes.
    pub settings: Vec<(String, String)>,
    /// The parsed template; `None` for plain SQL.
    pub template: Option<Template>,
    /// Names of the tables that it reads.
    pub dependencies: Vec<String>,
    /// The data source whose inserts run it, when it is materialized.
    pub trigger: Option<String>,
}

/// A pipe.
#[derive(Debug)]
pub struct Pipe {
    /// Name.
    pub name: String,
    /// Path of its file.
    pub path: String,
    /// The file as it was parsed, and where its parts stand.
    pub source: Resource<kinglet_datafile::Pipe>,
    /// Nodes in the file's order.
    pub nodes: Vec<Node>,
}

impl Pipe {
    /// The pipe of a file; an error is the first thing that is wrong with it.
    pub(crate) fn of(resource: &Resource<kinglet_datafile::Pipe>, project: &Project) -> Result<Pipe, String> {
        let (name, path) = (&resource.name, &resource.path);
        let read = |found| {
            let mut read = node(found, reads(resource, found, project))?;
            read.trigger = project.trigger(resource, found)?;
            Ok::<_, String>(read)
        };
        let nodes = resource.value.nodes.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        if nodes.is_empty() {
            return Err(format!("Pipe '{name}' has no nodes"));
        }
        Ok(Pipe { name: name.clone(), path: path.clone(), source: resource.clone(), nodes })
    }

    /// The file's description, tokens and tags.
    pub fn parsed(&self) -> &kinglet_datafile::Pipe {
        &self.source.value
    }

    /// The file and the place in it of a place in a node's query as [`Node::sql`] has it.
    pub(crate) fn file_place(&self, node: &str, place: Span) -> Option<(&str, Span)> {
        let sql = self.parsed().nodes.iter().find(|known| known.name == node)?.sql.as_ref()?;
        let trimmed = sql.text.len() - sql.text.trim_start().len();
        Some(self.source.origin(sql.file_span(place.shifted(trimmed))))
    }

    /// The node called `name`.
    pub fn node(&self, name: &str) -> Option<&Node> {
        self.nodes.iter().find(|node| node.name == name)
    }

    /// The node of a kind.
    pub fn of_kind(&self, kind: NodeKind) -> Option<&Node> {
        self.nodes.iter().find(|node| node.kind == kind)
    }

    /// The node that is served over HTTP.
    pub fn endpoint(&self) -> Option<&Node> {
        self.of_kind(NodeKind::Endpoint)
    }

    /// The node that feeds a data source on insert.
    pub fn materialized(&self) -> Option<&Node> {
        self.of_kind(NodeKind::Materialized)
    }

    /// The node that stands for the pipe where a query names it.
    pub fn published(&self) -> Option<&Node> {
        self.nodes.iter().find(|node| node.kind != NodeKind::Standard).or(self.nodes.last())
    }

    /// `default`, `endpoint`, `materialized`, `copy`, `sink` or `stream`.
    pub fn kind_text(&self) -> &'static str {
        let kind = self.nodes.iter().map(|node| node.kind).find(|kind| *kind != NodeKind::Standard);
        kind.map_or("default", kind_text)
    }
}

/// A node's kind as clients know it.
pub fn kind_text(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Standard => "standard",
        NodeKind::Endpoint => "endpoint",
        NodeKind::Materialized => "materialized",
        NodeKind::Copy => "copy",
        NodeKind::Sink => "sink",
        NodeKind::Stream => "stream",
    }
}

/// Names of what a node reads, each once, in the order of its text.
fn reads(
    resource: &Resource<kinglet_datafile::Pipe>,
    node: &kinglet_datafile::Node,
    project: &Project,
) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for reference in project.references(resource, node) {
        if !names.contains(&reference.name) {
            names.push(reference.name);
        }
    }
    names
}

fn node(node: &kinglet_datafile::Node, dependencies: Vec<String>) -> Result<Node, String> {
    let name = &node.name;
    let sql = node.sql.as_ref().map(|sql| sql.text.trim().to_owned()).unwrap_or_default();
    if sql.is_empty() {
        return Err(format!("Node '{name}' has no SQL"));
    }
    let template = if Template::is_template(&sql) {
        let (template, _) = Template::parse_named(&sql, name);
        if let Some(error) = template.error() {
            return Err(error.message.clone());
        }
        Some(template)
    } else {
        None
    };
    Ok(Node {
        name: name.clone(),
        description: node.description.clone(),
        kind: node.kind(),
        target: node.target().map(str::to_owned),
        settings: node.params.iter().map(|s| (s.name.clone(), s.value.clone())).collect(),
        sql,
        template,
        dependencies,
        trigger: None,
    })
}

impl Node {
    /// True for a node that a copy job runs.
    pub fn kind_is_copy(&self) -> bool {
        self.kind == NodeKind::Copy
    }

    /// True for a node that runs on each insert.
    pub fn kind_is_materialized(&self) -> bool {
        self.kind == NodeKind::Materialized
    }

    /// A setting of the node, such as `copy_mode`.
    pub fn setting(&self, name: &str) -> Option<&str> {
        self.settings.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
