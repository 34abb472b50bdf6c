//! What the store keeps about a workspace besides rows: JSON values under keys.
//!
//! | Key | Value |
//! |---|---|
//! | `instance` | [`InstanceRecord`] |
//! | `w/<id>/workspace` | [`WorkspaceRecord`] |
//! | `w/<id>/file/<path>` | text of a project file |
//! | `w/<id>/resource/<name>` | [`ResourceRecord`] |
//! | `w/<id>/token/<id>` | [`TokenRecord`] |
//! | `w/<id>/job/<id>` | [`crate::job::Job`] |
//! | `w/<id>/secret/<name>` | value of a secret |
//! | `w/<id>/secret_times/<name>` | [`crate::workspace::SecretTimes`] |
//! | `w/<id>/staging`, `w/<id>/staging-file/<path>` | a deployment that is not live yet, and its files |
//! | `w/<id>/schedule/<pipe>` | how far a schedule is, and whether it is paused |
//! | `w/<id>/delivery/<connection>` | where a connection's sinks deliver |
//! | `w/<id>/host/<host>` | when requests to a host were allowed, in microseconds since the epoch |

use crate::error::{Error, Result};
use crate::token::{Grant, Token};
use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// The user and the workspaces of a store.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct InstanceRecord {
    pub(crate) user_id: String,
    pub(crate) organization_id: String,
    pub(crate) user_token: String,
    /// Ids, oldest first.
    pub(crate) workspaces: Vec<String>,
}

/// A workspace.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct WorkspaceRecord {
    pub(crate) name: String,
    pub(crate) created_at: i64,
    /// Number of the deployment that is live; 0 before the first.
    pub(crate) deployment: u64,
    pub(crate) deployed_at: i64,
    /// The highest number that a deployment had, live or not.
    #[serde(default)]
    pub(crate) last_deployment: u64,
    /// Id of the workspace that this one is a branch of.
    #[serde(default)]
    pub(crate) main: Option<String>,
}

/// Identity and times of a data source or pipe, in microseconds since the epoch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ResourceRecord {
    pub(crate) id: String,
    pub(crate) created_at: i64,
    pub(crate) updated_at: i64,
    /// Format it was created from or filled with last: `csv`, `ndjson`, `parquet`.
    #[serde(default)]
    pub(crate) format: String,
}

/// A static token.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct TokenRecord {
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) text: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) from_project: bool,
}

impl TokenRecord {
    pub(crate) fn of(token: &Token) -> TokenRecord {
        TokenRecord {
            name: token.name.clone(),
            description: token.description.clone(),
            text: token.text.clone(),
            scopes: token.grants.iter().map(Grant::text).collect(),
            from_project: token.from_project,
        }
    }

    pub(crate) fn into_token(self, id: &str) -> Token {
        Token {
            id: id.to_owned(),
            name: self.name,
            description: self.description,
            text: self.text,
            grants: self.scopes.iter().filter_map(|text| Grant::from_text(text)).collect(),
            from_project: self.from_project,
        }
    }
}

/// The stored bytes of a record.
pub(crate) fn encode<T: Serialize>(record: &T) -> Result<Bytes> {
    serde_json::to_vec(record)
        .map(Bytes::from)
        .map_err(|error| Error::internal(format!("a record cannot be written: {error}")))
}

/// The record of stored bytes.
pub(crate) fn decode<T: DeserializeOwned>(key: &str, bytes: &[u8]) -> Result<T> {
    serde_json::from_slice(bytes)
        .map_err(|error| Error::internal(format!("the stored record '{key}' is damaged: {error}")))
}
