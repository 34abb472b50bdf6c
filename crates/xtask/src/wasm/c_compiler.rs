//! Finding a C compiler that can produce wasm: zstd is written in C.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

/// Where a suitable clang may be beside the `PATH`: Apple's own has no wasm target, Homebrew's does.
const CANDIDATES: [&str; 6] = [
    "clang",
    "/opt/homebrew/opt/llvm/bin/clang",
    "/usr/local/opt/llvm/bin/clang",
    "clang-21",
    "clang-19",
    "clang-16",
];

/// The variable by which cargo's C builds are told the compiler.
const VARIABLE: &str = "CC_wasm32_unknown_unknown";

/// Tell cargo's C builds which compiler and archiver to use, unless the environment already does.
pub(crate) fn configure(cargo: &mut Command) -> Result<()> {
    let Some(clang) = find() else {
        bail!(
            "no clang with a wasm target was found (zstd needs one)\n\
             install it:  apt-get install clang      (Debian, Ubuntu)\n\
             \u{20}            brew install llvm          (macOS)\n\
             or set CC_wasm32_unknown_unknown to one"
        );
    };
    cargo.env(VARIABLE, &clang);
    if std::env::var_os(VARIABLE).is_some() {
        return Ok(());
    }
    if let Some(archiver) = archiver_beside(&clang) {
        cargo.env("AR_wasm32_unknown_unknown", archiver);
    }
    Ok(())
}

/// The compiler that the environment names, or the first usual one with a wasm target.
pub(crate) fn find() -> Option<String> {
    std::env::var(VARIABLE)
        .ok()
        .or_else(|| CANDIDATES.into_iter().find(|clang| targets_wasm(clang)).map(str::to_owned))
}

fn targets_wasm(clang: &str) -> bool {
    let listing = Command::new(clang).arg("--print-targets").output();
    listing.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("wasm32"))
}

/// The `llvm-ar` that was installed with `clang`, if there is one.
fn archiver_beside(clang: &str) -> Option<PathBuf> {
    let asked = Command::new(clang).arg("--print-prog-name=llvm-ar").output().ok()?;
    let path = PathBuf::from(String::from_utf8_lossy(&asked.stdout).trim());
    path.is_absolute().then_some(path)
}
