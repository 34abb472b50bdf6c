//! `cargo xtask build` and `start`: the complete static site, and a server for it.

use std::path::Path;

use anyhow::Result;

use crate::{notices, setup, wasm};

/// Builds the complete static site into `www/app/dist` with the cargo profile given.
pub(crate) fn build(root: &Path, profile: &str) -> Result<()> {
    setup::for_build(root)?;
    site(root, profile)
}

/// Builds the site on a machine that is set up already.
pub(crate) fn site(root: &Path, profile: &str) -> Result<()> {
    wasm::build_modules(root, profile)?;
    setup::run("npm", &["run", "build", "--workspace", "www/engine"], root)?;
    setup::run("npm", &["run", "build", "--workspace", "www/app"], root)?;
    notices::write(root, &root.join("www/app/dist"))
}

/// Builds the site and serves it on `PORT` (4321 unless set) until interrupted.
pub(crate) fn start(root: &Path) -> Result<()> {
    build(root, "wasm-dev")?;
    let port = std::env::var("PORT").unwrap_or_else(|_| "4321".to_owned());
    println!("\nKinglet is at http://localhost:{port}/  (Ctrl-C stops it)\n");
    setup::run(
        "npm",
        &["run", "preview", "--workspace", "www/app", "--", "--port", &port, "--strictPort"],
        root,
    )
}

/// Builds the site and runs the benchmark on it.
pub(crate) fn bench(root: &Path, profile: &str) -> Result<()> {
    setup::for_tests(root)?;
    site(root, profile)?;
    setup::run("npm", &["run", "bench", "--workspace", "wasm-tests"], root)
}
