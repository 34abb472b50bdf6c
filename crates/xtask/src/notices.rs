//! The licence texts of every Rust crate, and of the C code, inside the shipped wasm modules.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// The crates whose dependencies are shipped.
const SHIPPED: &[&str] = &["kinglet-wasm", "kinglet-language"];

/// Where a package keeps the licences of foreign code that it compiles in, beside its own folder.
const VENDORED: &[&str] = &["zstd"];

const HEADER: &str = "\
Rust crates in the wasm modules of this site, with their licences. The modules also hold parts of Rust's
standard library (MIT or Apache-2.0, https://github.com/rust-lang/rust); both texts are below.
";

/// One third-party package of the lock file.
struct Package {
    /// `name version (licence expression)`.
    title: String,
    folder: PathBuf,
}

/// Copies our own licence into `dist` and writes `THIRD-PARTY-RUST.txt` beside it; equal texts are written once, under all their packages.
pub(crate) fn write(root: &Path, dist: &Path) -> Result<()> {
    let own = dist.join("LICENSE");
    fs::copy(root.join("LICENSE"), &own).with_context(|| format!("writing {}", own.display()))?;
    let mut holders: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in shipped(root)? {
        let found = texts(&package.folder)?;
        if found.is_empty() {
            let none = "The package comes without a licence text; its licence is named above.".to_owned();
            holders.entry(none).or_default().insert(package.title.clone());
        }
        for text in found {
            holders.entry(text).or_default().insert(package.title.clone());
        }
    }
    let target = dist.join("THIRD-PARTY-RUST.txt");
    fs::write(&target, render(&holders)).with_context(|| format!("writing {}", target.display()))
}

/// The packages that `cargo tree` finds below the shipped crates, build tools and macros left out.
fn shipped(root: &Path) -> Result<Vec<Package>> {
    let mut tree = vec!["tree", "--target", "wasm32-unknown-unknown", "--edges", "normal,no-proc-macro"];
    tree.extend(["--prefix", "none", "--format", "{p}"]);
    for name in SHIPPED.iter().filter(|name| root.join("crates").join(name).exists()) {
        tree.extend(["--package", name]);
    }
    let listed = cargo(root, &tree)?;
    let wanted: BTreeSet<(&str, &str)> = listed.lines().filter_map(name_and_version).collect();
    let metadata: Value = serde_json::from_str(&cargo(root, &["metadata", "--format-version", "1"])?)?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    Ok(packages
        .filter(|package| !package["source"].is_null())
        .filter_map(|it| package(it, &wanted))
        .collect())
}

/// `serde v1.0.0 (proc-macro)` -> `("serde", "1.0.0")`.
fn name_and_version(line: &str) -> Option<(&str, &str)> {
    let mut words = line.split(' ');
    Some((words.next()?, words.next()?.strip_prefix('v')?))
}

fn package(package: &Value, wanted: &BTreeSet<(&str, &str)>) -> Option<Package> {
    let (name, version) = (package["name"].as_str()?, package["version"].as_str()?);
    let folder = Path::new(package["manifest_path"].as_str()?).parent()?.to_path_buf();
    let licence = package["license"].as_str().unwrap_or("see its text");
    wanted
        .contains(&(name, version))
        .then(|| Package { title: format!("{name} {version} ({licence})"), folder })
}

fn cargo(root: &Path, arguments: &[&str]) -> Result<String> {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output =
        Command::new(program).current_dir(root).args(arguments).output().context("cargo did not start")?;
    ensure!(output.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

/// The licence and notice texts in a package's folder and in those of the code it vendors.
fn texts(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for place in std::iter::once(folder.to_path_buf()).chain(VENDORED.iter().map(|name| folder.join(name))) {
        let Ok(entries) = fs::read_dir(&place) else { continue };
        for entry in entries {
            let path = entry?.path();
            if path.is_file() && is_licence(&path) {
                let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
                found.push(String::from_utf8_lossy(&bytes).replace("\r\n", "\n").trim().to_owned());
            }
        }
    }
    Ok(found)
}

fn is_licence(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_uppercase();
    ["LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE", "COPYRIGHT"]
        .iter()
        .any(|start| name.starts_with(start))
}

fn render(holders: &BTreeMap<String, BTreeSet<String>>) -> String {
    let line = "=".repeat(80);
    let mut out = String::from(HEADER);
    for (text, packages) in holders {
        let names: Vec<&str> = packages.iter().map(String::as_str).collect();
        out.push_str(&format!("\n{line}\n{}\n{line}\n\n{text}\n", names.join("\n")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_what_the_modules_hold_and_writes_equal_texts_once() {
        let folder = std::env::temp_dir().join(format!("kinglet-notices-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        write(&crate::repository_root(), &folder).unwrap();
        let text = fs::read_to_string(folder.join("THIRD-PARTY-RUST.txt")).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        for name in ["\ndatafusion 55", "\nparquet 59", "\nzstd-sys ", "\nwasm-bindgen 0.2"] {
            assert!(text.contains(name), "{name} is missing");
        }
        assert!(!text.contains("\nkinglet-"), "our own crates are not third parties");
        assert!(text.contains("Meta Platforms"), "the C code of zstd has its own licence");
    }
}
