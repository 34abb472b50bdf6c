//! What a query of the project may read, and the columns of it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use kinglet_diagnostic::Span;
use kinglet_template::Template;

use crate::analysis::Analysis;
use crate::columns::{Lookup, output_columns};
use crate::document::Document;
use crate::workspace::{Column, Place, Workspace};

/// Nodes and pipes that are followed one into the other.
const MAX_HOPS: usize = 64;

/// What a table name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableKind {
    /// A data source.
    Datasource,
    /// A pipe, read through its endpoint.
    Pipe,
    /// A node of the same pipe.
    Node,
    /// A table that is no file of the project.
    Table,
}

/// The columns of a table; shared, since many ask.
pub type Columns = Rc<Vec<Column>>;

/// The nodes of one pipe.
#[derive(Clone, Debug, Default)]
pub struct Nodes {
    /// The pipe's file.
    pub path: String,
    /// Name and query of each node, the offset of the query in the file first.
    list: Vec<(usize, String, String)>,
    /// Whether the queries are those of the file; otherwise one of them is an editor's text, without a place.
    edited: Option<String>,
}

/// Names and columns as one query sees them.
pub struct Catalog<'a> {
    workspace: &'a Workspace,
    nodes: Nodes,
    known: RefCell<BTreeMap<(String, String), Columns>>,
}

impl<'a> Catalog<'a> {
    /// What the queries of a text may read.
    pub fn of(workspace: &'a Workspace, document: &Document<'_>) -> Self {
        let file = workspace.file(document.path).unwrap_or("");
        let nodes = match document.node {
            None => nodes_of(document),
            Some(node) => {
                let mut nodes = nodes_of(&Document { text: file, node: None, ..*document });
                nodes.list.retain(|(_, name, _)| name != node);
                nodes.list.push((0, node.to_owned(), document.text.to_owned()));
                nodes.edited = Some(node.to_owned());
                nodes
            }
        };
        Self { workspace, nodes, known: RefCell::default() }
    }

    /// The workspace.
    pub fn workspace(&self) -> &'a Workspace {
        self.workspace
    }

    /// Names of the nodes of the pipe that the text is of.
    pub fn node_names(&self) -> impl Iterator<Item = &str> {
        self.nodes.list.iter().map(|(_, name, _)| name.as_str())
    }

    /// Whether a path is that of the pipe that the text is of.
    pub fn is_own(&self, path: &str) -> bool {
        self.nodes.path == path
    }

    /// What a table name stands for in a query of the node `own`, and its columns.
    pub fn table(&self, own: Option<&str>, name: &str) -> Option<(TableKind, Columns)> {
        self.table_in(&self.nodes, own, name, MAX_HOPS)
    }

    fn table_in(
        &self,
        nodes: &Nodes,
        own: Option<&str>,
        name: &str,
        hops: usize,
    ) -> Option<(TableKind, Columns)> {
        if own != Some(name) && nodes.list.iter().any(|(_, node, _)| node == name) {
            return Some((TableKind::Node, self.node_columns(nodes, name, hops)));
        }
        let project = self.workspace.project();
        if let Some(datasource) = project.datasource(name) {
            let column = |column: &kinglet_datafile::Column| {
                let (path, span) = datasource.origin(column.name_span);
                let place = Some(Place { path: path.to_owned(), span });
                Column { name: column.name.clone(), type_name: column.full_type(), place }
            };
            return Some((
                TableKind::Datasource,
                Rc::new(datasource.value.columns.iter().map(column).collect()),
            ));
        }
        if let Some(pipe) = project.pipe(name).filter(|pipe| pipe.path != nodes.path) {
            let published = pipe.value.published().map(|node| node.name.clone()).unwrap_or_default();
            let text = self.workspace.file(&pipe.path).unwrap_or("");
            let nodes = nodes_of(&Document { path: &pipe.path, text, node: None });
            return Some((TableKind::Pipe, self.node_columns(&nodes, &published, hops)));
        }
        let columns = self.workspace.tables().get(name)?;
        Some((TableKind::Table, Rc::new(columns.clone())))
    }

    /// The columns that a node answers.
    pub fn node(&self, name: &str) -> Columns {
        self.node_columns(&self.nodes, name, MAX_HOPS)
    }

    fn node_columns(&self, nodes: &Nodes, name: &str, hops: usize) -> Columns {
        let key = (nodes.path.clone(), name.to_owned());
        if let Some(known) = self.known.borrow().get(&key) {
            return known.clone();
        }
        let Some((start, _, sql)) = nodes.list.iter().find(|(_, node, _)| node == name) else {
            return Columns::default();
        };
        let Some(hops) = hops.checked_sub(1) else { return Columns::default() };
        // A node that reads itself, near or far, has no columns on the way.
        self.known.borrow_mut().insert(key.clone(), Columns::default());
        let lookup = |table: &str| self.table_in(nodes, Some(name), table, hops);
        let mut columns = answered(sql, &lookup);
        let has_place = nodes.edited.as_deref() != Some(name);
        for (column, span) in &mut columns {
            let place = |span: &Span| Place { path: nodes.path.clone(), span: span.shifted(*start) };
            column.place = Some(&*span).filter(|_| has_place).map(place);
        }
        let columns: Columns = Rc::new(columns.into_iter().map(|(column, _)| column).collect());
        self.known.borrow_mut().insert(key, columns.clone());
        columns
    }
}

/// Columns of the data source that a text describes, or those that its query answers; of a pipe, those of the
/// node that stands for it.
pub fn columns_of(workspace: &Workspace, document: &Document<'_>) -> Columns {
    let project = workspace.project();
    let catalog = Catalog::of(workspace, document);
    if let Some(node) = document.node {
        return catalog.node(node);
    }
    if let Some(datasource) = project.datasources.iter().find(|found| found.path == document.path) {
        return catalog.table(None, &datasource.full_name()).map(|(_, columns)| columns).unwrap_or_default();
    }
    if let Some(pipe) = project.pipes.iter().find(|found| found.path == document.path) {
        return pipe.value.published().map(|node| catalog.node(&node.name)).unwrap_or_default();
    }
    let queries = document.queries();
    let sql = queries.last().map_or("", |query| query.sql.as_str());
    let found = answered(sql, &|name: &str| catalog.table(None, name));
    Columns::new(found.into_iter().map(|(column, _)| column).collect())
}

/// The columns that a query answers, each with its place in it. A template's are those without parameters.
fn answered(sql: &str, lookup: Lookup<'_>) -> Vec<(Column, Span)> {
    if !Template::is_template(sql) {
        return output_columns(&Analysis::of(sql), lookup);
    }
    let skeleton = Template::parse(sql).0.skeleton(false);
    let columns = output_columns(&Analysis::of(&skeleton.sql), lookup);
    let place = |span: Span| skeleton.source_map.template_range(span).unwrap_or_default();
    columns.into_iter().map(|(column, span)| (column, place(span))).collect()
}

fn nodes_of(document: &Document<'_>) -> Nodes {
    let queries = document.queries();
    let list = queries.into_iter().filter_map(|query| Some((query.start, query.node?, query.sql))).collect();
    Nodes { path: document.path.to_owned(), list, edited: None }
}
