//! ClickHouse SQL text to a syntax tree with spans, and back to text.
//!
//! [`parse`] reads one or more statements, [`parse_select`] a query, [`parse_expression`] an
//! expression and [`parse_data_type`] a data type. None of them fails: each answers what it could
//! read together with diagnostics. For editors, [`parse_lenient`] also has trees of unfinished text and
//! [`tokens`] tells what to colour.
//!
//! ```
//! use kinglet_parser::{FormatOptions, column_name, format_sql, parse_expression, parse_select, query_to_string};
//!
//! let query = parse_select("select a, count(*) c from t where a::Int8 > 1 group by a").into_result().unwrap();
//! assert_eq!(
//!     query_to_string(&query),
//!     "SELECT a, count(*) AS c FROM t WHERE CAST(a, 'Int8') > 1 GROUP BY a"
//! );
//!
//! let expr = parse_expression("a + 1 BETWEEN 2 AND 3").into_result().unwrap();
//! assert_eq!(column_name(&expr), "and(greaterOrEquals(plus(a, 1), 2), lessOrEquals(plus(a, 1), 3))");
//!
//! let error = parse_select("SELECT a FROM t GROUP a").into_result().unwrap_err();
//! assert!(error.message.starts_with("Syntax error: failed at position 23 (a): a. Expected"));
//!
//! assert_eq!(format_sql("select 1", &FormatOptions::default()).unwrap(), "SELECT 1\n");
//! ```
//!
//! The tree treats nearly all syntax as function calls, as ClickHouse does, and remembers how it was
//! written: see [`ast`]. What it costs to follow ClickHouse to the letter is paid here: the tests hold
//! what ClickHouse's own parser answers to some 1,900 statements.

pub mod ast;

mod column_name;
mod entry;
mod explain;
mod format;
mod highlight;
mod lexer;
mod parser;
mod print;
mod token;
mod value;
mod visit;

pub use column_name::{column_name, column_name_with, column_name_without_alias};
pub use entry::{Parsed, parse, parse_data_type, parse_expression, parse_lenient, parse_select};
pub use explain::explain_ast;
pub use format::{FormatOptions, KeywordCase, format_sql};
pub use highlight::{Highlight, HighlightedToken, tokens};
pub use print::{data_type_to_string, expr_to_string, needs_quotes, query_to_string, statement_to_string};
pub use token::{LexicalError, Token, TokenKind};
pub use visit::{TableReference, Visitor, referenced_tables, walk_expr, walk_query, walk_table};

/// Height at which a tree of expressions is refused (`TOO_DEEP_RECURSION`), so that whoever walks a
/// tree recursively needs a bounded stack.
pub const MAX_TREE_DEPTH: usize = 500;
