//! `cargo xtask test`: every test, native and in the browser, with the lints in the same builds.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use crate::{fuzz, serve, setup, tidy, wasm};

/// The crates that exist for the browser alone.
const BROWSER_CRATES: &[&str] = &["kinglet-opfs", "kinglet-wasm"];

/// Runs everything; `long` adds what takes longer than a change should wait for.
pub(crate) fn run(root: &Path, long: bool) -> Result<()> {
    timed("set-up", || setup::for_tests(root))?;
    timed("tidy", || tidy::run(root).map_err(anyhow::Error::msg))?;
    timed("format", || setup::run("cargo", &["fmt", "--all", "--check"], root))?;
    timed("native tests and lints", || native(root, long))?;
    timed("site", || serve::site(root, "wasm-dev"))?;
    timed("types and unit tests of the web packages", || web(root))?;
    timed("browser tests", || browser(root, long))?;
    if long {
        timed("fuzz", || fuzz::run(root, &[]))?;
    }
    Ok(())
}

fn timed(what: &str, step: impl FnOnce() -> Result<()>) -> Result<()> {
    let start = Instant::now();
    println!("\n== {what}");
    step().with_context(|| format!("{what} failed"))?;
    println!("== {what}: {:.0} s", start.elapsed().as_secs_f64());
    Ok(())
}

/// One build serves the tests and the lints: clippy takes the compiler's place for our own crates.
fn native(root: &Path, long: bool) -> Result<()> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(root).args(["test", "--workspace", "--no-fail-fast"]);
    for name in existing(root, BROWSER_CRATES) {
        cargo.args(["--exclude", name]);
    }
    with_lints(&mut cargo);
    if long {
        cargo.env("KINGLET_LONG", "1");
    }
    succeed(&mut cargo)
}

/// Lets clippy compile the workspace's own crates, with every warning an error.
pub(crate) fn with_lints(cargo: &mut Command) {
    cargo.env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver").env("CLIPPY_ARGS", "-Dwarnings__CLIPPY_HACKERY__");
}

fn existing<'a>(root: &Path, names: &'a [&str]) -> Vec<&'a str> {
    names.iter().copied().filter(|name| root.join("crates").join(name).exists()).collect()
}

fn web(root: &Path) -> Result<()> {
    setup::run("npm", &["run", "check", "--workspaces", "--if-present"], root)?;
    setup::run("npm", &["run", "test:unit", "--workspaces", "--if-present"], root)
}

fn browser(root: &Path, long: bool) -> Result<()> {
    wasm::run(root, &["--module", "opfs-contract"].map(str::to_owned))?;
    wasm::run(root, &["--module", "opfs-contract"].map(str::to_owned))?;
    let mut npm = Command::new("npm");
    npm.current_dir(root).args(["run", "test:browser", "--workspace", "wasm-tests"]);
    if let Some(path) = setup::chromium() {
        npm.env("CHROMIUM_PATH", path);
    }
    if let Some(path) = setup::firefox() {
        npm.env("FIREFOX_PATH", path);
    }
    if long {
        npm.env("KINGLET_LONG", "1");
    }
    succeed(&mut npm)
}

fn succeed(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {command:?}"))?;
    ensure!(status.success(), "failed: {command:?}");
    Ok(())
}
