//! The project that an editor works on.

use std::collections::BTreeMap;

use kinglet_datafile::{Node, Problem};
use kinglet_diagnostic::Span;
use kinglet_project::{Project, QueryOptions, RenderedQuery, normal_path};
use kinglet_template::Template;

use crate::document::{Document, Kind};
use crate::function::Functions;

/// Code of the problems that [`read_query`] reports; `diagnostic` has better words for them.
pub(crate) const UNREADABLE: &str = "language/query";

/// A place in a file of the project.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file.
    pub path: String,
    /// Where in it, in bytes.
    pub span: Span,
}

/// A column of something that queries read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// ClickHouse's type; empty where it is not known.
    pub type_name: String,
    /// Where it is defined, if that is in the project.
    pub place: Option<Place>,
}

/// The files of a project, and what else queries may name.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    files: BTreeMap<String, String>,
    tables: BTreeMap<String, Vec<Column>>,
    functions: Functions,
    project: Project,
    is_stale: bool,
}

impl Workspace {
    /// An empty project.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file or replaces its text.
    pub fn set_file(&mut self, path: &str, text: &str) {
        let path = normal_path(path);
        if self.files.get(&path).is_none_or(|known| known != text) {
            self.files.insert(path, text.to_owned());
            self.is_stale = true;
        }
    }

    /// Takes a file out of the project.
    pub fn remove_file(&mut self, path: &str) {
        self.is_stale |= self.files.remove(&normal_path(path)).is_some();
    }

    /// Takes all files out of the project.
    pub fn clear_files(&mut self) {
        self.files.clear();
        self.is_stale = true;
    }

    /// The text of a file.
    pub fn file(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Paths of all files.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Adds a table that queries may read besides the project's own.
    pub fn set_table(&mut self, name: &str, columns: Vec<Column>) {
        self.tables.insert(name.to_owned(), columns);
    }

    /// Forgets the tables that were added.
    pub fn clear_tables(&mut self) {
        self.tables.clear();
    }

    /// The tables that were added.
    pub fn tables(&self) -> &BTreeMap<String, Vec<Column>> {
        &self.tables
    }

    /// Gives the table of functions, see [`Functions::read`].
    pub fn set_functions(&mut self, functions: Functions) {
        self.functions = functions;
    }

    /// The functions; none until they were given.
    pub fn functions(&self) -> &Functions {
        &self.functions
    }

    /// Takes the text of an editor into the project, where it is a file of one.
    pub fn open(&mut self, document: &Document<'_>) {
        if matches!(document.kind(), Kind::Datafile(_) | Kind::Test) {
            self.set_file(document.path, document.text);
        }
    }

    /// Reads the files that changed. Until then, [`project`](Self::project) is what it was.
    pub fn refresh(&mut self) {
        if self.is_stale {
            self.project = Project::load_for_editing(&self.files, &read_query);
            self.is_stale = false;
        }
    }

    /// The project as last read.
    pub fn project(&self) -> &Project {
        &self.project
    }
}

/// What a node's query reads without parameters. Syntax of SQL is not looked at here.
fn read_query(node: &Node, _: &str, _: &QueryOptions) -> Result<RenderedQuery, Problem> {
    let sql = node.sql.as_ref().map_or("", |sql| sql.text.as_str());
    if !Template::is_template(sql) {
        return Ok(RenderedQuery { sql: sql.to_owned(), reserved_parameters: Vec::new() });
    }
    let (template, _) = Template::parse_named(sql, &node.name);
    match template.error() {
        Some(error) => Err(Problem::error(UNREADABLE, node.name_span, error.message.clone())),
        None => Ok(RenderedQuery { sql: template.skeleton(false).sql, reserved_parameters: Vec::new() }),
    }
}
