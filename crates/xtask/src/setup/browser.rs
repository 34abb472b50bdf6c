//! The browser that the tests drive.

use std::path::PathBuf;

use anyhow::Result;

use super::system;

/// Where Chromium or Chrome usually is; `CHROMIUM_PATH` comes first.
const PLACES: &[&str] = &[
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/// The browser to drive, if one is installed.
pub(crate) fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM_PATH").map(PathBuf::from);
    named.into_iter().chain(PLACES.iter().map(PathBuf::from)).find(|path| path.exists())
}

/// Where Firefox is that the tests drive too; `FIREFOX_PATH` comes first.
const FIREFOX: &str = "/usr/bin/firefox-esr";

/// Installs Firefox where that can be done without asking; the tests in it are left out where there is none.
pub(super) fn offer_firefox() {
    let named = std::env::var_os("FIREFOX_PATH").map(PathBuf::from);
    if named.unwrap_or_else(|| FIREFOX.into()).exists() {
        return;
    }
    let what = "Firefox (for the smoke test in a second browser)";
    if let Err(error) = system::install(what, "firefox-esr", "brew install --cask firefox") {
        println!("The tests in Firefox are left out; set FIREFOX_PATH to run them. {error:#}");
    }
}

/// Installs Chromium where no browser is found.
pub(super) fn require_chromium() -> Result<()> {
    if chromium().is_some() {
        return Ok(());
    }
    system::install("Chromium (for the browser tests)", "chromium", "brew install --cask chromium")
}
