//! `CREATE` and `ATTACH`.

use kinglet_diagnostic::Span;

use super::{DataType, Expr, Function, Ident, Path, Query, QueryStatement, Setting, Value};

/// A `CREATE` or `ATTACH` statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Create {
    /// `CREATE`, `CREATE OR REPLACE`, `REPLACE`, `ATTACH`.
    pub verb: CreateVerb,
    /// `IF NOT EXISTS`.
    pub if_not_exists: bool,
    /// `TEMPORARY`.
    pub temporary: bool,
    /// The object's name, `db.name` or `name`.
    pub name: Path,
    /// `UUID 'text'`.
    pub uuid: Option<String>,
    /// `ON CLUSTER name`.
    pub cluster: Option<Ident>,
    /// What is created.
    pub object: CreateObject,
}

/// What a `CREATE` creates.
#[derive(Clone, Debug, PartialEq)]
pub enum CreateObject {
    /// A table.
    Table(Box<CreateTable>),
    /// A view of any kind.
    View(Box<CreateView>),
    /// A database.
    Database(Box<CreateDatabase>),
    /// A function defined by a lambda.
    Function(Box<CreateFunction>),
    /// A dictionary.
    Dictionary(Box<CreateDictionary>),
}

/// The words a `CREATE` starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CreateVerb {
    /// `CREATE`.
    Create,
    /// `CREATE OR REPLACE`.
    CreateOrReplace,
    /// `REPLACE`.
    Replace,
    /// `ATTACH`.
    Attach,
}

/// The rest of `CREATE TABLE`.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateTable {
    /// What stands in the parentheses.
    pub elements: TableElements,
    /// `ENGINE` and the clauses around it.
    pub storage: TableStorage,
    /// `AS [db.]table`: the structure is copied from there.
    pub as_table: Option<Path>,
    /// `CLONE AS [db.]table`: the data too.
    pub clone: bool,
    /// `AS table_function(...)`.
    pub as_function: Option<Box<Function>>,
    /// `AS SELECT ...`: filled from there.
    pub as_query: Option<Box<Query>>,
    /// `EMPTY AS SELECT`: the structure only.
    pub empty: bool,
    /// `COMMENT 'text'`.
    pub comment: Option<String>,
}

/// Columns, indexes, constraints, projections and keys of a table.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct TableElements {
    /// The columns.
    pub columns: Vec<ColumnDef>,
    /// `INDEX`.
    pub indexes: Vec<IndexDef>,
    /// `CONSTRAINT`.
    pub constraints: Vec<Constraint>,
    /// `PROJECTION`.
    pub projections: Vec<ProjectionDef>,
    /// `PRIMARY KEY (...)` inside the parentheses.
    pub primary_key: Option<Expr>,
}

impl TableElements {
    /// Whether there is nothing at all.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
            && self.indexes.is_empty()
            && self.constraints.is_empty()
            && self.projections.is_empty()
            && self.primary_key.is_none()
    }
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnDef {
    /// The name; dotted for parts of a nested column (`n.key`).
    pub name: Ident,
    /// The type, which a default expression can stand in for.
    pub data_type: Option<DataType>,
    /// `NULL` (true) or `NOT NULL` (false) after the type.
    pub nullable: Option<bool>,
    /// `DEFAULT`, `MATERIALIZED`, `ALIAS`, `EPHEMERAL`.
    pub default: Option<ColumnDefault>,
    /// `COMMENT 'text'`.
    pub comment: Option<String>,
    /// `CODEC(...)`, as calls or identifiers.
    pub codec: Option<Vec<Expr>>,
    /// `STATISTICS(...)`.
    pub statistics: Option<Vec<Expr>>,
    /// `TTL`.
    pub ttl: Option<Expr>,
    /// `COLLATE name`.
    pub collate: Option<Ident>,
    /// `PRIMARY KEY` beside the column.
    pub primary_key: bool,
    /// `SETTINGS (...)`.
    pub settings: Vec<Setting>,
    /// Where it is.
    pub span: Span,
}

impl ColumnDef {
    /// A column of that name and nothing else.
    pub fn new(name: Ident) -> Self {
        let span = name.span;
        Self {
            name,
            data_type: None,
            nullable: None,
            default: None,
            comment: None,
            codec: None,
            statistics: None,
            ttl: None,
            collate: None,
            primary_key: false,
            settings: Vec::new(),
            span,
        }
    }
}

/// The default of a column.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnDefault {
    /// The kind.
    pub kind: ColumnDefaultKind,
    /// The expression; `EPHEMERAL` may go without.
    pub expr: Option<Expr>,
}

