//! Statements.

use kinglet_diagnostic::Span;

use super::{
    Alter, Assignment, Create, Expr, Function, Ident, Partition, Path, Query, Setting, TableExpr, Value, With,
};

/// One statement with what may follow any statement that answers rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What it does.
    pub kind: StatementKind,
    /// `INTO OUTFILE`, `FORMAT`, `SETTINGS`.
    pub output: Output,
    /// Where it is, without the semicolon.
    pub span: Span,
}

/// The kinds of statement.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum StatementKind {
    /// `SELECT` and combinations of it.
    Query(Box<Query>),
    /// `INSERT`.
    Insert(Box<Insert>),
    /// `CREATE`, `ATTACH`.
    Create(Box<Create>),
    /// `ALTER TABLE`.
    Alter(Box<Alter>),
    /// `DROP`, `DETACH`, `TRUNCATE`, `UNDROP`.
    Drop(Box<Drop>),
    /// `RENAME`, `EXCHANGE`.
    Rename(Box<Rename>),
    /// `DELETE FROM`.
    Delete(Box<Delete>),
    /// `UPDATE ... SET`.
    Update(Box<Update>),
    /// `OPTIMIZE`.
    Optimize(Box<Optimize>),
    /// `CHECK TABLE`.
    Check(Box<Check>),
    /// `DESCRIBE`.
    Describe(Box<Describe>),
    /// `EXPLAIN`.
    Explain(Box<Explain>),
    /// `EXISTS TABLE` and the like.
    Exists(Box<Exists>),
    /// `SHOW`.
    Show(Box<Show>),
    /// `SET`.
    Set(Box<SetStatement>),
    /// `USE`.
    Use(Box<Use>),
    /// `KILL`.
    Kill(Box<Kill>),
    /// `SYSTEM`.
    System(Box<System>),
    /// `GRANT`, `REVOKE` and other access control, which is read as words only.
    Grant(Box<Grant>),
    /// `first PARALLEL WITH second PARALLEL WITH ...`: at least two.
    Parallel(Vec<Statement>),
}

/// A query with its output options, where one stands inside another statement.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryStatement {
    /// The query.
    pub query: Query,
    /// Its output options.
    pub output: Output,
}

/// Where and how the answer is written.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Output {
    /// `INTO OUTFILE`.
    pub outfile: Option<OutFile>,
    /// `FORMAT name`.
    pub format: Option<Ident>,
    /// `SETTINGS` after `FORMAT`. Settings before it belong to the last `SELECT`.
    pub settings: Vec<Setting>,
    /// Whether `settings` stood before `FORMAT`.
    pub settings_first: bool,
}

/// `INTO OUTFILE 'name'`.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct OutFile {
    /// The file.
    pub path: String,
    /// `APPEND`.
    pub append: bool,
    /// `TRUNCATE`.
    pub truncate: bool,
    /// `AND STDOUT`.
    pub and_stdout: bool,
    /// `COMPRESSION 'method'`.
    pub compression: Option<String>,
    /// `LEVEL n`.
    pub level: Option<u64>,
}

/// The kinds of object a statement can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ObjectKind {
    /// A table, or no word.
    Table,
    /// `VIEW`.
    View,
    /// `DICTIONARY`.
    Dictionary,
    /// `DATABASE`.
    Database,
    /// `FUNCTION`.
    Function,
    /// `INDEX`.
    Index,
}

/// `INSERT INTO`.
#[derive(Clone, Debug, PartialEq)]
pub struct Insert {
    /// Where to.
    pub target: InsertTarget,
    /// Which columns; all if left out.
    pub columns: Option<InsertColumns>,
    /// `PARTITION BY` of a table function.
    pub partition_by: Option<Expr>,
    /// `WITH` before the `INSERT`.
    pub with: Option<With>,
    /// `FROM INFILE 'name'`.
    pub infile: Option<String>,
    /// `COMPRESSION 'method'` of the file.
    pub compression: Option<String>,
    /// `SETTINGS`.
    pub settings: Vec<Setting>,
    /// Where the rows come from.
    pub source: InsertSource,
}

/// Where an `INSERT` writes.
#[derive(Clone, Debug, PartialEq)]
pub enum InsertTarget {
    /// A table.
    Table(Path),
    /// `FUNCTION f(...)`.
    Function(Box<Function>),
}

/// The column list of an `INSERT`.
#[derive(Clone, Debug, PartialEq)]
pub struct InsertColumns {
    /// Names, or `*` and `COLUMNS(...)` with transformers.
    pub items: Vec<Expr>,
}

/// Where the rows of an `INSERT` come from.
#[derive(Clone, Debug, PartialEq)]
pub enum InsertSource {
    /// `SELECT ...`.
    Query(Box<Query>),
    /// `VALUES` and data up to the end of the statement: the span of the data.
    Values(Span),
    /// `FORMAT name` and data up to the end of the text: the span of the data.
    Format(Ident, Span),
    /// Nothing, as when the data is sent apart.
    None,
}

