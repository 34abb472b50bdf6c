//! The resources of a workspace, read from its project files.

mod datasource;
mod pipe;
mod sorting_key;

pub use datasource::{Datasource, TableColumn};
pub use pipe::{Node, Pipe, kind_text};

use kinglet_project::{ProjectOptions, Secrets};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Something wrong with a file of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileProblem {
    /// Path of the file in the project.
    pub path: String,
    /// What is wrong, as Tinybird words it.
    pub message: String,
}

/// The project's files by path, and what they define.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// Texts by path.
    pub files: BTreeMap<String, String>,
    /// Data sources by name.
    pub datasources: BTreeMap<String, Arc<Datasource>>,
    /// Pipes by name.
    pub pipes: BTreeMap<String, Arc<Pipe>>,
    /// Copies of data sources that other workspaces share, by workspace and name.
    pub vendored: BTreeMap<(String, String), Arc<Datasource>>,
    /// Paths of connections by name.
    pub connections: BTreeMap<String, String>,
    /// What is worth saying about the files, though they can be used.
    pub warnings: Vec<FileProblem>,
    /// What reads and feeds what.
    pub graph: kinglet_project::Graph,
}

impl Project {
    /// Reads files. What is wrong with them is told, and such files define nothing.
    pub fn read(files: BTreeMap<String, String>, secrets: &Secrets) -> (Project, Vec<FileProblem>) {
        let options = ProjectOptions { secrets: secrets.clone(), ..ProjectOptions::default() };
        let loaded = kinglet_project::Project::load(&files, &options);
        let mut project = Project::default();
        let mut problems: Vec<FileProblem> = loaded
            .problems
            .iter()
            .filter(|found| found.problem.is_error())
            .map(|found| FileProblem { path: found.path.clone(), message: found.text.clone() })
            .collect();
        for resource in loaded.datasources.iter().filter(|found| found.is_valid && found.workspace.is_none())
        {
            match Datasource::of(resource) {
                Ok(found) => drop(project.datasources.insert(found.name.clone(), Arc::new(found))),
                Err(message) => problems.push(FileProblem { path: resource.path.clone(), message }),
            }
        }
        for resource in loaded.datasources.iter().filter(|found| found.is_valid) {
            if let (Some(workspace), Ok(found)) = (&resource.workspace, Datasource::of(resource)) {
                project.vendored.insert((workspace.clone(), found.name.clone()), Arc::new(found));
            }
        }
        for resource in loaded.pipes.iter().filter(|found| found.is_valid && found.workspace.is_none()) {
            match Pipe::of(resource, &loaded) {
                Ok(found) => drop(project.pipes.insert(found.name.clone(), Arc::new(found))),
                Err(message) => problems.push(FileProblem { path: resource.path.clone(), message }),
            }
        }
        for resource in &loaded.connections {
            project.connections.insert(resource.name.clone(), resource.path.clone());
        }
        project.warnings = loaded
            .problems
            .iter()
            .filter(|found| !found.problem.is_error())
            .map(|found| FileProblem { path: found.path.clone(), message: found.text.clone() })
            .collect();
        project.graph = kinglet_project::Graph::of(&loaded);
        project.files = files;
        (project, problems)
    }

    /// The pipes with a materialized node that writes to a data source, with that node.
    pub fn materializations(&self) -> impl Iterator<Item = (&Arc<Pipe>, &Node)> {
        self.pipes.values().filter_map(|pipe| Some((pipe, pipe.materialized()?)))
    }
}

/// Letters, digits and underscores, not starting with a digit.
pub(crate) fn is_resource_name(name: &str) -> bool {
    let mut chars = name.chars();
    chars.next().is_some_and(|c| c.is_ascii_alphabetic() || c == '_')
        && chars.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// The columns of a data source as a `SCHEMA` in one line.
pub fn schema_sql(datasource: &Datasource) -> String {
    kinglet_datafile::schema_sql(&datasource.parsed.columns)
}
