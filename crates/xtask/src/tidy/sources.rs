//! Sizes, module docs and forbidden text of the source files that git tracks.

use std::path::Path;
use std::process::Command;

/// Longest source file, in lines.
const MAX_LINES: usize = 800;

/// Text that must not be in a Rust source, with the reason. Written in pieces, so that this file passes.
const FORBIDDEN: &[(&str, &str)] = &[
    (concat!("todo", "!("), "finish it or leave it out"),
    (concat!("unimplemented", "!("), "finish it or leave it out"),
    (concat!("#[", "ignore"), "a test that does not run proves nothing"),
];

/// Crates that may be compiled differently for the browser.
const EDGE: &[&str] =
    &["crates/kinglet-opfs/", "crates/kinglet-wasm/", "crates/kinglet-language/", "crates/xtask/"];

/// Checks every tracked source file under `root`.
pub(super) fn violations(root: &Path) -> Result<Vec<String>, String> {
    let output = Command::new("git")
        .args([
            "ls-files",
            "--cached",
            "--others",
            "--exclude-standard",
            "--",
            "*.rs",
            "*.ts",
            "*.svelte",
            "*.mjs",
        ])
        .current_dir(root)
        .output()
        .map_err(|error| format!("cannot run git ls-files: {error}"))?;
    let names = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut found = Vec::new();
    for name in names.lines().filter(|name| !name.contains("/generated/")) {
        if let Ok(text) = std::fs::read_to_string(root.join(name)) {
            found.extend(file_violations(name, &text));
        }
    }
    Ok(found)
}

fn file_violations(name: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lines = text.lines().count();
    if lines > MAX_LINES {
        found.push(format!("{name}: {lines} lines, at most {MAX_LINES}: split it by idea"));
    }
    if !name.ends_with(".rs") {
        return found;
    }
    if !text.starts_with("//!") {
        found.push(format!("{name}: must start with a `//!` line that says what it holds"));
    }
    for (forbidden, reason) in FORBIDDEN {
        if text.contains(forbidden) {
            found.push(format!("{name}: contains `{forbidden}`: {reason}"));
        }
    }
    if text.contains(concat!("target_arch", " = \"wasm32\""))
        && !EDGE.iter().any(|edge| name.starts_with(edge))
    {
        found.push(format!("{name}: only the browser edge may be compiled differently for wasm32"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_undocumented_and_unfinished_files_are_reported() {
        let text = format!("fn f() {{ {}) }}\n{}", concat!("todo", "!("), "\n".repeat(MAX_LINES));
        let found = file_violations("crates/kinglet-sql/src/a.rs", &text);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(file_violations("crates/kinglet-sql/src/a.rs", "//! Fine.\n").is_empty());
    }
}
