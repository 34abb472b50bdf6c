//! Builds, checks and measures the repository: `cargo xtask <command>`.

mod check;
mod fuzz;
mod notices;
mod program;
mod serve;
mod setup;
mod size;
mod tidy;
mod wasm;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask <command>

  setup     install what a build and the tests need
  build     build the complete static site into www/app/dist (release; --dev builds faster)
  serve     the API over HTTP on this machine: serve [--port PORT] [--disk FOLDER]
  start     build the site and serve it on PORT (4321)
  test      every test, native and in Chromium (--long adds the slow ones)
  size      sizes of what is shipped, against the budget (--no-build measures the last build)
  fuzz      the fuzz targets, or those named, for KINGLET_FUZZ_SECONDS (600) each
  bench     throughput of the languages, then three sets of queries in Chromium beside DuckDB-WASM (--languages: the first alone;
            --dev benchmarks a quick build)
  conformance   run cases: parser|datafile|template|schema|testfile|sql [--dir FOLDER] [--report FILE]
  differential  generated expressions: generate SEED COUNT FILE [FUNCTION ..] writes queries, compare ANSWERS
            [--report FILE] runs those that ClickHouse answered and prints what differs
  functions   write www/engine/functions.json, what the editor knows of ClickHouse's functions, from the engine's registry
  tables    write a benchmark's tables: tables tpch|hits|events SIZE FOLDER
  tidy      check layers, file sizes and module docs
  wasm      build a wasm module and its JavaScript bindings (see wasm --help)";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<(), String> {
    let root = repository_root();
    match arguments.first().map(String::as_str) {
        Some("setup") => setup::for_tests(&root).map_err(|error| format!("{error:#}")),
        Some("build") => {
            let profile = if arguments.iter().any(|flag| flag == "--dev") { "wasm-dev" } else { "release" };
            serve::build(&root, profile).map_err(|error| format!("{error:#}"))
        }
        Some("start") => serve::start(&root).map_err(|error| format!("{error:#}")),
        Some("test") => {
            let long = arguments.iter().any(|flag| flag == "--long");
            check::run(&root, long).map_err(|error| format!("{error:#}"))
        }
        Some("size") => {
            let build = !arguments.iter().any(|flag| flag == "--no-build");
            size::run(&root, build).map_err(|error| format!("{error:#}"))
        }
        Some("bench") => {
            let profile = if arguments.iter().any(|flag| flag == "--dev") { "wasm-dev" } else { "release" };
            run_languages_benchmark(&root)?;
            if arguments.iter().any(|flag| flag == "--languages") {
                return Ok(());
            }
            serve::bench(&root, profile).map_err(|error| format!("{error:#}"))
        }
        Some("fuzz") => fuzz::run(&root, &arguments[1..]).map_err(|error| format!("{error:#}")),
        Some("serve") => run_package(&root, "kinglet-server", &arguments[1..]),
        Some("conformance") => run_package(&root, "kinglet-testkit", &arguments[1..]),
        Some("differential") => run_package(&root, "kinglet-testkit", arguments),
        Some("functions") => run_package(&root, "kinglet-testkit", &["functions".to_owned()]),
        Some("tables") => {
            let example = program::Kind::Example;
            program::run(&root, "kinglet-testkit", example, "tables", &arguments[1..])
                .map_err(|error| format!("{error:#}"))
        }
        Some("tidy") => tidy::run(&root),
        Some("wasm") => wasm::run(&root, &arguments[1..]).map_err(|error| format!("xtask wasm: {error:#}")),
        _ => Err(USAGE.to_owned()),
    }
}

/// Runs the binary of another package.
fn run_package(root: &Path, package: &str, arguments: &[String]) -> Result<(), String> {
    program::run(root, package, program::Kind::Binary, package, arguments)
        .map_err(|error| format!("{error:#}"))
}

/// Parsers and templates on files of 2,000 lines, against the committed floors; builds the light crates alone.
fn run_languages_benchmark(root: &Path) -> Result<(), String> {
    let arguments =
        ["run", "--quiet", "--release", "--package", "kinglet-project", "--example", "throughput"];
    let status = std::process::Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(root)
        .status()
        .map_err(|error| format!("cargo cannot be started: {error}"))?;
    if status.success() { Ok(()) } else { Err("a language is slower than its floor".to_owned()) }
}

/// The folder that holds the workspace's Cargo.toml.
fn repository_root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().and_then(Path::parent).unwrap_or(manifest).to_path_buf()
}
