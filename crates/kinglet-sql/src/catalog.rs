//! Tables as the engine sees them.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arrow::array::RecordBatch;
use datafusion::common::ScalarValue;
use futures::stream::BoxStream;
use kinglet_types::{ChType, Result};

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableColumn {
    /// Its name; columns of a Nested are named `nested.column`.
    pub name: String,
    /// Its type.
    pub ty: ChType,
    /// Where values come from that are not inserted.
    pub kind: ColumnKind,
}

impl TableColumn {
    /// An ordinary column.
    pub fn new(name: impl Into<String>, ty: ChType) -> Self {
        Self { name: name.into(), ty, kind: ColumnKind::Ordinary }
    }
}

/// Where the values of a column come from. Expressions are SQL text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Inserted, else the type's default.
    Ordinary,
    /// Inserted, else computed when a row is inserted.
    Default(String),
    /// Always computed when a row is inserted; not part of `*`.
    Materialized(String),
    /// Computed when read; not stored, not part of `*`.
    Alias(String),
}

/// A stored or computed table.
pub trait Table: fmt::Debug + Send + Sync {
    /// The columns that are stored, in order (those of kind Alias may be among them; they are never scanned).
    fn columns(&self) -> &[TableColumn];

    /// Name of the engine, such as `MergeTree`.
    fn engine(&self) -> &str {
        "Memory"
    }

    /// Whether `FINAL` is possible.
    fn supports_final(&self) -> bool {
        false
    }

    /// Number of rows, if it is known without reading.
    fn row_count(&self) -> Option<u64> {
        None
    }

    /// What [`scan`](Table::scan) would read, as far as the table can tell without reading.
    fn estimate(&self, request: &ScanRequest) -> Option<ReadEstimate> {
        let _ = request;
        None
    }

    /// The expressions it is sorted, split and sampled by.
    fn keys(&self) -> TableKeys {
        TableKeys::default()
    }

    /// The parts it is stored in, where it is stored.
    fn parts(&self) -> Vec<StoredPart> {
        Vec::new()
    }

    /// Starts to read. Batches hold the columns of `request.projection` in that order, in the layout of
    /// [`crate::arrow_type`]. Filters only say what may be skipped; every row is checked again.
    ///
    /// # Errors
    /// When the table cannot be read.
    fn scan(&self, request: &ScanRequest) -> Result<BoxStream<'static, Result<RecordBatch>>>;
}

/// Expressions of a table's keys, as SQL.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableKeys {
    /// Those that rows are sorted by.
    pub sorting: Vec<String>,
    /// The one that splits rows into partitions.
    pub partition: Option<String>,
    /// The one that SAMPLE chooses rows by: an unsigned number spread over all values of its type.
    pub sampling: Option<String>,
}

/// A part of a stored table, for `system.parts`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StoredPart {
    /// Its name, different from those of the table's other parts.
    pub name: String,
    /// The partition's value as text; empty without partitions.
    pub partition: String,
    /// Rows.
    pub rows: u64,
    /// Marks: one for each granule.
    pub marks: u64,
    /// Bytes on the disk.
    pub bytes_on_disk: u64,
    /// Bytes in memory.
    pub uncompressed_bytes: u64,
    /// How many merges made it, one after the other.
    pub level: u32,
    /// When it was written, in seconds since 1970.
    pub created_seconds: i64,
    /// Where it is on the disk.
    pub path: String,
}

/// What a query reads of a table.
#[derive(Clone, Debug, Default)]
pub struct ScanRequest {
    /// Positions of the columns.
    pub projection: Vec<usize>,
    /// Conditions that all hold for every row wanted.
    pub filters: Vec<ColumnFilter>,
    /// No more rows than this are wanted.
    pub limit: Option<usize>,
    /// Rows are combined as the engine does when it merges.
    pub is_final: bool,
    /// Where the table counts the rows that it reads and does not give, as they do not meet the filters.
    pub left_out: LeftOut,
}

/// A count of rows that were read and left out. Clones count together.
#[derive(Clone, Default)]
pub struct LeftOut(Arc<AtomicU64>);

impl LeftOut {
    /// Counts more rows.
    pub fn add(&self, rows: u64) {
        self.0.fetch_add(rows, Ordering::Relaxed);
    }

    /// All rows so far.
    pub fn rows(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl fmt::Debug for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("_")
    }
}

/// What a scan would read of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadEstimate {
    /// Parts in the table.
    pub parts_total: u64,
    /// Parts to read.
    pub parts: u64,
    /// Granules in the table.
    pub marks_total: u64,
    /// Granules to read.
    pub marks: u64,
    /// Rows in the table.
    pub rows_total: u64,
    /// Rows to read.
    pub rows: u64,
    /// Bytes in memory of the columns to read, about.
    pub bytes: u64,
}

/// A condition on one column.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnFilter {
    /// Position of the column in [`Table::columns`].
    pub column: usize,
    /// How it compares.
    pub comparison: Comparison,
    /// What it compares with, in the column's layout: one value, or several for `In`.
    pub values: Vec<ScalarValue>,
}

/// A comparison of a [`ColumnFilter`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// One of the values.
    In,
    /// Matches the value as a pattern of `LIKE`.
    Like,
    /// Holds the value as a whole word (`hasToken`).
    HasToken,
}

/// What a name stands for.
#[derive(Clone, Debug)]
pub enum TableRef {
    /// A table.
    Table(Arc<dyn Table>),
    /// A query in its place.
    View {
        /// The query's text.
        sql: String,
    },
}

/// Finds tables by name.
pub trait Catalog: Send + Sync {
    /// The table or view of a name; `database` is what stands before the dot, if anything.
    fn resolve(&self, database: Option<&str>, name: &str) -> Option<TableRef>;

    /// Told when the query of a view that was resolved cannot be bound, and where in its text. Of views
    /// within views the innermost is told first.
    fn failed_view(&self, _sql: &str, _place: kinglet_diagnostic::Span) {}

    /// Database and name of every table, for `system.tables`.
    fn names(&self) -> Vec<(String, String)> {
        Vec::new()
    }
}

/// A catalog without tables.
#[derive(Clone, Copy, Debug, Default)]
pub struct EmptyCatalog;

impl Catalog for EmptyCatalog {
    fn resolve(&self, _database: Option<&str>, _name: &str) -> Option<TableRef> {
        None
    }
}
