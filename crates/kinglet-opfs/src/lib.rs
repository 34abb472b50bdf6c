//! The storage engine's disk over the browser's origin private file system.
//!
//! Works in dedicated workers alone: nowhere else does the browser give synchronous access to a file. One worker holds
//! a file at a time; when a tab takes over from another, the old holder's files may be let go a little later, so opening
//! waits for them.
#![cfg(target_arch = "wasm32")]

mod disk;
mod failure;
mod folder;
mod table;

pub use disk::OpfsDisk;
