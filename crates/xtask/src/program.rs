//! Builds and runs a program of another package, so that xtask itself links nothing of it.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// What cargo calls the kind of a program.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Binary,
    Example,
}

/// Builds the program `name` of `package` and runs it.
///
/// xtask is selected beside the package: its dependencies turn on the features that the whole workspace's
/// tests are built with, so that what `npm test` has compiled is not compiled again.
pub(crate) fn run(root: &Path, package: &str, kind: Kind, name: &str, arguments: &[String]) -> Result<()> {
    let (flag, folder) = match kind {
        Kind::Binary => ("--bin", ""),
        Kind::Example => ("--example", "examples"),
    };
    let built = Command::new(env!("CARGO"))
        .current_dir(root)
        .args(["build", "--quiet", "--package", package, "--package", "xtask", flag, name])
        .status()
        .context("cargo cannot be started")?;
    ensure!(built.success(), "{name} does not build");
    let program =
        target(root).join("debug").join(folder).join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let status = Command::new(&program).args(arguments).current_dir(root).status();
    let status = status.with_context(|| format!("{} cannot be started", program.display()))?;
    ensure!(status.success(), "{name} ended with {status}");
    Ok(())
}

/// Cargo's target folder.
pub(crate) fn target(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from)
}