/// `DROP`, `DETACH`, `TRUNCATE`, `UNDROP`.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Drop {
    /// The verb.
    pub verb: DropVerb,
    /// The kind of object; `None` where the word `TABLE` was left out.
    pub object: Option<ObjectKind>,
    /// `TEMPORARY`.
    pub temporary: bool,
    /// `IF EXISTS`.
    pub if_exists: bool,
    /// `IF EMPTY`.
    pub if_empty: bool,
    /// The objects.
    pub names: Vec<Path>,
    /// `DROP INDEX name ON table`: the table.
    pub on_table: Option<Path>,
    /// `ON CLUSTER name`.
    pub cluster: Option<Ident>,
    /// `PERMANENTLY`.
    pub permanently: bool,
    /// `SYNC` or `NO DELAY`.
    pub sync: bool,
    /// `TRUNCATE ALL TABLES FROM db`.
    pub all_tables: bool,
}

/// The verb of a [`Drop`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum DropVerb {
    /// `DROP`.
    #[default]
    Drop,
    /// `DETACH`.
    Detach,
    /// `TRUNCATE`.
    Truncate,
    /// `UNDROP`.
    Undrop,
}

/// `RENAME a TO b, ...` or `EXCHANGE a AND b, ...`.
#[derive(Clone, Debug, PartialEq)]
pub struct Rename {
    /// `EXCHANGE` instead of `RENAME`.
    pub exchange: bool,
    /// What is renamed.
    pub object: ObjectKind,
    /// The pairs.
    pub items: Vec<RenameItem>,
    /// `ON CLUSTER name`.
    pub cluster: Option<Ident>,
}

/// One pair of a [`Rename`].
#[derive(Clone, Debug, PartialEq)]
pub struct RenameItem {
    /// `IF EXISTS`.
    pub if_exists: bool,
    /// The old name.
    pub from: Path,
    /// The new name.
    pub to: Path,
}

/// `DELETE FROM table WHERE condition`.
#[derive(Clone, Debug, PartialEq)]
pub struct Delete {
    /// The table.
    pub table: Path,
    /// `ON CLUSTER name`.
    pub cluster: Option<Ident>,
    /// `IN PARTITION p`.
    pub partition: Option<Partition>,
    /// The condition.
    pub filter: Expr,
    /// `SETTINGS`.
    pub settings: Vec<Setting>,
}

/// `UPDATE table SET column = expression WHERE condition`.
#[derive(Clone, Debug, PartialEq)]
pub struct Update {
    /// The table.
    pub table: Path,
    /// `ON CLUSTER name`.
    pub cluster: Option<Ident>,
    /// The new values.
    pub assignments: Vec<Assignment>,
    /// `IN PARTITION p`.
    pub partition: Option<Partition>,
    /// The condition.
    pub filter: Expr,
    /// `SETTINGS`.
    pub settings: Vec<Setting>,
}

/// `OPTIMIZE TABLE`.
#[derive(Clone, Debug, PartialEq)]
pub struct Optimize {
    /// The table.
    pub table: Path,
    /// `ON CLUSTER name`.
    pub cluster: Option<Ident>,
    /// `PARTITION p`.
    pub partition: Option<Partition>,
    /// `FINAL` or `FORCE`.
    pub is_final: bool,
    /// `DEDUPLICATE`.
    pub deduplicate: bool,
    /// `BY` the columns.
    pub deduplicate_by: Vec<Expr>,
    /// `CLEANUP`.
    pub cleanup: bool,
}

/// `CHECK TABLE`.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// The table; `None` for `CHECK ALL TABLES`.
    pub table: Option<Path>,
    /// `PARTITION p`, or the name in `PART 'name'`.
    pub partition: Option<Partition>,
    /// A part instead of a partition.
    pub part: bool,
}

/// `DESCRIBE TABLE`.
#[derive(Clone, Debug, PartialEq)]
pub struct Describe {
    /// The table, function or query.
    pub table: TableExpr,
}

/// `EXPLAIN`.
#[derive(Clone, Debug, PartialEq)]
pub struct Explain {
    /// What is asked.
    pub kind: ExplainKind,
    /// Settings between the kind and the statement.
    pub settings: Vec<Setting>,
    /// What is explained.
    pub statement: Box<Statement>,
}

/// What an [`Explain`] asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExplainKind {
    /// `PLAN`, or no word.
    Plan,
    /// `AST`.
    Ast,
    /// `SYNTAX`.
    Syntax,
    /// `QUERY TREE`.
    QueryTree,
    /// `PIPELINE`.
    Pipeline,
    /// `ESTIMATE`.
    Estimate,
    /// `TABLE OVERRIDE`.
    TableOverride,
    /// `CURRENT TRANSACTION`.
    CurrentTransaction,
    /// `WHATIF`.
    WhatIf,
}

