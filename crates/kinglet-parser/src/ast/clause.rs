//! Clauses of a `SELECT`: grouping, ordering, limits, settings.

use kinglet_diagnostic::Span;

use super::{Expr, Ident, Value};

/// `GROUP BY` and its modifiers. `WITH TOTALS` may stand without any item.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupBy {
    /// What is grouped by.
    pub items: GroupByItems,
    /// `WITH ROLLUP`, `WITH CUBE` or their function forms.
    pub modifier: Option<GroupByModifier>,
    /// `WITH TOTALS`.
    pub totals: bool,
    /// Where it is.
    pub span: Span,
}

/// The keys of a `GROUP BY`.
#[derive(Clone, Debug, PartialEq)]
pub enum GroupByItems {
    /// No `GROUP BY`, only `WITH TOTALS` and the like.
    None,
    /// `GROUP BY ALL`.
    All,
    /// Expressions.
    Exprs(Vec<Expr>),
    /// `GROUPING SETS ((a), (a, b), ())`.
    GroupingSets(Vec<Vec<Expr>>),
}

/// A modifier of `GROUP BY`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GroupByModifier {
    /// `WITH ROLLUP` or `ROLLUP(...)`.
    Rollup,
    /// `WITH CUBE` or `CUBE(...)`.
    Cube,
}

/// `ORDER BY` of a query.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderBy {
    /// Whether it is `ORDER BY ALL`; `items` then holds one item, whose expression is the identifier `all`.
    pub all: bool,
    /// The keys.
    pub items: Vec<OrderItem>,
    /// `INTERPOLATE`; an empty list stands for `INTERPOLATE` without parentheses.
    pub interpolate: Option<Vec<Interpolate>>,
    /// Where it is.
    pub span: Span,
}

/// One key of an `ORDER BY`.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderItem {
    /// The expression.
    pub expr: Expr,
    /// Whether it is descending.
    pub descending: bool,
    /// `NULLS FIRST` or `NULLS LAST`, if written.
    pub nulls: Option<NullsOrder>,
    /// `COLLATE`: a string literal or a parameter.
    pub collate: Option<Expr>,
    /// `WITH FILL`.
    pub fill: Option<Box<Fill>>,
}

/// Where nulls are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NullsOrder {
    /// `NULLS FIRST`.
    First,
    /// `NULLS LAST`.
    Last,
}

/// `WITH FILL FROM .. TO .. STEP .. STALENESS ..`.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Fill {
    /// `FROM`.
    pub from: Option<Expr>,
    /// `TO`.
    pub to: Option<Expr>,
    /// `STEP`.
    pub step: Option<Expr>,
    /// `STALENESS`.
    pub staleness: Option<Expr>,
}

/// One column of `INTERPOLATE (column AS expression)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Interpolate {
    /// The column.
    pub column: Ident,
    /// Its value in filled rows; the column itself when nothing was written.
    pub expr: Expr,
}

/// `LIMIT`, `OFFSET`, `FETCH` and `TOP`, whichever was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// Number of rows; absent for `OFFSET`, `AFTER` and `UNTIL` alone.
    pub count: Option<Expr>,
    /// Rows to skip.
    pub offset: Option<Expr>,
    /// `WITH TIES`.
    pub with_ties: bool,
    /// `AFTER` and `UNTIL`.
    pub range: Option<Box<LimitRange>>,
    /// Which words were used.
    pub form: Fetch,
}

/// `AFTER condition [ALL] UNTIL condition`: between which rows a limit counts. One of the two is there.
#[derive(Clone, Debug, PartialEq)]
pub struct LimitRange {
    /// `AFTER`.
    pub after: Option<Expr>,
    /// `ALL`: after every such row, and not after the first alone.
    pub all: bool,
    /// `UNTIL`.
    pub until: Option<Expr>,
}

/// The words a row limit was written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fetch {
    /// `LIMIT n`, `LIMIT n OFFSET m`, `OFFSET m`.
    Limit,
    /// `LIMIT m, n`.
    Comma,
    /// `OFFSET m ROWS FETCH FIRST n ROWS ONLY`.
    Fetch,
    /// `SELECT TOP n`.
    Top,
}

/// `LIMIT n OFFSET m BY a, b`, or `DISTINCT ON (a, b)`, which ClickHouse reads as `LIMIT 1 BY a, b`.
#[derive(Clone, Debug, PartialEq)]
pub struct LimitBy {
    /// Rows per group.
    pub count: Expr,
    /// Rows to skip in each group.
    pub offset: Option<Expr>,
    /// The group's keys.
    pub by: Vec<Expr>,
    /// Whether it is `LIMIT n BY ALL`; `by` is then empty.
    pub all: bool,
}

/// One `name = value` of `SETTINGS` or `SET`.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// The name, possibly dotted.
    pub name: Ident,
    /// The value.
    pub value: SettingValue,
}

/// The value of a setting.
#[derive(Clone, Debug, PartialEq)]
pub enum SettingValue {
    /// A literal.
    Literal(Value),
    /// `DEFAULT`.
    Default,
    /// The name alone, which means 1.
    Implied,
    /// A list, tuple, map or function: `additional_table_filters = {'t': 'a > 1'}`.
    Expr(Expr),
    /// A map literal `{'key': value, ...}`.
    Map(Vec<(Value, Value)>),
}
