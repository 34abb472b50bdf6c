//! Expressions.

use kinglet_diagnostic::Span;

use super::{DataType, Function, Ident, Literal, Path, Query};

/// An expression, with the alias that may follow any expression in ClickHouse.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it is, without alias and without surrounding parentheses.
    pub span: Span,
    /// The name given by `expression AS name`, here or deep inside another expression.
    pub alias: Option<Box<Ident>>,
    /// Whether it stood in parentheses that make no tuple: `(a)`.
    pub parenthesized: bool,
    depth: u16,
}

/// The kinds of expression.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// A number, string, `NULL`, `true` or `false`.
    Literal(Box<Literal>),
    /// A column, alias, lambda parameter or table, possibly qualified.
    Identifier(Path),
    /// A call, or any syntax that stands for one.
    Function(Box<Function>),
    /// `*` or `t.*`, with its transformers.
    Asterisk(Box<Asterisk>),
    /// `COLUMNS(...)`, with its transformers.
    Columns(Box<Columns>),
    /// `(SELECT ...)`.
    Subquery(Box<Query>),
    /// `{name:Type}`.
    Parameter(Box<QueryParameter>),
    /// A setting given to a table function: `s3(url, SETTINGS a = 1)`.
    Settings(Vec<super::Setting>),
    /// Nothing readable stood here; a diagnostic says why. Only in trees of faulty text.
    Error,
}

impl Expr {
    /// An expression without alias. Depth is taken from the children in `kind`.
    pub fn new(kind: ExprKind, span: Span) -> Self {
        let depth = match &kind {
            ExprKind::Function(function) => {
                let children = function.arguments.iter().chain(function.parameters.iter().flatten());
                let children = children.chain(function.filter.as_deref());
                children.map(|child| child.depth).max().unwrap_or(0).saturating_add(1)
            }
            _ => 1,
        };
        Self { kind, span, alias: None, parenthesized: false, depth }
    }

    /// Height of the tree of function calls below and including this one, as parsed; the parser
    /// refuses trees higher than [`crate::MAX_TREE_DEPTH`].
    pub fn depth(&self) -> usize {
        self.depth as usize
    }

    /// The function node, if it is one.
    pub fn as_function(&self) -> Option<&Function> {
        match &self.kind {
            ExprKind::Function(function) => Some(function),
            _ => None,
        }
    }

    /// The identifier, if it is one.
    pub fn as_identifier(&self) -> Option<&Path> {
        match &self.kind {
            ExprKind::Identifier(path) => Some(path),
            _ => None,
        }
    }

    /// The literal, if it is one.
    pub fn as_literal(&self) -> Option<&Literal> {
        match &self.kind {
            ExprKind::Literal(literal) => Some(literal),
            _ => None,
        }
    }
}

/// `*` or `qualifier.*`.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Asterisk {
    /// The table (or a name for a tuple) before the dot.
    pub qualifier: Option<Path>,
    /// An expression before the dot instead of a name: `f(x).*`.
    pub expression: Option<Expr>,
    /// `EXCEPT`, `REPLACE`, `APPLY`, in order.
    pub transformers: Vec<Transformer>,
}

/// `COLUMNS('pattern')` or `COLUMNS(a, b)`, possibly qualified.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// The table before the dot.
    pub qualifier: Option<Path>,
    /// An expression before the dot instead of a name: `f(x).COLUMNS('a')`.
    pub expression: Option<Expr>,
    /// Which columns.
    pub pattern: ColumnsPattern,
    /// `EXCEPT`, `REPLACE`, `APPLY`, in order.
    pub transformers: Vec<Transformer>,
}

/// What `COLUMNS` selects by.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnsPattern {
    /// A regular expression over column names.
    Regexp(String),
    /// Names.
    List(Vec<Path>),
}

/// What is done to the columns an asterisk or `COLUMNS` expands to.
#[derive(Clone, Debug, PartialEq)]
pub enum Transformer {
    /// `EXCEPT [STRICT] ...`: leave columns out.
    Except {
        /// Whether a missing column is an error.
        strict: bool,
        /// Which columns.
        columns: ExceptColumns,
    },
    /// `REPLACE [STRICT] (expression AS name, ...)`.
    Replace {
        /// Whether a missing column is an error.
        strict: bool,
        /// The new expressions.
        items: Vec<Replacement>,
    },
    /// `APPLY function` with optional parameters: `APPLY quantile(0.9)`.
    ApplyFunction {
        /// The function.
        name: Ident,
        /// Its parameters.
        parameters: Option<Vec<Expr>>,
        /// `APPLY(f, 'prefix_')`: prepended to the column names.
        prefix: Option<String>,
    },
    /// `APPLY(x -> expression)`; the expression is a lambda function node.
    ApplyLambda {
        /// The lambda.
        lambda: Expr,
        /// Prepended to the column names.
        prefix: Option<String>,
    },
}

/// The columns of `EXCEPT`.
#[derive(Clone, Debug, PartialEq)]
pub enum ExceptColumns {
    /// Names.
    Names(Vec<Path>),
    /// A regular expression.
    Regexp(String),
}

/// One item of `REPLACE`.
#[derive(Clone, Debug, PartialEq)]
pub struct Replacement {
    /// The expression.
    pub expr: Expr,
    /// The column it replaces.
    pub name: Ident,
}

/// `{name:Type}`, whose value is sent along with the query.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryParameter {
    /// The parameter's name.
    pub name: Ident,
    /// The type its text is read as.
    pub data_type: DataType,
}
