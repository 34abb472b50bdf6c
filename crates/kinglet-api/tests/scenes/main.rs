//! Scenes: requests to a whole instance and the answers they must get, one file per area.

mod client;
mod hosts;

mod front_door;
