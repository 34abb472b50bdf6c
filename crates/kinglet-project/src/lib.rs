//! A whole data project: files together, dependency graph, lineage, checks, renames.
//!
//! [`Project::load`] reads a set of files, by path, into resources and reports what is wrong in each
//! file and between them. [`Graph::of`] is the flow of data through it; [`Project::rename`] the edits
//! that rename a resource everywhere.

mod check;
mod engine_key;
mod format;
mod graph;
mod include;
mod name;
mod node_query;
mod origin;
mod path;
mod project;
mod query;
mod readers;
mod reference;
mod rename;
mod scan;
mod secrets;
mod template_layout;
mod trigger;

pub use format::{format_file, format_query};
pub use graph::{Edge, EdgeKind, Entity, Graph};
pub use name::{name_objection, nearest};
pub use path::{FileKind, normal_path, resource_name, vendor_workspace};
pub use project::{FileProblem, Fixture, Project, ProjectOptions, Resource, normal_files};
pub use query::{QueryOptions, RenderedQuery, check_queries, check_query};
pub use readers::ReadQuery;
pub use reference::{Reference, Target};
pub use rename::{Rename, Renamed, TextEdit, apply_edits};
pub use scan::{TableUse, table_uses};
pub use secrets::{Secrets, render_secrets};
pub use trigger::{LeftTable, left_table};
