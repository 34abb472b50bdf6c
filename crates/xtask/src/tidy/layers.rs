//! Who may depend on whom, read from `cargo metadata`.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Each crate and the crates of ours it may depend on. Siblings are blind to each other.
const LAYERS: &[(&str, &[&str])] = &[
    ("kinglet-diagnostic", &[]),
    ("kinglet-types", &["kinglet-diagnostic"]),
    ("kinglet-parser", &["kinglet-diagnostic", "kinglet-types"]),
    ("kinglet-template", &["kinglet-diagnostic", "kinglet-types"]),
    ("kinglet-datafile", &["kinglet-diagnostic", "kinglet-types", "kinglet-parser"]),
    (
        "kinglet-project",
        &["kinglet-diagnostic", "kinglet-types", "kinglet-parser", "kinglet-template", "kinglet-datafile"],
    ),
    ("kinglet-sql", &["kinglet-diagnostic", "kinglet-types", "kinglet-parser"]),
    ("kinglet-storage", &["kinglet-diagnostic", "kinglet-types"]),
    (
        "kinglet-workspace",
        &[
            "kinglet-diagnostic",
            "kinglet-types",
            "kinglet-parser",
            "kinglet-template",
            "kinglet-datafile",
            "kinglet-project",
            "kinglet-sql",
            "kinglet-storage",
        ],
    ),
    (
        "kinglet-api",
        &[
            "kinglet-diagnostic",
            "kinglet-types",
            "kinglet-parser",
            "kinglet-template",
            "kinglet-datafile",
            "kinglet-project",
            "kinglet-sql",
            "kinglet-storage",
            "kinglet-workspace",
        ],
    ),
    ("kinglet-opfs", &["kinglet-storage"]),
    (
        "kinglet-wasm",
        &[
            "kinglet-diagnostic",
            "kinglet-api",
            "kinglet-workspace",
            "kinglet-opfs",
            "kinglet-storage",
            "kinglet-types",
        ],
    ),
    (
        "kinglet-language",
        &[
            "kinglet-diagnostic",
            "kinglet-types",
            "kinglet-parser",
            "kinglet-template",
            "kinglet-datafile",
            "kinglet-project",
        ],
    ),
    ("kinglet-server", &["*"]),
    ("kinglet-testkit", &["*"]),
    ("xtask", &["kinglet-diagnostic"]),
];

/// The crates that may know the browser.
const EDGE: &[&str] = &["kinglet-opfs", "kinglet-wasm", "kinglet-language"];

/// Dependencies that mean "the browser".
const BROWSER: &[&str] = &["wasm-bindgen", "js-sys", "web-sys", "gloo", "serde-wasm-bindgen"];

/// Dependencies that only the crates named may have.
const CONFINED: &[(&str, &[&str])] = &[
    ("datafusion", &["kinglet-sql", "kinglet-workspace", "kinglet-testkit"]),
    ("parquet", &["kinglet-sql", "kinglet-storage", "kinglet-workspace", "kinglet-api", "kinglet-testkit"]),
];

/// Reads `cargo metadata` at `root` and compares it with the tables above.
pub(super) fn violations(root: &Path) -> Result<Vec<String>, String> {
    let output = Command::new("cargo")
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .current_dir(root)
        .output()
        .map_err(|error| format!("cannot run cargo metadata: {error}"))?;
    let metadata: Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| format!("cannot read cargo metadata: {error}"))?;
    let packages = metadata["packages"].as_array().map(Vec::as_slice).unwrap_or_default();
    Ok(packages.iter().flat_map(package_violations).collect())
}

fn package_violations(package: &Value) -> Vec<String> {
    let name = package["name"].as_str().unwrap_or_default();
    let Some((_, allowed)) = LAYERS.iter().find(|(layer, _)| *layer == name) else {
        return vec![format!("crate {name} has no place in the layer table of xtask/src/tidy/layers.rs")];
    };
    let dependencies = package["dependencies"].as_array().map(Vec::as_slice).unwrap_or_default();
    dependencies
        .iter()
        .filter(|dependency| dependency["kind"].is_null())
        .filter_map(|dependency| dependency["name"].as_str())
        .filter_map(|dependency| edge_violation(name, allowed, dependency))
        .collect()
}

fn edge_violation(name: &str, allowed: &[&str], dependency: &str) -> Option<String> {
    let any = allowed.contains(&"*");
    if dependency.starts_with("kinglet-") && !any && !allowed.contains(&dependency) {
        return Some(format!("{name} must not depend on {dependency}"));
    }
    let browser = BROWSER.contains(&dependency) || dependency.starts_with("gloo-");
    if browser && !EDGE.contains(&name) {
        return Some(format!("{name} must not know the browser ({dependency})"));
    }
    let confined = CONFINED.iter().find(|(confined, _)| *confined == dependency);
    match confined {
        Some((_, owners)) if !owners.contains(&name) => {
            Some(format!("{name} must not depend on {dependency}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sibling_and_a_browser_edge_are_reported() {
        let sibling = edge_violation("kinglet-sql", &["kinglet-types"], "kinglet-storage");
        assert_eq!(sibling.as_deref(), Some("kinglet-sql must not depend on kinglet-storage"));
        assert!(edge_violation("kinglet-api", &[], "web-sys").is_some());
        assert!(edge_violation("kinglet-opfs", &[], "web-sys").is_none());
        assert!(edge_violation("kinglet-api", &[], "datafusion").is_some());
    }
}
