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
    find("CHROMIUM_PATH", PLACES)
}

/// Where Firefox usually is; `FIREFOX_PATH` comes first.
const FIREFOX_PLACES: &[&str] =
    &["/usr/bin/firefox-esr", "/usr/bin/firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"];

/// The Firefox to drive, if one is installed.
pub(crate) fn firefox() -> Option<PathBuf> {
    find("FIREFOX_PATH", FIREFOX_PLACES)
}

/// The browser that the variable names, or the first of the places where one is.
fn find(variable: &str, places: &[&str]) -> Option<PathBuf> {
    let named = std::env::var_os(variable).map(PathBuf::from);
    named.into_iter().chain(places.iter().map(PathBuf::from)).find(|path| path.exists())
}

/// Installs each browser that is not found.
pub(super) fn require_browsers() -> Result<()> {
    if chromium().is_none() {
        system::install("Chromium (for the browser tests)", "chromium", "brew install --cask chromium")?;
    }
    if firefox().is_none() {
        system::install("Firefox (for the browser tests)", "firefox-esr", "brew install --cask firefox")?;
    }
    Ok(())
}