/// The kind of a column's default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColumnDefaultKind {
    /// `DEFAULT`.
    Default,
    /// `MATERIALIZED`.
    Materialized,
    /// `ALIAS`.
    Alias,
    /// `EPHEMERAL`.
    Ephemeral,
    /// `AUTO_INCREMENT`.
    AutoIncrement,
}

/// `INDEX name expression TYPE type GRANULARITY n`.
#[derive(Clone, Debug, PartialEq)]
pub struct IndexDef {
    /// The name.
    pub name: Ident,
    /// What is indexed.
    pub expr: Expr,
    /// The type, a call or an identifier (`bloom_filter(0.01)`).
    pub kind: Option<Function>,
    /// Whether the type was written with parentheses.
    pub kind_has_arguments: bool,
    /// Granules per entry.
    pub granularity: Option<u64>,
}

/// `CONSTRAINT name CHECK expression` or `ASSUME expression`.
#[derive(Clone, Debug, PartialEq)]
pub struct Constraint {
    /// The name.
    pub name: Ident,
    /// `ASSUME` instead of `CHECK`.
    pub assume: bool,
    /// The expression.
    pub expr: Expr,
}

/// `PROJECTION name (SELECT ...)`.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectionDef {
    /// The name.
    pub name: Ident,
    /// The query, without `FROM`.
    pub query: Box<Query>,
    /// `WITH SETTINGS (...)`.
    pub settings: Vec<Setting>,
}

/// `ENGINE` and its clauses.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct TableStorage {
    /// `ENGINE = name(arguments)`.
    pub engine: Option<Engine>,
    /// `PARTITION BY`.
    pub partition_by: Option<Expr>,
    /// `PRIMARY KEY`.
    pub primary_key: Option<Expr>,
    /// `ORDER BY`; a tuple for several keys.
    pub order_by: Option<Expr>,
    /// Whether each key of `order_by` is descending; empty when none is.
    pub order_directions: Vec<bool>,
    /// `SAMPLE BY`.
    pub sample_by: Option<Expr>,
    /// `TTL`.
    pub ttl: Vec<TtlItem>,
    /// `SETTINGS`.
    pub settings: Vec<Setting>,
}

impl TableStorage {
    /// Whether there is nothing at all.
    pub fn is_empty(&self) -> bool {
        let exprs = [&self.partition_by, &self.primary_key, &self.order_by, &self.sample_by];
        self.engine.is_none()
            && exprs.iter().all(|expr| expr.is_none())
            && self.ttl.is_empty()
            && self.settings.is_empty()
    }
}

/// `ENGINE = name(arguments)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Engine {
    /// The name.
    pub name: Ident,
    /// Parameters: the first of two pairs of parentheses.
    pub parameters: Option<Vec<Expr>>,
    /// The arguments, if there are parentheses.
    pub arguments: Option<Vec<Expr>>,
}

/// One item of a table's `TTL`.
#[derive(Clone, Debug, PartialEq)]
pub struct TtlItem {
    /// When.
    pub expr: Expr,
    /// What happens then.
    pub action: TtlAction,
    /// `WHERE`.
    pub filter: Option<Expr>,
}

/// What happens when a `TTL` has passed.
#[derive(Clone, Debug, PartialEq)]
pub enum TtlAction {
    /// Rows are deleted (`DELETE`, or nothing written).
    Delete,
    /// `TO DISK 'name'`, with `IF EXISTS`.
    ToDisk(String, bool),
    /// `TO VOLUME 'name'`, with `IF EXISTS`.
    ToVolume(String, bool),
    /// `RECOMPRESS CODEC(...)`.
    Recompress(Vec<Expr>),
    /// `GROUP BY keys SET column = expression`.
    GroupBy(Vec<Expr>, Vec<super::Assignment>),
}

/// The rest of `CREATE VIEW`.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateView {
    /// The kind.
    pub kind: ViewKind,
    /// Declared columns.
    pub elements: TableElements,
    /// `TO [db.]table`.
    pub to: Option<ViewTarget>,
    /// The inner table's storage.
    pub storage: TableStorage,
    /// `POPULATE`.
    pub populate: bool,
    /// `EMPTY`.
    pub empty: bool,
    /// `REFRESH EVERY ...`.
    pub refresh: Option<Refresh>,
    /// `DEFINER = user SQL SECURITY kind`, as written.
    pub security: Option<String>,
    /// The query; absent only in a faulty text.
    pub query: Option<Box<Query>>,
    /// `COMMENT 'text'`.
    pub comment: Option<String>,
}

impl CreateView {
    /// A view of that kind and nothing else.
    pub fn new(kind: ViewKind) -> Self {
        Self {
            kind,
            elements: TableElements::default(),
            to: None,
            storage: TableStorage::default(),
            populate: false,
            empty: false,
            refresh: None,
            security: None,
            query: None,
            comment: None,
        }
    }
}

