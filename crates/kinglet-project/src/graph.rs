//! The dependency graph of a project: what reads what, and in which order.

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
        let mut builder = Builder { project, entities: Vec::new(), edges: Vec::new() };
        for connection in &project.connections {
            insert_sorted(&mut builder.entities, Entity::Connection(connection.full_name()));
        }
        for datasource in &project.datasources {
            builder.datasource(datasource);
        }
        for pipe in &project.pipes {
            for node in &pipe.value.nodes {
                builder.node(pipe, node);
            }
        }
        Self { entities: builder.entities, edges: builder.edges }
    }

    /// The entities so that each comes after all it depends on, or a cycle.
    ///
    /// A copy may write to what it reads, so copies are no dependencies; exports are none either.
    ///
    /// # Errors
    /// The entities of one cycle, in the order of the flow.
    pub fn topological_order(&self) -> Result<Vec<Entity>, Vec<Entity>> {
        let count = self.entities.len();
        let mut waiting = vec![0usize; count];
        let mut next: Vec<Vec<usize>> = vec![Vec::new(); count];
        for (from, to) in self.dependencies() {
            if let (Some(waits), Some(targets)) = (waiting.get_mut(to), next.get_mut(from)) {
                *waits += 1;
                targets.push(to);
            }
        }
        let mut ready: Vec<usize> = (0..count).rev().filter(|at| waiting.get(*at) == Some(&0)).collect();
        let mut order = Vec::new();
        while let Some(at) = ready.pop() {
            order.push(at);
            for to in next.get(at).into_iter().flatten() {
                if let Some(waits) = waiting.get_mut(*to) {
                    *waits -= 1;
                    if *waits == 0 {
                        ready.push(*to);
                    }
                }
            }
        }
        if order.len() == count { Ok(self.named(&order)) } else { Err(self.named(&cycle(&waiting, &next))) }
    }

    fn named(&self, positions: &[usize]) -> Vec<Entity> {
        positions.iter().filter_map(|at| self.entities.get(*at)).cloned().collect()
    }

    /// Everything that data of `entity` flows to, near and far, without `entity` itself, in its order.
    pub fn downstream(&self, entity: &Entity) -> Vec<Entity> {
        self.reach(entity, |edge| (&edge.from, &edge.to))
    }

    /// Everything that data of `entity` comes from, near and far, without `entity` itself, in its order.
    pub fn upstream(&self, entity: &Entity) -> Vec<Entity> {
        self.reach(entity, |edge| (&edge.to, &edge.from))
    }

    fn reach(&self, start: &Entity, ends: impl Fn(&Edge) -> (&Entity, &Entity)) -> Vec<Entity> {
        let mut found = Vec::new();
        let mut pending = vec![start];
        while let Some(entity) = pending.pop() {
            for edge in &self.edges {
                let (from, to) = ends(edge);
                if from == entity && to != start && insert_sorted(&mut found, to.clone()) {
                    pending.push(to);
                }
            }
        }
        found
    }

    /// Positions of the entities at both ends of the edges that are dependencies.
    fn dependencies(&self) -> impl Iterator<Item = (usize, usize)> {
        let position = |entity: &Entity| self.entities.binary_search(entity).ok();
        let edges =
            self.edges.iter().filter(|edge| !matches!(edge.kind, EdgeKind::Copies | EdgeKind::Exports));
        edges.filter_map(move |edge| Some((position(&edge.from)?, position(&edge.to)?)))
    }
}

/// Adds a value in its place, unless it is there; answers whether it was added.
pub(crate) fn insert_sorted<T: Ord>(values: &mut Vec<T>, value: T) -> bool {
    match values.binary_search(&value) {
        Ok(_) => false,
        Err(at) => {
            values.insert(at, value);
            true
        }
    }
}

/// One cycle among the entities that still wait.
fn cycle(waiting: &[usize], next: &[Vec<usize>]) -> Vec<usize> {
    let waits = |at: usize| waiting.get(at).is_some_and(|count| *count > 0);
    // Each entity that waits has one before it that waits too; walking against the flow ends in a cycle.
    let before = |at: usize| {
        (0..next.len()).find(|from| waits(*from) && next.get(*from).is_some_and(|to| to.contains(&at)))
    };
    let Some(mut at) = (0..waiting.len()).find(|at| waits(*at)) else { return Vec::new() };
    let mut path = Vec::new();
    while !path.contains(&at) {
        path.push(at);
        match before(at) {
            Some(from) => at = from,
            None => break,
        }
    }
    let start = path.iter().position(|known| *known == at).unwrap_or(0);
    path.into_iter().skip(start).rev().collect()
}

struct Builder<'a> {
    project: &'a Project,
    entities: Vec<Entity>,
    edges: Vec<Edge>,
}

impl Builder<'_> {
    fn edge(&mut self, from: Entity, to: Entity, kind: EdgeKind) {
        insert_sorted(&mut self.edges, Edge { from, to, kind });
    }

    fn datasource(&mut self, resource: &crate::project::Resource<kinglet_datafile::Datasource>) {
        let entity = Entity::Datasource(resource.full_name());
        insert_sorted(&mut self.entities, entity.clone());
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
        insert_sorted(&mut self.entities, entity.clone());
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
