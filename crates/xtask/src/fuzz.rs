//! `cargo xtask fuzz`: the fuzz targets of the languages, each for a while, over the conformance cases as seeds.
//!
//! The pinned toolchain is stable, so no sanitizer is used: libFuzzer needs only the coverage instrumentation, which
//! LLVM's pass gives on stable too, and the code has no `unsafe` for a sanitizer to look at. `cargo fuzz run -s none`
//! builds the same targets.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

/// Seconds each target runs unless `KINGLET_FUZZ_SECONDS` says otherwise.
const SECONDS: u64 = 600;

/// What `cargo fuzz` passes when it is told to use no sanitizer.
const FLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Cllvm-args=-simplifycfg-branch-fold-threshold=0";

/// Each target, the conformance cases it starts from, the field that holds their text and what goes in front of it.
const TARGETS: [(&str, &str, &str, &str); 6] = [
    ("sql", "parser/statements.jsonl", "sql", ""),
    ("datafile", "datafile/datafile.jsonl", "text", ""),
    ("schema", "datafile/schema.jsonl", "input", ""),
    ("testfile", "datafile/testfile.jsonl", "text", ""),
    ("template", "datafile/template.jsonl", "template", "%"),
    ("project", "datafile/datafile.jsonl", "text", ""),
];

/// Builds the targets and runs those named, or all.
pub(crate) fn run(root: &Path, names: &[String]) -> Result<()> {
    let folder = root.join("fuzz");
    let known = |name: &String| TARGETS.iter().any(|target| target.0 == name);
    ensure!(names.iter().all(known), "the targets are {}", TARGETS.map(|target| target.0).join(", "));
    let seconds = match std::env::var("KINGLET_FUZZ_SECONDS") {
        Ok(text) => text.parse().context("KINGLET_FUZZ_SECONDS is a number of seconds")?,
        Err(_) => SECONDS,
    };
    let binaries = build(&folder)?;
    for (name, cases, field, front) in TARGETS {
        if names.is_empty() || names.iter().any(|wanted| wanted == name) {
            seed(root, &folder, name, cases, field, front)?;
            fuzz(&folder, &binaries, name, seconds)?;
        }
    }
    Ok(())
}

/// Builds the targets with instrumentation; the folder they are in.
fn build(folder: &Path) -> Result<std::path::PathBuf> {
    let host = host()?;
    let target = folder.join("target");
    let status = Command::new(env!("CARGO"))
        .current_dir(folder)
        .args(["build", "--release", "--target", &host])
        .env("CARGO_TARGET_DIR", &target)
        .env("RUSTFLAGS", FLAGS)
        .env_remove("RUSTC_WORKSPACE_WRAPPER")
        .status()
        .context("cargo did not start")?;
    ensure!(status.success(), "the fuzz targets do not build");
    Ok(target.join(host).join("release"))
}

/// The triple of this machine, which keeps the flags away from build scripts.
fn host() -> Result<String> {
    let output = Command::new("rustc").arg("-vV").output().context("rustc did not start")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = text.lines().find_map(|line| line.strip_prefix("host: ")).map(str::to_owned);
    host.context("rustc -vV names no host")
}

/// Writes the texts of the cases into the target's corpus.
fn seed(root: &Path, folder: &Path, name: &str, cases: &str, field: &str, front: &str) -> Result<()> {
    let corpus = folder.join("corpus").join(name);
    fs::create_dir_all(&corpus)?;
    let path = root.join("crates/kinglet-testkit/conformance").join(cases);
    let rows = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    for (at, row) in rows.lines().enumerate() {
        let row: Value = serde_json::from_str(row).with_context(|| format!("{cases}:{}", at + 1))?;
        if let Some(text) = row[field].as_str() {
            fs::write(corpus.join(format!("case-{at:04}")), format!("{front}{text}"))?;
        }
    }
    Ok(())
}

fn fuzz(folder: &Path, binaries: &Path, name: &str, seconds: u64) -> Result<()> {
    let artifacts = folder.join("artifacts").join(name);
    fs::create_dir_all(&artifacts)?;
    let output = Command::new(binaries.join(name))
        .current_dir(folder)
        .arg(folder.join("corpus").join(name))
        .args([format!("-max_total_time={seconds}"), format!("-artifact_prefix={}/", artifacts.display())])
        .args(["-timeout=20", "-rss_limit_mb=2048", "-max_len=8192", "-print_final_stats=1"])
        .output()
        .with_context(|| format!("the fuzz target {name} did not start"))?;
    let log = String::from_utf8_lossy(&output.stderr);
    let runs = log.lines().find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    println!("{name}: {} runs in {seconds} s", runs.unwrap_or("?").trim());
    if !output.status.success() {
        let lines: Vec<&str> = log.lines().collect();
        let tail = lines.get(lines.len().saturating_sub(60)..).unwrap_or_default().join("\n");
        anyhow::bail!(
            "{tail}\n{name} found something; keep it in crates/kinglet-project/tests/findings/{name}"
        );
    }
    Ok(())
}
