//! Generated expressions, answered here and compared with what ClickHouse answers.
//!
//! [`generate`] writes queries, a JSON record a line: each an expression over one of the fixture tables, drawn from
//! the registry's own examples by a seed. Somebody runs them through ClickHouse and adds to each record `meta` and
//! `data`, or `error`, as in the answers of `conformance/sql`. [`compare`] runs the same queries here and counts what
//! differs by kind and function.

mod dice;
mod draw;
mod judge;
pub mod signature;
mod template;

use std::path::Path;

pub use judge::{Difference, Judgement, compare};

use dice::Dice;
use draw::Drawer;

/// `count` queries drawn by `seed`, a JSON record a line with `sql` and `function`; `functions` limits them to calls
/// of these, if there are any.
///
/// # Panics
/// When the fixture tables below `root` cannot be read.
pub fn generate(root: &Path, seed: u64, count: usize, functions: &[String]) -> String {
    let drawer = Drawer::new(root, functions);
    let mut dice = Dice::new(seed);
    let mut out = String::new();
    for _ in 0..count {
        let (function, sql) = drawer.query(&mut dice);
        out.push_str(&serde_json::json!({ "function": function, "sql": sql }).to_string());
        out.push('\n');
    }
    out
}
