//! Builds, checks and measures the repository: `cargo xtask <command>`.

mod tidy;
mod wasm;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "usage: cargo xtask <command>

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
        Some("tidy") => tidy::run(&root),
        Some("wasm") => wasm::run(&root, &arguments[1..]).map_err(|error| format!("xtask wasm: {error:#}")),
        _ => Err(USAGE.to_owned()),
    }
}

/// The folder that holds the workspace's Cargo.toml.
fn repository_root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().and_then(Path::parent).unwrap_or(manifest).to_path_buf()
}
