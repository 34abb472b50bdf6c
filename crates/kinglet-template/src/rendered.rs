//! What rendering gives: SQL, settings of the query, where each piece came from.

use crate::{SourceMap, Value};

/// Settings of the query that the template asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// `max_threads(n)`.
    pub max_threads: Option<i64>,
    /// `cache_ttl('5s')`: one of `5s`, `1m`, `5m`, `30m`, `1h`.
    pub cache_ttl: Option<String>,
    /// `backend_hint(x)`; [`Value::Null`] when the template said `None`.
    pub backend_hint: Option<Value>,
    /// `disable('analyzer')`.
    pub disable: Option<String>,
    /// `activate(feature)`, sorted, each once.
    pub activate: Vec<String>,
}

/// The result of rendering a template.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rendered {
    /// The SQL text.
    pub sql: String,
    /// Settings the template asked for.
    pub settings: Settings,
    /// Offsets of `sql` back to offsets of the template.
    pub source_map: SourceMap,
    /// Secrets the SQL refers to as query parameters, `{name: String}`; sorted, each once.
    pub secret_parameters: Vec<String>,
    /// Uses of parameter names that the API consumes itself, in order, once for each use.
    pub reserved_warnings: Vec<String>,
}
