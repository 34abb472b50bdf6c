//! ClickHouse SQL bound to DataFusion plans: names, types, functions, formats.
//!
//! [`ChType`](kinglet_types::ChType) is the truth about every expression; Arrow types follow from it by
//! [`arrow_type`]. Scalar functions live in [`function`], aggregates in [`aggregate`].

pub mod aggregate;
pub mod binary;
mod binder;
pub mod calendar;
mod catalog;
mod column_builder;
pub mod combine;
pub mod conversion;
pub mod engine;
mod environment;
mod fault;
pub mod format;
pub mod function;
mod hash;
mod json;
mod json_rows;
mod layout;
mod memory_table;
mod operator;
mod plan;
mod tagged;
pub mod text;
mod widen;

pub use catalog::{
    Catalog, ColumnFilter, ColumnKind, Comparison, EmptyCatalog, LeftOut, ReadEstimate, ScanRequest,
    StoredPart, Table, TableColumn, TableKeys, TableRef,
};
pub use column_builder::ColumnBuilder;
pub use engine::{
    Engine, Execution, OutputColumn, Prepared, QueryOptions, RowExpression, Scratch, ScratchFile, Statistics,
};
pub use environment::Environment;
pub use json_rows::{read_json_rows, read_json_value};
pub use layout::{arrow_field, arrow_type, stored_precision, time_unit};
pub use memory_table::MemoryTable;
