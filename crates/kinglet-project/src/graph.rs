//! The dependency graph of a project: what reads what, and in which order.

use std::collections::{BTreeMap, BTreeSet};

use kinglet_datafile::NodeKind;

use crate::project::Project;
use crate::reference::{CONNECTION_PARAMETERS, Target};

/// Something that data flows through.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// A connection to a system outside.
    Connection(String),
    /// A data source.
    Datasource(String),
    /// A node of a pipe.
    Node {
        /// Name of the pipe.
        pipe: String,
        /// Name of the node.
        node: String,
    },
}

impl std::fmt::Display for Entity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Connection(name) | Self::Datasource(name) => f.write_str(name),
            Self::Node { pipe, node } => write!(f, "{pipe}.{node}"),
        }
    }
}

/// Why data flows along an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// The query of `to` reads `from`.
    Reads,
    /// Rows inserted into what `from` reads are inserted into `to`.
    Materializes,
    /// A job of `from` writes to `to`.
    Copies,
    /// A job of `from` exports through the connection `to`.
    Exports,
    /// The data source `to` is filled through the connection `from`.
    Imports,
}

/// Data flows from one entity to another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edge {
    /// Where the data comes from.
    pub from: Entity,
    /// Where it goes.
    pub to: Entity,
    /// Why.
    pub kind: EdgeKind,
}

/// The entities of a project and the flow of data between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    /// All entities, in their order.
    pub entities: Vec<Entity>,
    /// All edges, in their order, each once.
    pub edges: Vec<Edge>,
}

impl Graph {
    /// The graph of a project. References to unknown tables and to service data sources have no edge.
    pub fn of(project: &Project) -> Self {
        let mut builder = Builder { project, entities: BTreeSet::new(), edges: BTreeSet::new() };
        for connection in &project.connections {
            builder.entities.insert(Entity::Connection(connection.full_name()));
        }
        for datasource in &project.datasources {
            builder.datasource(datasource);
        }
        for pipe in &project.pipes {
            for node in &pipe.value.nodes {
                builder.node(pipe, node);
            }
        }
        Self { entities: builder.entities.into_iter().collect(), edges: builder.edges.into_iter().collect() }
    }

    /// The entities so that each comes after all it depends on, or a cycle.
    ///
    /// A copy may write to what it reads, so copies are no dependencies; exports are none either.
    ///
    /// # Errors
    /// The entities of one cycle, in the order of the flow.
    pub fn topological_order(&self) -> Result<Vec<Entity>, Vec<Entity>> {
        let mut waiting: BTreeMap<&Entity, usize> = self.entities.iter().map(|entity| (entity, 0)).collect();
        let mut next: BTreeMap<&Entity, Vec<&Entity>> = BTreeMap::new();
        for edge in self.dependencies() {
            *waiting.entry(&edge.to).or_default() += 1;
            waiting.entry(&edge.from).or_default();
            next.entry(&edge.from).or_default().push(&edge.to);
        }
        let mut ready: Vec<&Entity> =
            waiting.iter().filter(|(_, count)| **count == 0).map(|(e, _)| *e).collect();
        ready.reverse();
        let mut order = Vec::new();
        while let Some(entity) = ready.pop() {
            waiting.remove(entity);
            order.push(entity.clone());
            for to in next.get(entity).into_iter().flatten() {
                if let Some(count) = waiting.get_mut(to) {
                    *count -= 1;
                    if *count == 0 {
                        ready.push(to);
                    }
                }
            }
        }
        if waiting.is_empty() { Ok(order) } else { Err(cycle(&waiting, &next)) }
    }

    /// Everything that data of `entity` flows to, near and far, without `entity` itself.
    pub fn downstream(&self, entity: &Entity) -> BTreeSet<Entity> {
        self.reach(entity, |edge| (&edge.from, &edge.to))
    }

    /// Everything that data of `entity` comes from, near and far, without `entity` itself.
    pub fn upstream(&self, entity: &Entity) -> BTreeSet<Entity> {
        self.reach(entity, |edge| (&edge.to, &edge.from))
    }

