//! Schemas from samples of data.

mod guess;
mod literal;

pub use guess::{guess_types, valid_types};