impl ExplainKind {
    /// The words ClickHouse prints for it.
    pub fn words(self) -> &'static str {
        match self {
            ExplainKind::Plan => "EXPLAIN",
            ExplainKind::WhatIf => "EXPLAIN WHATIF",
            ExplainKind::Ast => "EXPLAIN AST",
            ExplainKind::Syntax => "EXPLAIN SYNTAX",
            ExplainKind::QueryTree => "EXPLAIN QUERY TREE",
            ExplainKind::Pipeline => "EXPLAIN PIPELINE",
            ExplainKind::Estimate => "EXPLAIN ESTIMATE",
            ExplainKind::TableOverride => "EXPLAIN TABLE OVERRIDE",
            ExplainKind::CurrentTransaction => "EXPLAIN CURRENT TRANSACTION",
        }
    }
}

/// `EXISTS TABLE name`.
#[derive(Clone, Debug, PartialEq)]
pub struct Exists {
    /// The kind; `None` where no word was written.
    pub object: Option<ObjectKind>,
    /// `TEMPORARY`.
    pub temporary: bool,
    /// The name.
    pub name: Path,
}

/// `SHOW`.
#[derive(Clone, Debug, PartialEq)]
pub struct Show {
    /// What.
    pub kind: ShowKind,
    /// `FROM` or `IN` a database.
    pub database: Option<Ident>,
    /// `LIKE 'pattern'`.
    pub like: Option<ShowLike>,
    /// `WHERE condition`.
    pub filter: Option<Expr>,
    /// `LIMIT n`.
    pub limit: Option<Expr>,
}

/// `[NOT] LIKE | ILIKE 'pattern'` of a [`Show`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShowLike {
    /// `NOT`.
    pub negated: bool,
    /// `ILIKE`.
    pub case_insensitive: bool,
    /// The pattern.
    pub pattern: String,
}

/// What a [`Show`] shows.
#[derive(Clone, Debug, PartialEq)]
pub enum ShowKind {
    /// `SHOW [FULL] [TEMPORARY] TABLES`.
    Tables {
        /// `FULL`.
        full: bool,
        /// `TEMPORARY`.
        temporary: bool,
    },
    /// `SHOW DICTIONARIES`.
    Dictionaries,
    /// `SHOW DATABASES`.
    Databases,
    /// `SHOW CREATE [TEMPORARY] [object] name`.
    Create {
        /// The kind; `None` where no word was written.
        object: Option<ObjectKind>,
        /// `TEMPORARY`.
        temporary: bool,
        /// The name.
        name: Path,
    },
    /// `SHOW [EXTENDED] [FULL] COLUMNS FROM table`.
    Columns {
        /// `EXTENDED`.
        extended: bool,
        /// `FULL`.
        full: bool,
        /// The table.
        table: Path,
    },
    /// `SHOW [EXTENDED] INDEXES FROM table`.
    Indexes {
        /// `EXTENDED`.
        extended: bool,
        /// The table.
        table: Path,
    },
    /// `SHOW FUNCTIONS`.
    Functions,
    /// `SHOW [CHANGED] SETTINGS`.
    Settings {
        /// `CHANGED`.
        changed: bool,
    },
    /// `SHOW SETTING name`.
    Setting(Ident),
    /// `SHOW PROCESSLIST`.
    ProcessList,
    /// `SHOW ENGINES`.
    Engines,
    /// Other words (`SHOW GRANTS`, `SHOW USERS`, ...), in upper case.
    Other(String),
}

/// `SET name = value, ...` or `SET TRANSACTION`.
#[derive(Clone, Debug, PartialEq)]
pub struct SetStatement {
    /// The settings. `param_x = value` sets a query parameter.
    pub settings: Vec<Setting>,
}

/// `USE database`.
#[derive(Clone, Debug, PartialEq)]
pub struct Use {
    /// The database.
    pub database: Ident,
}

/// `KILL QUERY | MUTATION WHERE condition`.
#[derive(Clone, Debug, PartialEq)]
pub struct Kill {
    /// `QUERY`, `MUTATION`, ... in upper case.
    pub target: &'static str,
    /// `ON CLUSTER name`.
    pub cluster: Option<Ident>,
    /// The condition.
    pub filter: Expr,
    /// `SYNC`, `ASYNC` or `TEST`, if written.
    pub mode: Option<&'static str>,
}

/// `SYSTEM` and its words.
#[derive(Clone, Debug, PartialEq)]
pub struct System {
    /// The command's words in upper case (`FLUSH LOGS`).
    pub command: String,
    /// The object it names, if any.
    pub target: Option<Path>,
    /// A literal it carries, if any.
    pub argument: Option<Value>,
}

/// An access-control statement, kept as its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The statement as written, with one space between words.
    pub text: String,
}
