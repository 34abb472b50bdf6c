//! What a query is run with.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::scratch::Scratch;
use crate::{Catalog, Environment};

/// A check that is asked between batches; `Err` ends the query with that error (cancelled, too late).
pub type Checkpoint = Arc<dyn Fn() -> kinglet_types::Result<()> + Send + Sync>;

/// What a query is run with.
#[derive(Clone)]
pub struct QueryOptions<'a> {
    /// Where table names are looked up.
    pub catalog: &'a dyn Catalog,
    /// Clock, zone, default database.
    pub environment: Environment,
    /// Settings by name; the query's own SETTINGS come on top.
    pub settings: BTreeMap<String, String>,
    /// Values of `{name:Type}`, as text.
    pub parameters: BTreeMap<String, String>,
    /// Bytes the query may hold; what is beyond goes to `scratch`, or the query fails with 241.
    pub memory_limit: Option<usize>,
    /// Where sorts and aggregates put what they cannot hold.
    pub scratch: Option<Arc<dyn Scratch>>,
    /// Asked between batches.
    pub checkpoint: Option<Checkpoint>,
}

impl<'a> QueryOptions<'a> {
    /// No settings, parameters or limits.
    pub fn new(catalog: &'a dyn Catalog) -> Self {
        Self {
            catalog,
            environment: Environment::default(),
            settings: BTreeMap::new(),
            parameters: BTreeMap::new(),
            memory_limit: None,
            scratch: None,
            checkpoint: None,
        }
    }
}

impl fmt::Debug for QueryOptions<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("QueryOptions")
            .field("environment", &self.environment)
            .field("settings", &self.settings)
            .field("parameters", &self.parameters)
            .finish_non_exhaustive()
    }
}
