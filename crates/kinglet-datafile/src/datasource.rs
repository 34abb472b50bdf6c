//! Data sources: `.datasource` files.

mod check;
mod parse;

use crate::column::Column;
use crate::engine::Engine;
use crate::index::Index;
use crate::resource::{Settings, Token};
use crate::text::SourceText;

pub use parse::parse_datasource;
pub(crate) use parse::{is_directive, one_of, retired, single_line, sql_block};

/// A data source: a table, how it is filled and who may use it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Datasource {
    /// Free text for people.
    pub description: Option<String>,
    /// Static tokens with `READ` or `APPEND` on this data source.
    pub tokens: Vec<Token>,
    /// Tags to filter by; `key=value` tags are the setting `tags`.
    pub tags: Vec<String>,
    /// The columns, in file order.
    pub columns: Vec<Column>,
    /// The text of the schema.
    pub schema: SourceText,
    /// The engine, when the file mentions one.
    pub engine: Option<Engine>,
    /// Data-skipping indexes.
    pub indexes: Vec<Index>,
    /// Workspaces the data source is shared with.
    pub shared_with: Vec<String>,
    /// The query that maps the live schema to this one.
    pub forward_query: Option<SourceText>,
    /// Everything else: connections, imports, Kafka.
    pub settings: Settings,
}
