//! The query of each node of a project, rendered once and read for tables.

use kinglet_datafile::{Node, Pipe, Problem};

use crate::graph::insert_sorted;
use crate::path::file_name;
use crate::project::{Project, Resource};
use crate::query::{QueryOptions, RenderedQuery};
use crate::readers::ReadQuery;
use crate::scan::{TableUse, table_uses};

/// The query of a node.
#[derive(Clone, Debug)]
pub(crate) struct NodeQuery {
    /// The query as it runs without parameters, or what is wrong with it.
    pub(crate) checked: Result<RenderedQuery, Problem>,
    /// Tables named in the text of the query, in all alternatives of a template.
    pub(crate) written: Vec<TableUse>,
    /// Tables that the query reads when it runs without parameters.
    pub(crate) rendered: Vec<String>,
}

/// The queries of a pipe's nodes by the place of the node's name, for each pipe by its path, in order.
pub(crate) type NodeQueries = Vec<(String, Vec<(u32, NodeQuery)>)>;

impl NodeQuery {
    /// Renders and reads the query of a node.
    pub(crate) fn of(node: &Node, file_name: &str, options: &QueryOptions, read: ReadQuery<'_>) -> Self {
        let checked = read(node, file_name, options);
        let written = node.sql.as_ref().map(|sql| table_uses(&sql.text)).unwrap_or_default();
        let mut rendered = Vec::new();
        for used in checked.iter().flat_map(|query| table_uses(&query.sql)) {
            insert_sorted(&mut rendered, used.name);
        }
        Self { checked, written, rendered }
    }
}

impl Project {
    /// Renders and reads the queries of all pipes.
    pub(crate) fn read_queries(&mut self, options: &QueryOptions, read: ReadQuery<'_>) {
        let of_pipe = |pipe: &Resource<Pipe>| {
            let query = |node: &Node| {
                (node.name_span.start, NodeQuery::of(node, file_name(&pipe.path), options, read))
            };
            (pipe.path.clone(), pipe.value.nodes.iter().map(query).collect())
        };
        self.queries = self.pipes.iter().map(of_pipe).collect();
    }

    pub(crate) fn query(&self, pipe: &Resource<Pipe>, node: &Node) -> Option<&NodeQuery> {
        let at = self.queries.binary_search_by(|(path, _)| path.as_str().cmp(&pipe.path)).ok()?;
        let (_, nodes) = self.queries.get(at)?;
        nodes.iter().find(|(place, _)| *place == node.name_span.start).map(|(_, query)| query)
    }

    /// The query of a node as it runs without parameters; `None` where something is wrong with it.
    pub fn rendered(&self, pipe: &Resource<Pipe>, node: &Node) -> Option<&RenderedQuery> {
        self.query(pipe, node)?.checked.as_ref().ok()
    }
}
