//! The type JSON: documents of paths and typed values.
//!
//! The layout of a document is ClickHouse's RowBinary of a JSON without typed paths: the number of paths, then
//! path and tagged value (see [`crate::tagged`]) of each, sorted by path. Typed paths are always there, as
//! values of their type, or of type Nothing where they are NULL; other paths are never NULL. Equal documents
//! have equal bytes.

mod document;
mod infer;
mod parse;
mod print;
mod subcolumn;

pub(crate) use document::{Entries, NOTHING, blank, from_wire, to_wire};
pub(crate) use infer::tag_element;
pub(crate) use parse::{convert_documents, parse_document};
pub(crate) use print::{write_document, write_tagged};
pub(crate) use subcolumn::{member, parse_steps, subcolumn, subcolumn_type};
