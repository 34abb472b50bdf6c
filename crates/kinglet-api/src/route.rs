//! The routes, one file each.

pub(crate) mod health;
pub(crate) mod local_tokens;
pub(crate) mod regions;
pub(crate) mod tokens;
pub(crate) mod version;
pub(crate) mod workspaces;
