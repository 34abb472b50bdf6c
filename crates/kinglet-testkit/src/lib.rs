//! The conformance cases, with the answers of real ClickHouse and of Tinybird's own tools, and their runner.
//!
//! Cases are data (`conformance/`): nothing here knows one by name. A runner per kind answers each case with
//! Kinglet and compares; [`conformance::run`] counts by area and tier and keeps every failure.

pub mod conformance;
pub mod differential;
pub mod functions;
pub mod queries;
