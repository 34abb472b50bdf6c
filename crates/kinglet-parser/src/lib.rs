//! ClickHouse SQL text to a syntax tree with spans, and back to text.
//!
//! [`parse`] reads one or more statements, [`parse_select`] a query, [`parse_expression`] an
//! expression and [`parse_data_type`] a data type. None of them fails: each answers what it could
//! read together with diagnostics.

pub mod ast;

mod column_name;
mod entry;
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
pub use format::{FormatOptions, KeywordCase, format_sql};
pub use highlight::{Highlight, HighlightedToken, tokens};
pub use print::{data_type_to_string, expr_to_string, needs_quotes, query_to_string, statement_to_string};
pub use token::{LexicalError, Token, TokenKind};
pub use visit::{TableReference, Visitor, referenced_tables, walk_expr, walk_query, walk_table};

/// Height at which a tree of expressions is refused (`TOO_DEEP_RECURSION`), so that whoever walks a
/// tree recursively needs a bounded stack.
pub const MAX_TREE_DEPTH: usize = 500;
