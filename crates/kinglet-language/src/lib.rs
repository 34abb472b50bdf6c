//! The language module: what an editor asks about datafiles, templates and SQL.
//!
//! [`Workspace`] holds the files of a project and answers questions about a [`Document`], a text as it
//! stands in an editor. Nothing here fails or panics whatever the text holds. `module` is the thin edge to
//! the browser; everything else is plain Rust and counts in bytes of UTF-8.

mod analysis;
mod catalog;
mod columns;
mod complete;
mod definition;
mod diagnostic;
mod document;
mod format;
mod function;
mod hover;
mod json;
mod lineage;
mod module;
mod outline;
mod parameters;
mod position;
mod symbol;
mod tag;
mod template_function;
mod token;
mod workspace;

pub use analysis::Analysis;
pub use catalog::{Catalog, Columns, Nodes, TableKind, columns_of};
pub use columns::{Lookup, Named, Scope, Scopes, TableInScope, output_columns, scope_at, type_of};
pub use complete::{Completion, Completions, complete};
pub use definition::{Location, definition, references, renameable};
pub use diagnostic::{diagnostics, project_diagnostics};
pub use document::{Document, Embedded, Kind};
pub use format::{edits, formatted};
pub use function::{Function, Functions};
pub use hover::{Call, Hover, call_at, hover};
pub use json::Json;
pub use lineage::{Lineage, LineageNode, lineage};
pub use module::Language;
pub use outline::{Section, SectionKind, sections};
pub use parameters::{Parameter, parameters};
pub use position::Positions;
pub use symbol::{Found, Symbol, symbol_at};
pub use tag::{Tag, TagKind, is_template, masked, tags};
pub use template_function::{FUNCTIONS, TemplateFunction};
pub use token::{Token, TokenKind, tokens};
pub use workspace::{Column, Place, Workspace};
