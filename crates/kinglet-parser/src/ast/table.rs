//! What stands after `FROM`.

use kinglet_diagnostic::Span;

use super::{Expr, Function, Ident, Path, Query, SettingValue};

/// One element of a `FROM` clause. Joins are a flat list that is read from left to right; the
/// first element is a table (or an `ARRAY JOIN` when there is no table at all).
#[derive(Clone, Debug, PartialEq)]
pub enum TableElement {
    /// A table, and how it is joined to what stands before it. The first has no join.
    Table {
        /// The table.
        table: Box<TableExpr>,
        /// How it is joined.
        join: Option<Box<Join>>,
    },
    /// `ARRAY JOIN`.
    ArrayJoin(ArrayJoin),
}

/// A table in `FROM`.
#[derive(Clone, Debug, PartialEq)]
pub struct TableExpr {
    /// Where the rows come from.
    pub source: TableSource,
    /// The alias.
    pub alias: Option<Ident>,
    /// Names for the columns: `(SELECT 1, 2) AS t(a, b)`.
    pub columns: Vec<Ident>,
    /// Whether `FINAL` follows.
    pub is_final: bool,
    /// `SAMPLE`.
    pub sample: Option<Sample>,
    /// `STREAM`.
    pub stream: Option<Box<Stream>>,
    /// Where it is, alias and modifiers included.
    pub span: Span,
}

/// `STREAM [BOUNDED] [UNORDERED] [CURSOR {...}] [WATERMARK FOR name AS expression]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Stream {
    /// `BOUNDED`.
    pub bounded: bool,
    /// `UNORDERED`.
    pub unordered: bool,
    /// `CURSOR`, a map.
    pub cursor: Option<SettingValue>,
    /// `WATERMARK`.
    pub watermark: Option<(Ident, Expr)>,
}

/// The source of a table's rows.
#[derive(Clone, Debug, PartialEq)]
pub enum TableSource {
    /// `table` or `db.table`; a part may be a query parameter.
    Name(Path),
    /// `numbers(10)`; also `(VALUES (1, 'a'))`, as the function `SQLStandardValues` in a subquery.
    Function(Box<Function>),
    /// `(SELECT ...)`.
    Subquery(Box<Query>),
}

/// `SAMPLE ratio OFFSET ratio`.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The share of the data, or a number of rows when greater than 1.
    pub ratio: SampleRatio,
    /// Where the share starts.
    pub offset: Option<SampleRatio>,
}

/// A fraction of two whole numbers; `0.1` is 1 / 10.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SampleRatio {
    /// Above the line.
    pub numerator: u128,
    /// Below the line; not zero.
    pub denominator: u128,
}

/// How a table is joined to the ones before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Join {
    /// Which unmatched rows are kept.
    pub kind: JoinKind,
    /// `NATURAL`: on all columns of the same name.
    pub natural: bool,
    /// How many matches count, if written.
    pub strictness: Option<JoinStrictness>,
    /// `GLOBAL` or `LOCAL`, if written.
    pub locality: Option<JoinLocality>,
    /// `ON` or `USING`.
    pub constraint: Option<JoinConstraint>,
    /// The words of the join, without the table.
    pub span: Span,
}

/// The kind of a join.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JoinKind {
    /// A comma.
    Comma,
    /// `INNER JOIN` or `JOIN`.
    Inner,
    /// `LEFT JOIN`.
    Left,
    /// `RIGHT JOIN`.
    Right,
    /// `FULL JOIN`.
    Full,
    /// `CROSS JOIN`.
    Cross,
    /// `PASTE JOIN`: row by row.
    Paste,
}

/// The strictness of a join.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JoinStrictness {
    /// `ANY`.
    Any,
    /// `ALL`.
    All,
    /// `ASOF`.
    Asof,
    /// `SEMI`.
    Semi,
    /// `ANTI`.
    Anti,
}

/// Where the right side of a distributed join is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum JoinLocality {
    /// `GLOBAL`.
    Global,
    /// `LOCAL`.
    Local,
}

/// The condition of a join.
#[derive(Clone, Debug, PartialEq)]
pub enum JoinConstraint {
    /// `ON expression`.
    On(Box<Expr>),
    /// `USING (a, b)`; each is an identifier, possibly with an alias.
    Using(Vec<Expr>),
}

/// `ARRAY JOIN`.
#[derive(Clone, Debug, PartialEq)]
pub struct ArrayJoin {
    /// Whether rows with empty arrays are kept.
    pub left: bool,
    /// The arrays, usually with aliases.
    pub exprs: Vec<Expr>,
    /// Where it is.
    pub span: Span,
}
