//! What the worker says when it opens the engine, and what it is told.

use serde::{Deserialize, Serialize};

/// `OpenOptions` of protocol.ts, as far as the module needs it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OpenOptions {
    /// Where the workspace's bytes live.
    pub(crate) storage: Storage,
    /// Folder below the root of the private file system.
    pub(crate) directory: String,
    /// Path that precedes `/v0` in addresses the engine hands out.
    pub(crate) base: String,
    /// False refuses outgoing requests.
    pub(crate) network: bool,
}

/// Where bytes live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Storage {
    /// The origin's private file system.
    Opfs,
    /// This worker's memory.
    Memory,
}

/// `EngineInfo` of protocol.ts.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct EngineInfo {
    /// Version of this package.
    pub(crate) version: &'static str,
    /// Where the bytes live indeed.
    pub(crate) storage: Storage,
    /// Why that is memory although a disk was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) storage_problem: Option<String>,
}
