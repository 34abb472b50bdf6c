//! What a pipe's query is made of, without its rows: its text, its plan, its columns.

use super::catalog::QueryCatalog;
use super::{Call, call::check_readable};
use crate::error::{Error, Result};
use crate::resource::{Node, Pipe};
use crate::token::Access;
use crate::workspace::Workspace;
use kinglet_sql::OutputColumn;
use kinglet_template::Context;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A query and its plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The query that runs.
    pub query: String,
    /// Its plan, a line per step.
    pub plan: String,
}

impl Workspace {
    /// Explains a node of a pipe: `node`, or the one that is asked for by calling the pipe.
    ///
    /// # Errors
    /// `NotFound` for a node that is not there, `Forbidden` for a token that cannot read the
    /// pipe, and what is wrong with parameters or queries.
    pub fn explain(
        self: &Rc<Self>,
        access: &Access,
        pipe: &Pipe,
        node: Option<&str>,
        call: &Call,
    ) -> Result<Explained> {
        check_readable(access, pipe)?;
        let found = match node {
            Some(name) => pipe.node(name),
            None => pipe.endpoint().or(pipe.materialized()).or(pipe.nodes.last()),
        };
        let node =
            found.ok_or_else(|| Error::not_found(format!("The pipe '{}' has no such node", pipe.name)))?;
        let context = Context { variables: call.params.clone(), ..self.template_context() };
        let catalog = QueryCatalog::new(self.project_of(call.staging)?, self.snapshot()?, context);
        let query = catalog.rendered(pipe, node)?;
        let plan = self.prepare(&query, &catalog, BTreeMap::new())?.explain();
        Ok(Explained { query, plan })
    }

    /// The columns of a node's answer, as far as they do not depend on parameters.
    pub fn node_columns(self: &Rc<Self>, pipe: &Pipe, node: &Node) -> Option<Vec<OutputColumn>> {
        let context = Context { test_mode: true, ..self.template_context() };
        let mut catalog = QueryCatalog::new(self.project(), self.snapshot().ok()?, context);
        catalog.serve(self);
        let sql = catalog.rendered(pipe, node).ok()?;
        let prepared = self.prepare(&sql, &catalog, BTreeMap::new()).ok()?;
        Some(prepared.columns().to_vec())
    }
}