    fn reach(&self, start: &Entity, ends: impl Fn(&Edge) -> (&Entity, &Entity)) -> BTreeSet<Entity> {
        let mut found = BTreeSet::new();
        let mut pending = vec![start.clone()];
        while let Some(entity) = pending.pop() {
            for edge in &self.edges {
                let (from, to) = ends(edge);
                if *from == entity && to != start && found.insert(to.clone()) {
                    pending.push(to.clone());
                }
            }
        }
        found
    }

    fn dependencies(&self) -> impl Iterator<Item = &Edge> {
        self.edges.iter().filter(|edge| !matches!(edge.kind, EdgeKind::Copies | EdgeKind::Exports))
    }
}

/// One cycle among the entities that wait for each other.
fn cycle(waiting: &BTreeMap<&Entity, usize>, next: &BTreeMap<&Entity, Vec<&Entity>>) -> Vec<Entity> {
    // Entities that wait but nobody in the cycle waits for are passed by walking against the flow.
    let mut before: BTreeMap<&Entity, &Entity> = BTreeMap::new();
    for (from, targets) in next.iter().filter(|(from, _)| waiting.contains_key(*from)) {
        for to in targets.iter().filter(|to| waiting.contains_key(*to)) {
            before.entry(to).or_insert(from);
        }
    }
    let Some(mut at) = waiting.keys().next().copied() else { return Vec::new() };
    let mut path = Vec::new();
    while !path.contains(&at) {
        path.push(at);
        match before.get(at) {
            Some(from) => at = from,
            None => break,
        }
    }
    let start = path.iter().position(|entity| *entity == at).unwrap_or(0);
    path.into_iter().skip(start).rev().cloned().collect()
}

struct Builder<'a> {
    project: &'a Project,
    entities: BTreeSet<Entity>,
    edges: BTreeSet<Edge>,
}

impl Builder<'_> {
    fn edge(&mut self, from: Entity, to: Entity, kind: EdgeKind) {
        self.edges.insert(Edge { from, to, kind });
    }

    fn datasource(&mut self, resource: &crate::project::Resource<kinglet_datafile::Datasource>) {
        let entity = Entity::Datasource(resource.full_name());
        self.entities.insert(entity.clone());
        for parameter in CONNECTION_PARAMETERS {
            let Some(name) = resource.value.settings.get(parameter) else { continue };
            if self.project.connection(name).is_some() {
                self.edge(Entity::Connection(name.to_owned()), entity.clone(), EdgeKind::Imports);
            }
        }
    }

    fn node(
        &mut self,
        pipe: &crate::project::Resource<kinglet_datafile::Pipe>,
        node: &kinglet_datafile::Node,
    ) {
        let entity = Entity::Node { pipe: pipe.full_name(), node: node.name.clone() };
        self.entities.insert(entity.clone());
        for reference in self.project.references(pipe, node) {
            if let Some(from) = self.source(reference.target) {
                self.edge(from, entity.clone(), EdgeKind::Reads);
            }
        }
        let written = node.target().filter(|name| self.project.datasource(name).is_some());
        if let Some(name) = written {
            let kind = if node.kind() == NodeKind::Copy { EdgeKind::Copies } else { EdgeKind::Materializes };
            self.edge(entity.clone(), Entity::Datasource(name.to_owned()), kind);
        }
        let exported = node.params.get("export_connection_name").filter(|_| node.kind() == NodeKind::Sink);
        if let Some(name) = exported.filter(|name| self.project.connection(name).is_some()) {
            self.edge(entity, Entity::Connection(name.to_owned()), EdgeKind::Exports);
        }
    }

    /// The entity that a table stands for.
    fn source(&self, target: Target) -> Option<Entity> {
        match target {
            Target::Datasource(name) => Some(Entity::Datasource(name)),
            Target::Node { pipe, node } => Some(Entity::Node { pipe, node }),
            Target::Pipe(name) => {
                let node = self.project.pipe(&name)?.value.published()?.name.clone();
                Some(Entity::Node { pipe: name, node })
            }
            Target::Service(_) | Target::Unknown(_) => None,
        }
    }
}
