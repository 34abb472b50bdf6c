//! Tinybird's SQL template language: parse, extract parameters, render.

mod context;
mod error;
mod eval;
mod extract;
mod function;
mod names;
mod object;
mod parameter;
mod python;
mod rendered;
mod scan;
mod source_map;
mod template;
mod tree;
mod value;

pub use context::{Context, Flags, Limits};
pub use error::{ErrorKind, RenderError};
pub use parameter::Parameter;
pub use rendered::{Rendered, Settings};
pub use source_map::{Origin, Segment, SourceMap};
pub use template::Template;
pub use value::Value;
