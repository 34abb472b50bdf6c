//! Scenes: requests to a whole instance and the answers they must get, one file per area.

mod client;
mod hosts;

mod datasources;
mod engines;
mod events;
mod front_door;
mod imports;
mod project;
mod sql;
