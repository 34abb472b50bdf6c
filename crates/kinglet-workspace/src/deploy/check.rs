//! What must hold before a project goes live.

use super::difference::{Alteration, alteration};
use super::{Deployment, Feedback};
use crate::resource::{FileProblem, Node, Pipe, Project};
use crate::workspace::Workspace;
use std::sync::Arc;

/// ClickHouse's code for what the engine cannot do (yet).
const NOT_IMPLEMENTED: i32 = 48;

/// Checks what needs the whole project: targets of nodes, and that every node's query
/// can be bound to the new tables.
pub(super) fn project(workspace: &Workspace, project: &Arc<Project>, deployment: &mut Deployment) {
    for pipe in project.pipes.values() {
        for node in &pipe.nodes {
            if let Err(message) = target(project, node) {
                deployment.errors.push(problem(pipe, node, &message));
            }
        }
    }
    if !deployment.errors.is_empty() {
        return;
    }
    for pipe in project.pipes.values() {
        for node in &pipe.nodes {
            match workspace.check_node(project, pipe, node) {
                Err(error) if error.code() == Some(NOT_IMPLEMENTED) => deployment.feedback.push(Feedback {
                    resource: format!("{}.pipe", pipe.name),
                    message: format!("node '{}' cannot run here yet: {}", node.name, error.message()),
                }),
                Err(error) => deployment.errors.push(problem(pipe, node, error.message())),
                Ok(()) => {}
            }
        }
    }
}

fn problem(pipe: &Pipe, node: &Node, message: &str) -> FileProblem {
    FileProblem { path: pipe.path.clone(), message: format!("Node '{}': {message}", node.name) }
}

fn target(project: &Project, node: &Node) -> Result<(), String> {
    let kind = match node.kind {
        kinglet_datafile::NodeKind::Materialized => "DATASOURCE",
        kinglet_datafile::NodeKind::Copy => "TARGET_DATASOURCE",
        _ => return Ok(()),
    };
    let Some(target) = &node.target else {
        return Err(format!("{kind} is missing"));
    };
    if !project.datasources.contains_key(target) {
        return Err(format!("{kind} '{target}' is not a data source of the project"));
    }
    Ok(())
}

/// Tells what is worth knowing about changes of data sources that hold rows.
pub(super) fn alterations(
    workspace: &Workspace,
    before: &Project,
    after: &Project,
    deployment: &mut Deployment,
) {
    for name in &deployment.changes.datasources.changed {
        let (Some(old), Some(new)) = (before.datasources.get(name), after.datasources.get(name)) else {
            continue;
        };
        let n_rows = workspace.n_rows(name);
        match alteration(old, new) {
            Alteration::InPlace if n_rows > 0 && adds_default(old.columns.len(), new) => {
                deployment.feedback.push(Feedback {
                    resource: format!("{name}.datasource"),
                    message: "rows that are stored already read as NULL, zero or empty in the new column, \
                              not as its DEFAULT"
                        .to_owned(),
                });
            }
            _ => {}
        }
    }
}

fn adds_default(n_before: usize, after: &crate::resource::Datasource) -> bool {
    after.columns.iter().skip(n_before).any(|column| column.default.is_some())
}

/// Refuses that resources disappear.
pub(super) fn destruction(before: &Project, deployment: &mut Deployment) {
    let changes = &deployment.changes;
    let path_of_datasource = |name: &String| before.datasources.get(name).map(|d| d.path.clone());
    let path_of_pipe = |name: &String| before.pipes.get(name).map(|pipe| pipe.path.clone());
    let paths = (changes.datasources.deleted.iter().filter_map(path_of_datasource))
        .chain(changes.pipes.deleted.iter().filter_map(path_of_pipe))
        .chain(changes.connections.deleted.iter().filter_map(|name| before.connections.get(name).cloned()));
    let errors: Vec<FileProblem> = paths
        .map(|path| FileProblem {
            path,
            message: "the file is missing, which deletes the resource: deploy with \
                      allow_destructive_operations=true to allow that"
                .to_owned(),
        })
        .collect();
    deployment.errors.extend(errors);
}
