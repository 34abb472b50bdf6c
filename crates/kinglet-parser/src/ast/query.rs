//! Queries: `SELECT` and combinations of it.

use kinglet_diagnostic::Span;

use super::{Expr, GroupBy, Ident, Limit, LimitBy, NamedWindow, OrderBy, Setting, TableElement};

/// A query as it may stand in a subquery, view or statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// The `SELECT` or the combination of several.
    pub body: QueryBody,
    /// Where it is.
    pub span: Span,
}

impl Query {
    /// The `SELECT`, if the query is a single one (parentheses around it do not count).
    pub fn as_select(&self) -> Option<&Select> {
        let mut body = &self.body;
        loop {
            match body {
                QueryBody::Select(select) => return Some(select),
                QueryBody::Nested(query) => body = &query.body,
                QueryBody::Set(_) => return None,
            }
        }
    }
}

/// The body of a query.
#[derive(Clone, Debug, PartialEq)]
pub enum QueryBody {
    /// One `SELECT`.
    Select(Box<Select>),
    /// A query in parentheses.
    Nested(Box<Query>),
    /// Queries combined by `UNION`, `EXCEPT`, `INTERSECT`.
    Set(Box<SetChain>),
}

/// `first UNION ALL second EXCEPT third ...`, evaluated from left to right. `INTERSECT` binds tighter:
/// a chain holds either only `INTERSECT`s or only the other two.
#[derive(Clone, Debug, PartialEq)]
pub struct SetChain {
    /// The first operand.
    pub first: QueryBody,
    /// What follows; at least one.
    pub rest: Vec<SetStep>,
}

/// One further operand of a [`SetChain`].
#[derive(Clone, Debug, PartialEq)]
pub struct SetStep {
    /// How it is combined with everything to its left.
    pub operator: SetOperator,
    /// `ALL` or `DISTINCT`, or neither.
    pub quantifier: SetQuantifier,
    /// The operand.
    pub operand: QueryBody,
    /// The operator's words.
    pub span: Span,
}

/// How two queries are combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SetOperator {
    /// `UNION`.
    Union,
    /// `EXCEPT`.
    Except,
    /// `INTERSECT`.
    Intersect,
}

/// What happens to duplicates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SetQuantifier {
    /// Nothing was written: an error for `UNION` unless the setting `union_default_mode` says otherwise.
    Unspecified,
    /// `ALL`.
    All,
    /// `DISTINCT`.
    Distinct,
}

/// One `SELECT`, its clauses in the order ClickHouse writes them.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Select {
    /// `WITH`.
    pub with: Option<With>,
    /// `DISTINCT`, `ALL` or nothing. `DISTINCT ON` is kept here and is not repeated in `limit_by`.
    pub distinct: Option<Distinct>,
    /// The expressions, in order.
    pub projection: Vec<Expr>,
    /// Whether `FROM` was written before `SELECT`.
    pub from_first: bool,
    /// `FROM` with joins and array joins; empty when there is none.
    pub from: Vec<TableElement>,
    /// `PREWHERE`.
    pub prewhere: Option<Expr>,
    /// `WHERE`.
    pub filter: Option<Expr>,
    /// `GROUP BY`, or totals without it.
    pub group_by: Option<GroupBy>,
    /// `HAVING`.
    pub having: Option<Expr>,
    /// `WINDOW`.
    pub windows: Vec<NamedWindow>,
    /// `QUALIFY`.
    pub qualify: Option<Expr>,
    /// `ORDER BY`.
    pub order_by: Option<OrderBy>,
    /// `LIMIT ... BY`.
    pub limit_by: Option<LimitBy>,
    /// `LIMIT`, `OFFSET`, `FETCH`, `TOP`.
    pub limit: Option<Limit>,
    /// `SETTINGS`.
    pub settings: Vec<Setting>,
    /// Where it is.
    pub span: Span,
}

/// What stands between `SELECT` and the expressions.
#[derive(Clone, Debug, PartialEq)]
pub enum Distinct {
    /// `ALL`.
    All,
    /// `DISTINCT`.
    Distinct,
    /// `DISTINCT ON (a, b)`: the first row of each group, as `LIMIT 1 BY a, b`.
    On(Vec<Expr>),
}

/// The `WITH` clause.
#[derive(Clone, Debug, PartialEq)]
pub struct With {
    /// `WITH RECURSIVE`.
    pub recursive: bool,
    /// The items, in order.
    pub items: Vec<WithItem>,
}

/// One item of a `WITH` clause.
#[derive(Clone, Debug, PartialEq)]
pub enum WithItem {
    /// `name (columns) AS [NOT] MATERIALIZED (query)`.
    Query {
        /// The name.
        name: Ident,
        /// Names for the columns.
        columns: Vec<Ident>,
        /// Whether to compute it once.
        materialized: Option<Materialized>,
        /// The query.
        query: Box<Query>,
        /// Where the item is.
        span: Span,
    },
    /// `expression AS name`: a name for an expression, usable anywhere in the query. The name is the
    /// expression's alias.
    Expr(Box<Expr>),
}

/// The materialization hint of a common table expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Materialized {
    /// `MATERIALIZED`.
    Yes,
    /// `NOT MATERIALIZED`.
    No,
}
