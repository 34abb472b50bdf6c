//! The query of each node of a project, rendered once and read for tables.

use std::collections::{BTreeMap, BTreeSet};

use kinglet_datafile::{Node, Pipe, Problem};

use crate::path::file_name;
use crate::project::{Project, Resource};
use crate::query::{QueryOptions, RenderedQuery, check_query};
use crate::scan::{TableUse, table_uses};

/// The query of a node.
#[derive(Clone, Debug)]
pub(crate) struct NodeQuery {
    /// The query as it runs without parameters, or what is wrong with it.
    pub(crate) checked: Result<RenderedQuery, Problem>,
    /// Tables named in the text of the query, in all alternatives of a template.
    pub(crate) written: Vec<TableUse>,
    /// Tables that the query reads when it runs without parameters.
    pub(crate) rendered: BTreeSet<String>,
}

/// Queries by path of the pipe and place of the node's name.
pub(crate) type NodeQueries = BTreeMap<(String, u32), NodeQuery>;

impl NodeQuery {
    /// Renders and reads the query of a node.
    pub(crate) fn of(node: &Node, file_name: &str, options: &QueryOptions) -> Self {
        let checked = check_query(node, file_name, options);
        let written = node.sql.as_ref().map(|sql| table_uses(&sql.text)).unwrap_or_default();
        let rendered = match &checked {
            Ok(query) => table_uses(&query.sql).into_iter().map(|used| used.name).collect(),
            Err(_) => BTreeSet::new(),
        };
        Self { checked, written, rendered }
    }
}

fn key(pipe: &Resource<Pipe>, node: &Node) -> (String, u32) {
    (pipe.path.clone(), node.name_span.start)
}

impl Project {
    /// Renders and reads the queries of all pipes.
    pub(crate) fn read_queries(&mut self, options: &QueryOptions) {
        let mut queries = NodeQueries::new();
        for pipe in &self.pipes {
            for node in &pipe.value.nodes {
                queries.insert(key(pipe, node), NodeQuery::of(node, file_name(&pipe.path), options));
            }
        }
        self.queries = queries;
    }

    pub(crate) fn query(&self, pipe: &Resource<Pipe>, node: &Node) -> Option<&NodeQuery> {
        self.queries.get(&key(pipe, node))
    }

    /// The query of a node as it runs without parameters; `None` where something is wrong with it.
    pub fn rendered(&self, pipe: &Resource<Pipe>, node: &Node) -> Option<&RenderedQuery> {
        self.query(pipe, node)?.checked.as_ref().ok()
    }
}
