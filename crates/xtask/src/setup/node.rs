//! Node's version and the packages of the npm workspaces.

use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result, ensure};

/// The oldest Node that every package supports.
const OLDEST: u32 = 20;

/// Fails when Node is missing or older than [`OLDEST`].
pub(super) fn require_version() -> Result<()> {
    let output = Command::new("node").arg("--version").output();
    let output = output.context("Node is missing; install version 20 or later from https://nodejs.org")?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    let major = major_version(&text);
    ensure!(major >= Some(OLDEST), "Node {text} is too old; install version {OLDEST} or later");
    Ok(())
}

fn major_version(text: &str) -> Option<u32> {
    text.trim_start_matches('v').split('.').next()?.parse().ok()
}

/// Installs the npm packages of the lock file, unless that has been done since it last changed.
pub(super) fn install_packages(root: &Path) -> Result<()> {
    let wanted = modified(&root.join("package-lock.json"));
    let installed = modified(&root.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= wanted {
        return Ok(());
    }
    let command = if wanted.is_some() { "ci" } else { "install" };
    super::run("npm", &[command, "--no-audit", "--no-fund"], root)
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().ok()?.modified().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_major_version() {
        assert_eq!(major_version("v20.20.2"), Some(20));
        assert_eq!(major_version("unknown"), None);
    }
}