/// The kind of a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ViewKind {
    /// `VIEW`.
    Normal,
    /// `MATERIALIZED VIEW`.
    Materialized,
}

/// Where a materialized view writes.
#[derive(Clone, Debug, PartialEq)]
pub struct ViewTarget {
    /// The table.
    pub table: Path,
}

/// The refresh schedule of a materialized view.
#[derive(Clone, Debug, PartialEq)]
pub struct Refresh {
    /// When.
    pub schedule: Option<RefreshSchedule>,
    /// `OFFSET interval`.
    pub offset: Option<Expr>,
    /// `RANDOMIZE FOR interval`.
    pub randomize: Option<Expr>,
    /// `DEPENDS ON`.
    pub depends_on: Vec<Path>,
    /// `SETTINGS`.
    pub settings: Vec<Setting>,
    /// `APPEND`.
    pub append: bool,
}

/// When a view is refreshed; the expression is an interval.
#[derive(Clone, Debug, PartialEq)]
pub enum RefreshSchedule {
    /// `EVERY interval`.
    Every(Expr),
    /// `AFTER interval`.
    After(Expr),
}

/// The rest of `CREATE DATABASE`.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateDatabase {
    /// `ENGINE`.
    pub engine: Option<Engine>,
    /// `SETTINGS`.
    pub settings: Vec<Setting>,
    /// `COMMENT 'text'`.
    pub comment: Option<String>,
}

/// The rest of `CREATE FUNCTION`.
#[derive(Clone, Debug, PartialEq)]
pub struct CreateFunction {
    /// The lambda.
    pub body: Expr,
}

/// The rest of `CREATE DICTIONARY`.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct CreateDictionary {
    /// The attributes; options such as `HIERARCHICAL` and `EXPRESSION` are kept by name.
    pub attributes: Vec<DictionaryAttribute>,
    /// `PRIMARY KEY`.
    pub primary_key: Vec<Expr>,
    /// `SOURCE(...)`.
    pub source: Option<DictionarySource>,
    /// `LAYOUT(...)`.
    pub layout: Option<DictionaryLayout>,
    /// `LIFETIME(...)`.
    pub lifetime: Option<DictionaryLifetime>,
    /// `RANGE(MIN a MAX b)`.
    pub range: Option<(Ident, Ident)>,
    /// `SETTINGS(...)`.
    pub settings: Vec<Setting>,
    /// `COMMENT 'text'`.
    pub comment: Option<String>,
}

/// An attribute of a dictionary.
#[derive(Clone, Debug, PartialEq)]
pub struct DictionaryAttribute {
    /// The name.
    pub name: Ident,
    /// The type.
    pub data_type: DataType,
    /// `DEFAULT`.
    pub default: Option<Expr>,
    /// `EXPRESSION`.
    pub expression: Option<Expr>,
    /// `HIERARCHICAL`.
    pub hierarchical: bool,
    /// `BIDIRECTIONAL`.
    pub bidirectional: bool,
    /// `INJECTIVE`.
    pub injective: bool,
    /// `IS_OBJECT_ID`.
    pub is_object_id: bool,
}

/// `SOURCE(NAME(key value ...))`.
#[derive(Clone, Debug, PartialEq)]
pub struct DictionarySource {
    /// The source's name.
    pub name: Ident,
    /// Its settings.
    pub arguments: Vec<DictionaryKeyValue>,
}

/// `LAYOUT(NAME(key value ...))`.
#[derive(Clone, Debug, PartialEq)]
pub struct DictionaryLayout {
    /// The layout's name.
    pub name: Ident,
    /// Its settings.
    pub arguments: Vec<DictionaryKeyValue>,
    /// Whether parentheses follow the name.
    pub has_parentheses: bool,
}

/// `LIFETIME(MIN a MAX b)` in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DictionaryLifetime {
    /// `MIN`, 0 if left out.
    pub min: u64,
    /// `MAX`.
    pub max: u64,
}

/// One `key value` pair of a dictionary's source or layout.
#[derive(Clone, Debug, PartialEq)]
pub struct DictionaryKeyValue {
    /// The key.
    pub key: Ident,
    /// The value.
    pub value: DictionaryValue,
}

/// The value of a [`DictionaryKeyValue`].
#[derive(Clone, Debug, PartialEq)]
pub enum DictionaryValue {
    /// A literal.
    Literal(Value),
    /// A name.
    Ident(Ident),
    /// A function call.
    Function(Box<Function>),
    /// Nested pairs in parentheses.
    Nested(Vec<DictionaryKeyValue>),
    /// A query.
    Query(Box<QueryStatement>),
}
