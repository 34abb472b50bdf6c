//! Data types as written.

use kinglet_diagnostic::Span;

use super::{Expr, Ident};

/// A data type such as `Array(Nullable(DateTime64(3, 'UTC')))`, as written. Which names exist and
/// what they mean is not known here.
#[derive(Clone, Debug, PartialEq)]
pub struct DataType {
    /// The name, of several words where SQL has such (`INT UNSIGNED`, `DOUBLE PRECISION`).
    pub name: String,
    /// The arguments, if there are parentheses.
    pub arguments: Option<Vec<DataTypeArgument>>,
    /// Where it is.
    pub span: Span,
}

/// One argument of a data type.
#[derive(Clone, Debug, PartialEq)]
pub enum DataTypeArgument {
    /// A type: `Array(T)`.
    Type(DataType),
    /// An element name and its type: `Tuple(a UInt8)`, `Nested(a UInt8)`, `JSON(a.b UInt32)`.
    Named(Ident, DataType),
    /// A literal or expression: `FixedString(16)`, `Enum8('a' = 1)`, `quantiles(0.5, 0.9)` inside
    /// `AggregateFunction`, `max_dynamic_paths = 8` inside `JSON`.
    Expr(Expr),
    /// `SKIP path` inside `JSON`.
    Skip(Ident),
    /// `SKIP REGEXP 'pattern'` inside `JSON`.
    SkipRegexp(String),
}
