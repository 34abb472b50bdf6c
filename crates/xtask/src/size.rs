//! `cargo xtask size`: what a visitor downloads, against the budget.

use std::fs;
use std::io::{Read, sink};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::serve;

/// Where the budget is.
const BUDGET: &str = "wasm-tests/size-budget.json";

/// Bytes of one download.
#[derive(Clone, Copy, Default)]
struct Sizes {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Builds the site in release, prints every module's size and fails where one is past its limit.
///
/// The limit of a size is the budget, or `today` in the budget file where the budget is not met yet.
pub(crate) fn run(root: &Path, build: bool) -> Result<()> {
    if build {
        serve::build(root, "release")?;
    }
    let budget = fs::read_to_string(root.join(BUDGET)).with_context(|| format!("reading {BUDGET}"))?;
    let budget: Value = serde_json::from_str(&budget).with_context(|| format!("reading {BUDGET}"))?;
    println!("{:<10} {:>12} {:>12} {:>12}   limit", "module", "raw", "gzip", "brotli");
    let mut over = Vec::new();
    for (name, files) in shipped(root)? {
        let sizes = measure(&files)?;
        let limits = limits(&budget[&name]);
        let row = format!("{name:<10} {:>12} {:>12} {:>12}", sizes.raw, sizes.gzip, sizes.brotli);
        println!("{row}   {}", describe(&limits));
        over.extend(excess(&name, sizes, &limits));
    }
    ensure!(over.is_empty(), "past the budget:\n{}", over.join("\n"));
    Ok(())
}

/// The downloads: each wasm module, and the app's own files.
fn shipped(root: &Path) -> Result<Vec<(String, Vec<PathBuf>)>> {
    let dist = root.join("www/app/dist");
    ensure!(dist.exists(), "www/app/dist is missing; run `npm run build` first");
    let (mut modules, mut shell) = (Vec::new(), Vec::new());
    for path in files_below(&dist)? {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match name.strip_suffix("_bg.wasm") {
            Some(module) => modules.push((module.to_owned(), vec![path])),
            None if is_code(&name) => shell.push(path),
            None => {}
        }
    }
    modules.sort();
    modules.push(("app".to_owned(), shell));
    Ok(modules)
}

fn is_code(name: &str) -> bool {
    [".js", ".css", ".html"].iter().any(|end| name.ends_with(end))
}

fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files_below(&path)?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

fn measure(files: &[PathBuf]) -> Result<Sizes> {
    let mut total = Sizes::default();
    for path in files {
        let bytes = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
        total.raw += bytes.len() as u64;
        let mut gzip = flate2::read::GzEncoder::new(bytes.as_slice(), flate2::Compression::default());
        total.gzip += std::io::copy(&mut gzip, &mut sink())?;
        total.brotli += drain(brotli::CompressorReader::new(bytes.as_slice(), 1 << 16, 9, 22))?;
    }
    Ok(total)
}

fn drain(mut reader: impl Read) -> Result<u64> {
    Ok(std::io::copy(&mut reader, &mut sink())?)
}

/// The limit of each size named for a module: the larger of its budget and today's accepted figure.
fn limits(module: &Value) -> Vec<(String, u64)> {
    let budget = module["budget"].as_object().into_iter().flatten();
    budget
        .map(|(unit, bytes)| {
            let today = module["today"][unit].as_u64().unwrap_or_default();
            (unit.clone(), bytes.as_u64().unwrap_or_default().max(today))
        })
        .collect()
}

fn describe(limits: &[(String, u64)]) -> String {
    let words: Vec<String> = limits.iter().map(|(unit, bytes)| format!("{unit} <= {bytes}")).collect();
    words.join(", ")
}

fn excess(name: &str, sizes: Sizes, limits: &[(String, u64)]) -> Vec<String> {
    let size = |unit: &str| match unit {
        "raw" => sizes.raw,
        "gzip" => sizes.gzip,
        _ => sizes.brotli,
    };
    let over = limits.iter().filter(|(unit, limit)| size(unit) > *limit);
    over.map(|(unit, limit)| format!("{name}: {unit} {} > {limit}", size(unit))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn todays_figure_stands_in_for_a_budget_not_met_yet() {
        let module = serde_json::json!({ "budget": { "raw": 10, "brotli": 5 }, "today": { "brotli": 7 } });
        let mut limits = limits(&module);
        limits.sort();
        assert_eq!(limits, [("brotli".to_owned(), 7), ("raw".to_owned(), 10)]);
        let sizes = Sizes { raw: 11, gzip: 0, brotli: 7 };
        assert_eq!(excess("engine", sizes, &limits), ["engine: raw 11 > 10"]);
    }
}
