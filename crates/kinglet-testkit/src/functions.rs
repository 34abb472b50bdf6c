//! What an editor knows of the functions: the engine's registry as a file.

use std::path::{Path, PathBuf};

use kinglet_sql::aggregate::{Aggregates, windows};
use kinglet_sql::function::{Case, Functions, Spec};

/// Longest answer that is told with an example, in bytes.
const MAX_ANSWER: usize = 60;

/// The file that the language module's client loads.
pub fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/engine/functions.json")
}

/// The text of the file: a JSON array with a row a line, in the order of the names. A row is name, flags (`i` the name
/// is taken in any case, `a` aggregate, `w` window function), category, signature, description, example.
pub fn text() -> String {
    let mut rows: Vec<[String; 6]> = Vec::new();
    for function in Functions::get().all() {
        add(&mut rows, function.spec(), "");
    }
    for aggregate in Aggregates::get().all() {
        add(&mut rows, aggregate.spec(), "a");
    }
    for window in windows() {
        add(&mut rows, window.spec(), "w");
    }
    rows.sort();
    rows.dedup_by(|next, kept| next[0] == kept[0]);
    let lines: Vec<String> = rows.iter().map(|row| serde_json::json!(row).to_string()).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}

fn add(rows: &mut Vec<[String; 6]>, spec: &Spec, kind: &str) {
    let case = if spec.case == Case::Insensitive { "i" } else { "" };
    let flags = format!("{case}{kind}");
    for name in [spec.name].iter().chain(spec.aliases) {
        let description = match *name == spec.name {
            true => spec.summary.to_owned(),
            false => format!("The same as {}. {}", spec.name, spec.summary),
        };
        rows.push([
            (*name).to_owned(),
            flags.clone(),
            spec.category.to_owned(),
            spec.syntax.to_owned(),
            description,
            example(spec),
        ]);
    }
}

/// The first example, with its answer where that is short.
fn example(spec: &Spec) -> String {
    let Some(example) = spec.examples.first() else { return String::new() };
    match example.answer.len() <= MAX_ANSWER && !example.answer.contains('\n') {
        true => format!("{} → {}", example.sql, example.answer),
        false => example.sql.to_owned(),
    }
}
