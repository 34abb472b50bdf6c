//! The routes, one file each.

pub(crate) mod absent;
pub(crate) mod analyze;
pub(crate) mod build;
pub(crate) mod connectors;
pub(crate) mod copy;
pub(crate) mod datasource_delete;
pub(crate) mod datasource_rows;
pub(crate) mod datasources;
pub(crate) mod deliveries;
pub(crate) mod deployments;
pub(crate) mod endpoint;
pub(crate) mod environments;
pub(crate) mod events;
pub(crate) mod examples;
pub(crate) mod explain;
pub(crate) mod files;
pub(crate) mod health;
pub(crate) mod hosts;
pub(crate) mod jobs;
pub(crate) mod local_tokens;
pub(crate) mod openapi;
pub(crate) mod parts;
pub(crate) mod pipes;
pub(crate) mod regions;
pub(crate) mod schedules;
pub(crate) mod scheduling;
pub(crate) mod secrets;
pub(crate) mod sink;
pub(crate) mod snapshots;
pub(crate) mod sql;
pub(crate) mod tokens;
pub(crate) mod version;
pub(crate) mod workspaces;

use kinglet_workspace::Error;

/// The error for a token whose scopes do not reach a resource.
pub(crate) fn no_access(scope: &str, resource: &str) -> Error {
    Error::forbidden(format!("The token does not have the scope {scope}:{resource}"))
}
