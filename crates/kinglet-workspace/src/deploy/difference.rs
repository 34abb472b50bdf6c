//! What differs between two projects, whatever their files' layout and comments.

use crate::resource::{Datasource, Pipe, Project};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Names of resources of one kind, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KindChanges {
    /// In the new project only.
    pub new: Vec<String>,
    /// In both, and not the same.
    pub changed: Vec<String>,
    /// In the old project only.
    pub deleted: Vec<String>,
}

/// What differs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Data sources.
    pub datasources: KindChanges,
    /// Pipes.
    pub pipes: KindChanges,
    /// Connections.
    pub connections: KindChanges,
}

impl KindChanges {
    fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.deleted.is_empty()
    }
}

impl Changes {
    /// True when the projects define the same.
    pub fn is_empty(&self) -> bool {
        self.datasources.is_empty() && self.pipes.is_empty() && self.connections.is_empty()
    }
}

pub(super) fn between(before: &Project, after: &Project) -> Changes {
    let connections = |project: &Project| -> BTreeMap<String, String> {
        let text = |path: &String| project.files.get(path).cloned().unwrap_or_default();
        project.connections.iter().map(|(name, path)| (name.clone(), text(path))).collect()
    };
    Changes {
        datasources: kind(&before.datasources, &after.datasources, |a, b| {
            datasource_text(a) == datasource_text(b)
        }),
        pipes: kind(&before.pipes, &after.pipes, |a: &Arc<Pipe>, b| pipe_text(a) == pipe_text(b)),
        connections: kind(&connections(before), &connections(after), |a, b| a == b),
    }
}

fn kind<T>(
    before: &BTreeMap<String, T>,
    after: &BTreeMap<String, T>,
    same: impl Fn(&T, &T) -> bool,
) -> KindChanges {
    let mut changes = KindChanges::default();
    for (name, new) in after {
        match before.get(name) {
            None => changes.new.push(name.clone()),
            Some(old) if !same(old, new) => changes.changed.push(name.clone()),
            Some(_) => {}
        }
    }
    changes.deleted = before.keys().filter(|name| !after.contains_key(*name)).cloned().collect();
    changes
}

/// Everything that a data source means, as text to compare.
fn datasource_text(datasource: &Arc<Datasource>) -> String {
    let parsed = &datasource.parsed;
    let tokens: Vec<_> = parsed.tokens.iter().map(|t| (&t.name, &t.permission)).collect();
    let settings: Vec<_> = parsed.settings.iter().map(|s| (&s.name, &s.value)).collect();
    let indexes: Vec<_> =
        parsed.indexes.iter().map(|i| (&i.name, &i.expression, &i.r#type, &i.granularity)).collect();
    format!(
        "{:?}",
        (
            kinglet_datafile::schema_sql(&parsed.columns),
            &datasource.engine_full,
            &parsed.description,
            &parsed.tags,
            &parsed.shared_with,
            tokens,
            settings,
            indexes,
        )
    )
}

/// Everything that a pipe means, as text to compare.
fn pipe_text(pipe: &Arc<Pipe>) -> String {
    let tokens: Vec<_> = pipe.parsed().tokens.iter().map(|t| (&t.name, &t.permission)).collect();
    let nodes: Vec<_> = pipe
        .nodes
        .iter()
        .map(|node| (&node.name, node.kind, &node.sql, &node.description, &node.target, &node.settings))
        .collect();
    format!("{:?}", (&pipe.parsed().description, &pipe.parsed().tags, tokens, nodes))
}

/// How a table follows a change of its data source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Alteration {
    /// The table is the same.
    Nothing,
    /// New columns at the end, other options: rows stay.
    InPlace,
    /// Anything else, and what: the table must be made anew.
    Rebuild(String),
}

pub(super) fn alteration(before: &Datasource, after: &Datasource) -> Alteration {
    let (old, new) = (&before.definition, &after.definition);
    if old == new {
        return Alteration::Nothing;
    }
    let rebuild = |what: String| Alteration::Rebuild(what);
    for (at, column) in before.columns.iter().enumerate() {
        let name = &column.name;
        match (after.columns.get(at), after.column(name)) {
            (Some(same), _) if same.name == *name && same.ty == column.ty => {}
            (_, None) => return rebuild(format!("column '{name}' is removed")),
            (_, Some(found)) if found.ty != column.ty => {
                let (from, to) = (&column.ty, &found.ty);
                return rebuild(format!("column '{name}' changes from {from} to {to}"));
            }
            _ => return rebuild(format!("column '{name}' moves to another place")),
        }
    }
    if old.engine != new.engine {
        let (from, to) = (&old.engine, &new.engine);
        return rebuild(format!("the engine changes from {from} to {to}"));
    }
    if old.sorting_key != new.sorting_key {
        return rebuild("the sorting key changes".to_owned());
    }
    if old.partition_key != new.partition_key {
        return rebuild("the partition key changes".to_owned());
    }
    Alteration::InPlace
}
