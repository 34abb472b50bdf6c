//! The flow of data through a project.

use kinglet_datafile::{Node, NodeKind};
use kinglet_project::{EdgeKind, Entity, Graph, Project};

/// Something that data flows through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineageNode {
    /// Unique in the lineage.
    pub id: String,
    /// `connection`, `datasource`, `workspace`, or what becomes of a node's result.
    pub kind: &'static str,
    /// Name of the resource, or of the node.
    pub name: String,
    /// The pipe of a node.
    pub pipe: String,
    /// The file; empty for another workspace.
    pub path: String,
}

/// Nodes, and edges as positions of two nodes with the kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lineage {
    /// What data flows through.
    pub nodes: Vec<LineageNode>,
    /// From, to, kind.
    pub edges: Vec<(String, String, &'static str)>,
}

/// The lineage of a project, between resources or, `by_nodes`, between the nodes of pipes.
pub fn lineage(project: &Project, by_nodes: bool) -> Lineage {
    let graph = Graph::of(project);
    let mut out = Lineage::default();
    for entity in &graph.entities {
        let node = described(project, entity, by_nodes);
        if !out.nodes.iter().any(|known| known.id == node.id) {
            out.nodes.push(node);
        }
    }
    for edge in &graph.edges {
        let [from, to] = [&edge.from, &edge.to].map(|entity| described(project, entity, by_nodes).id);
        let edge = (from, to, kind_of(edge.kind));
        if edge.0 != edge.1 && !out.edges.contains(&edge) {
            out.edges.push(edge);
        }
    }
    for datasource in &project.datasources {
        let id = ["datasource:", &datasource.full_name()].concat();
        for workspace in &datasource.value.shared_with {
            shared(&mut out, workspace, |other| (id.clone(), other));
        }
        if let Some(workspace) = &datasource.workspace {
            shared(&mut out, workspace, |other| (other, id.clone()));
        }
    }
    out
}

fn shared(out: &mut Lineage, workspace: &str, ends: impl Fn(String) -> (String, String)) {
    let id = ["workspace:", workspace].concat();
    if !out.nodes.iter().any(|known| known.id == id) {
        out.nodes.push(LineageNode {
            id: id.clone(),
            kind: "workspace",
            name: workspace.to_owned(),
            pipe: String::new(),
            path: String::new(),
        });
    }
    let (from, to) = ends(id);
    out.edges.push((from, to, "shared"));
}

fn kind_of(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Reads => "reads",
        EdgeKind::Materializes => "materializes",
        EdgeKind::Copies => "copies",
        EdgeKind::Exports => "sinks",
        EdgeKind::Imports => "imports",
    }
}

fn described(project: &Project, entity: &Entity, by_nodes: bool) -> LineageNode {
    let path = |path: Option<&str>| path.unwrap_or("").to_owned();
    match entity {
        Entity::Connection(name) => LineageNode {
            id: ["connection:", name].concat(),
            kind: "connection",
            name: name.clone(),
            pipe: String::new(),
            path: path(project.connection(name).map(|found| found.path.as_str())),
        },
        Entity::Datasource(name) => LineageNode {
            id: ["datasource:", name].concat(),
            kind: "datasource",
            name: name.clone(),
            pipe: String::new(),
            path: path(project.datasource(name).map(|found| found.path.as_str())),
        },
        Entity::Node { pipe, node } => {
            let found = project.pipe(pipe);
            let role = if by_nodes {
                found.and_then(|found| found.value.node(node))
            } else {
                found.and_then(|found| found.value.role())
            };
            let (id, name) = if by_nodes {
                (["node:", pipe, ".", node].concat(), node)
            } else {
                (["pipe:", pipe].concat(), pipe)
            };
            LineageNode {
                id,
                kind: role_kind(role),
                name: name.clone(),
                pipe: if by_nodes { pipe.clone() } else { String::new() },
                path: path(found.map(|found| found.path.as_str())),
            }
        }
    }
}

fn role_kind(node: Option<&Node>) -> &'static str {
    match node.map(Node::kind) {
        Some(NodeKind::Endpoint) => "endpoint",
        Some(NodeKind::Materialized) => "materialized",
        Some(NodeKind::Copy) => "copy",
        Some(NodeKind::Sink) => "sink",
        _ => "pipe",
    }
}
