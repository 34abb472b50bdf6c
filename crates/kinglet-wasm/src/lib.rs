//! The engine as a wasm module: the thin edge between a browser worker and the API.
//!
//! A worker calls [`open`], then [`Engine::request`] for each request. All work runs on [`slices`], which return to the
//! worker's event loop every few milliseconds. A panic ends the instance: the worker is the unit of restart.
#![cfg(target_arch = "wasm32")]

mod change;
mod clock;
mod disk;
mod engine;
mod exchange;
mod http;
mod maintenance;
mod options;
mod panic;
mod random;
mod request_body;
mod slices;
mod stream;
mod timer;

pub use engine::{Engine, open};
pub use exchange::Exchange;
