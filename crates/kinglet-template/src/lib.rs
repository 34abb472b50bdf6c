//! Tinybird's SQL template language: parse, extract parameters, render.
//!
//! A query that starts with `%` is a template: SQL with tags in Tornado's syntax whose code is Python. Parameters come
//! from a request, are declared by typed functions where they are used, and are escaped when they are printed.
//!
//! ```
//! use kinglet_template::{Context, Template};
//!
//! let sql = "%
//! SELECT day, count() AS hits FROM visits
//! {% if defined(since) %} WHERE day >= {{ Date(since, description='First day') }} {% end %}
//! LIMIT {{ Int32(n, 10) }}";
//! let (template, diagnostics) = Template::parse(sql);
//! assert!(diagnostics.is_empty());
//!
//! let names: Vec<&str> = template.parameters().iter().map(|parameter| parameter.name.as_str()).collect();
//! assert_eq!(names, ["since", "n"]);
//!
//! let rendered = template.render(&Context::with_variables([("since", "2024-01-01")])).unwrap();
//! assert!(rendered.sql.contains("WHERE day >= '2024-01-01'"));
//! assert!(rendered.sql.ends_with("LIMIT toInt32('10')"));
//! ```
//!
//! # How it works
//!
//! `scan` splits the text into a tree of text, expressions, statements and blocks (`tree`), reading the code of each
//! tag with `python` and refusing what templates may not do (`python::check`). `extract` lists parameters from that
//! tree, `names` finds which names it reads and assigns. `eval` runs the tree over values (`object`) with the
//! functions in `function`, writing SQL together with a [`SourceMap`].
//!
//! # Differences from the original
//!
//! Texts, rendered SQL and metadata are Tinybird's byte for byte, except where copying them would open a hole:
//!
//! - `table()`, `symbol(x, '')`, aliases of `columns()` and column names of `sql_and(**…)` are put in back-ticks unless
//!   they are plain names; the function of `columns()` has to be the name of a function.
//! - The comments that `max_threads()` and `backend_hint()` leave stay on one line.
//! - Secrets come from the [`Context`] alone; no request parameter unlocks one or disturbs the renderer.
//! - The text of a caught exception is quoted when it is printed.
//! - Work, output and nesting are bounded ([`Limits`]).

mod context;
mod error;
mod eval;
mod extract;
mod function;
mod integer;
mod lint;
mod names;
mod object;
mod parameter;
mod python;
mod rendered;
mod scan;
mod skeleton;
mod source_map;
mod template;
mod tree;
mod value;

pub use context::{Context, Flags, Limits};
pub use error::{ErrorKind, RenderError};
pub use parameter::Parameter;
pub use rendered::{Rendered, Settings};
pub use skeleton::Skeleton;
pub use source_map::{Origin, Segment, SourceMap};
pub use template::Template;
pub use value::Value;
