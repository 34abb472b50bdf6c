//! A workspace: its project, tables, ingestion, tokens and jobs.
//!
//! Knows neither HTTP nor JSON documents. What a caller may do about a failure is
//! told by [`Error::kind`]; the layer above turns it into a status.

pub mod analyze;
mod branch;
pub mod clickhouse;
mod combine;
mod copy;
pub mod create;
mod delete;
pub mod deploy;
pub mod error;
mod expiry;
mod gate;
pub mod host;
pub mod import;
mod ingest;
mod insert;
pub mod instance;
pub mod job;
pub mod jwt;
mod keep;
mod keys;
pub mod member;
pub mod network;
mod quarantine;
pub mod query;
mod rate;
mod record;
pub mod resource;
mod schedule;
mod service;
mod sharing;
pub mod sink;
mod skip_index;
pub mod token;
pub mod workspace;

pub use error::{Error, ErrorPlace, Kind, Result};
pub use host::{Clock, Fetched, Http, Outgoing, Random, timestamp_text};
pub use instance::{Components, Instance, Settings};
pub use keep::StoredPart;
pub use rate::RateState;
pub use service::{CallInfo, CallOutcome};
pub use token::{Access, Scope, Token};
pub use workspace::Workspace;

/// Values of templates: parameters of requests, metadata of pipes.
pub mod template {
    pub use kinglet_template::Value;
}

/// ClickHouse's types.
pub mod types {
    pub use kinglet_types::ChType;
}

/// The store's disks.
pub mod disk {
    pub use kinglet_storage::SeededRandom;
    pub use kinglet_storage::disk::{Disk, Fault, FaultDisk, MemoryDisk, NativeDisk};
}
