//! Whether a node's query can be bound to the tables of a new project.

use crate::error::{Error, Result};
use crate::insert::check_columns;
use crate::query::QueryCatalog;
use crate::resource::{Node, Pipe, Project};
use crate::workspace::Workspace;
use kinglet_datafile::NodeKind;
use kinglet_template::Context;
use std::collections::BTreeMap;
use std::sync::Arc;

impl Workspace {
    /// Binds a node's query without parameters: templates render with placeholders.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn check_node(&self, project: &Arc<Project>, pipe: &Pipe, node: &Node) -> Result<()> {
        let context = Context { test_mode: true, ..self.template_context() };
        let catalog = QueryCatalog::new(project.clone(), self.snapshot()?, context);
        let sql = catalog.rendered(pipe, node)?;
        if node.kind != NodeKind::Copy {
            crate::query::Gate::check_functions(&sql)?;
        }
        let prepared = self.prepare(&sql, &catalog, BTreeMap::new());
        if node.kind != NodeKind::Materialized && is_templated(project, pipe, node) {
            // Placeholders may not make a query that binds, though every real one does.
            return Ok(());
        }
        let prepared = prepared?;
        let target = node.target.as_ref().and_then(|name| project.datasources.get(name));
        match target {
            Some(target) => check_columns(target, prepared.columns()),
            None if node.kind == NodeKind::Materialized => {
                Err(Error::invalid("it has no target data source"))
            }
            None => Ok(()),
        }
    }
}

/// True when the node, or a node or pipe that it reads, is a template.
fn is_templated(project: &Project, pipe: &Pipe, node: &Node) -> bool {
    let mut seen = Vec::new();
    let mut waiting = vec![(pipe, node)];
    while let Some((pipe, node)) = waiting.pop() {
        if node.template.is_some() {
            return true;
        }
        if seen.contains(&(&pipe.name, &node.name)) {
            continue;
        }
        seen.push((&pipe.name, &node.name));
        for name in &node.dependencies {
            let inside = pipe.node(name).map(|node| (pipe, node));
            let outside = || project.pipes.get(name).and_then(|pipe| Some((&**pipe, pipe.published()?)));
            waiting.extend(inside.or_else(outside));
        }
    }
    false
}
