//! What a table is: its columns, its engine, its keys.

use std::collections::BTreeMap;
use std::fmt;

use arrow::datatypes::{Schema, SchemaRef};

/// What the store keeps about a table. All texts but the sorting key's column names pass through uninterpreted.
#[derive(Clone, Debug, PartialEq)]
pub struct TableDefinition {
    /// Columns, in order.
    pub schema: SchemaRef,
    /// Engine with its arguments, as in `ReplacingMergeTree(version)`.
    pub engine: String,
    /// Expressions rows are sorted by.
    pub sorting_key: Vec<String>,
    /// Expression that splits the rows into partitions.
    pub partition_key: Option<String>,
    /// Other settings of the engine (`ttl`, `ver`, `sign`, ...).
    pub options: BTreeMap<String, String>,
    /// True for a table that must not outlive a restart (a replacement being filled).
    pub temporary: bool,
    /// JSON of the layer above.
    pub extra: String,
}

impl TableDefinition {
    /// A MergeTree table with this schema and no sorting key.
    pub fn new(schema: SchemaRef) -> Self {
        TableDefinition {
            schema,
            engine: "MergeTree".to_owned(),
            sorting_key: Vec::new(),
            partition_key: None,
            options: BTreeMap::new(),
            temporary: false,
            extra: String::new(),
        }
    }

    /// The same with another sorting key.
    #[must_use]
    pub fn sorted_by(mut self, key: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.sorting_key = key.into_iter().map(Into::into).collect();
        self
    }

    /// The same with another partition key.
    #[must_use]
    pub fn partitioned_by(mut self, key: impl Into<String>) -> Self {
        self.partition_key = Some(key.into());
        self
    }
}

impl Default for TableDefinition {
    fn default() -> Self {
        Self::new(SchemaRef::new(Schema::empty()))
    }
}

/// Identity of a table, whatever heads call it. Heads that share a table hold the same id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TableId(pub u64);

impl fmt::Display for TableId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A table of a head: `"events".into()` is in [`LIVE`], `("staging", "events").into()` in another.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TablePath {
    /// Name of the head.
    pub head: String,
    /// Name of the table in it.
    pub table: String,
}

/// The head that always exists.
pub const LIVE: &str = "live";

impl From<&str> for TablePath {
    fn from(table: &str) -> Self {
        TablePath { head: LIVE.to_owned(), table: table.to_owned() }
    }
}

impl From<&String> for TablePath {
    fn from(table: &String) -> Self {
        table.as_str().into()
    }
}

impl From<(&str, &str)> for TablePath {
    fn from((head, table): (&str, &str)) -> Self {
        TablePath { head: head.to_owned(), table: table.to_owned() }
    }
}

impl fmt::Display for TablePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.head == LIVE { f.write_str(&self.table) } else { write!(f, "{}@{}", self.table, self.head) }
    }
}
