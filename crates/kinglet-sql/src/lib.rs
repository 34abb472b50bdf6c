//! ClickHouse SQL bound to DataFusion plans: names, types, functions, formats.
//!
//! [`ChType`](kinglet_types::ChType) is the truth about every expression; Arrow types follow from it by
//! [`arrow_type`]. Scalar functions live in [`function`], aggregates in [`aggregate`].

pub mod aggregate;
mod environment;
mod fault;
pub mod function;
mod layout;

pub use environment::Environment;
pub use layout::{arrow_field, arrow_type, stored_precision, time_unit};
