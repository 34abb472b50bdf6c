//! Scenes: requests to a whole instance and the answers they must get, one file per area.

mod client;
mod hosts;

mod again;
mod clickhouse;
mod datasources;
mod deployments;
mod describe;
mod engines;
mod events;
mod front_door;
mod imports;
mod json;
mod keep;
mod kept;
mod matrix;
mod network;
mod project;
mod projects;
mod quarantine;
mod schedules;
mod service;
mod sinks;
mod sql;
mod storm;
mod tokens;
mod workspaces;
