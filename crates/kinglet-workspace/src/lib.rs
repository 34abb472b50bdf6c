//! A workspace: its project, tables, ingestion, tokens and jobs.
//!
//! Knows neither HTTP nor JSON documents. What a caller may do about a failure is
//! told by [`Error::kind`]; the layer above turns it into a status.

pub mod error;
pub mod host;
pub mod instance;
pub mod token;
pub mod workspace;

pub use error::{Error, Kind, Result};
pub use host::{Clock, Fetched, Http, Random};
pub use instance::{Components, Instance, Settings};
pub use token::{Access, Scope, Token};
pub use workspace::Workspace;
