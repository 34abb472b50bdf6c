//! A look at the tokens of a query that need not be valid SQL.
//!
//! Works on the text as it stands in the file, template tags included, and so gives places that can be
//! edited and answers for queries that cannot be rendered or parsed.

mod tables;
mod token;

pub(crate) use tables::qualifiers;
pub use tables::{TableUse, table_uses};
