//! Installing what a build or a test run needs and the machine does not have yet.
//!
//! Each step looks first, says what it is about to do, and, where it may not do it itself, names the
//! exact command to run.

mod browser;
mod node;
mod system;

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};

pub(crate) use browser::{chromium, firefox};

/// Prepares the machine for a build: Node packages, the wasm target, a C compiler for wasm.
pub(crate) fn for_build(root: &Path) -> Result<()> {
    node::require_version()?;
    node::install_packages(root)?;
    require_wasm_target(root)?;
    system::require_wasm_clang()
}

/// Prepares the machine for the tests: all that a build needs, Chromium and Firefox.
pub(crate) fn for_tests(root: &Path) -> Result<()> {
    for_build(root)?;
    browser::require_browsers()
}

fn require_wasm_target(root: &Path) -> Result<()> {
    let output = Command::new("rustup").args(["target", "list", "--installed"]).current_dir(root).output();
    let output = output.context("rustup is missing; install it from https://rustup.rs and try again")?;
    if String::from_utf8_lossy(&output.stdout).contains("wasm32-unknown-unknown") {
        return Ok(());
    }
    run("rustup", &["target", "add", "wasm32-unknown-unknown"], root)
}

/// Prints and runs a command in `folder`; an exit status other than 0 is an error that repeats the command.
pub(crate) fn run(program: &str, arguments: &[&str], folder: &Path) -> Result<()> {
    println!("$ {program} {}", arguments.join(" "));
    let status = Command::new(program).args(arguments).current_dir(folder).status();
    let status = status.with_context(|| format!("cannot start {program}"))?;
    ensure!(status.success(), "failed: {program} {}", arguments.join(" "));
    Ok(())
}
