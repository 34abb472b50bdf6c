//! What reads those parts of a project that an editor's small module does without.

use kinglet_datafile::{EndpointTest, Node, Parsed, Problem, check_endpoint_tests, parse_endpoint_tests};

use crate::origin::Runs;
use crate::query::{QueryOptions, RenderedQuery, check_query};
use crate::secrets::{Secrets, render_with_runs};

/// Reads the query of a node, given the name of its file.
pub type ReadQuery<'a> = &'a dyn Fn(&Node, &str, &QueryOptions) -> Result<RenderedQuery, Problem>;

/// A text with secrets filled in and the way back, or `None` when it has no tags.
type WithSecrets = Result<Option<(String, Option<Runs>)>, Problem>;

/// Fills secrets into the text of a file with this name.
type FillSecrets = fn(&str, &str, &Secrets) -> WithSecrets;

/// Reads endpoint tests.
type ReadTests = fn(&str) -> Parsed<Vec<EndpointTest>>;

/// The readers of a project. Code that is reached through them alone is left out of a module that has
/// its own.
pub(crate) struct Readers<'a> {
    pub(crate) query: ReadQuery<'a>,
    /// Fills secrets into a datafile; without it, tags stay as they are written.
    pub(crate) secrets: Option<FillSecrets>,
    /// Reads endpoint tests.
    pub(crate) tests: ReadTests,
}

impl Readers<'static> {
    /// Everything is read as for a deployment.
    pub(crate) fn full() -> Self {
        Self { query: &check_query, secrets: Some(render_with_runs), tests: parse_endpoint_tests }
    }
}

impl<'a> Readers<'a> {
    /// Queries are read by `query`, secrets stay as they are, of tests only what is wrong is told.
    pub(crate) fn for_editing(query: ReadQuery<'a>) -> Self {
        Self { query, secrets: None, tests: check_endpoint_tests }
    }
}
