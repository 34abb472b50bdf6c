//! ClickHouse SQL bound to DataFusion plans: names, types, functions, formats.
//!
//! [`ChType`](kinglet_types::ChType) is the truth about every expression; Arrow types follow from it by
//! [`arrow_type`]. Scalar functions live in [`function`], aggregates in [`aggregate`].

pub mod aggregate;
pub mod calendar;
mod column_builder;
pub mod conversion;
mod environment;
mod fault;
pub mod function;
mod layout;
pub mod text;

pub use column_builder::ColumnBuilder;
pub use environment::Environment;
pub use layout::{arrow_field, arrow_type, stored_precision, time_unit};
