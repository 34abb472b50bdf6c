//! Packages of the operating system.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::wasm;

/// Installs clang where no installed one can produce wasm; zstd is written in C.
pub(super) fn require_wasm_clang() -> Result<()> {
    if wasm::has_c_compiler() {
        return Ok(());
    }
    install("a clang with a wasm target (for zstd)", "clang", "brew install llvm")?;
    if wasm::has_c_compiler() {
        return Ok(());
    }
    bail!("clang was installed but has no wasm target; set CC_wasm32_unknown_unknown to one that has")
}

/// Installs the Debian package `package`, or fails with the command that a person has to run.
pub(super) fn install(what: &str, package: &str, on_macos: &str) -> Result<()> {
    let Some(apt) = apt_command() else {
        let command = if cfg!(target_os = "macos") {
            on_macos.to_owned()
        } else {
            format!("sudo apt-get install {package}")
        };
        bail!("{what} is missing; run:\n\n    {command}\n\nand try again")
    };
    println!("{what} is missing; installing the package {package}");
    let here = Path::new(".");
    let arguments =
        |verb: &[&'static str]| apt.iter().skip(1).copied().chain(verb.iter().copied()).collect::<Vec<_>>();
    super::run(apt[0], &arguments(&["update", "-qq"]), here)?;
    let mut install = arguments(&["install", "-y", "-qq", "--no-install-recommends"]);
    install.push(package);
    super::run(apt[0], &install, here)
}

/// How to call apt-get without being asked for a password, where that is possible.
fn apt_command() -> Option<Vec<&'static str>> {
    let works = |words: &[&str]| {
        let output = Command::new(words[0]).args(&words[1..]).output();
        output.is_ok_and(|output| output.status.success())
    };
    if !works(&["apt-get", "--version"]) {
        return None;
    }
    let root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.starts_with(b"0\n"));
    if root {
        return Some(vec!["apt-get"]);
    }
    works(&["sudo", "-n", "true"]).then(|| vec!["sudo", "-n", "apt-get"])
}
