//! The editor's file of functions says what the registry says.

use kinglet_testkit::functions;

/// `KINGLET_BLESS=1` writes it anew, as `cargo xtask functions` does.
#[test]
fn the_file_of_functions_is_up_to_date() {
    if std::env::var_os("KINGLET_BLESS").is_some() {
        std::fs::write(functions::file(), functions::text()).expect("a writable file");
    }
    let written = std::fs::read_to_string(functions::file()).expect("the file of functions");
    assert!(written == functions::text(), "www/engine/functions.json is stale: run `cargo xtask functions`");
    assert!(written.lines().count() > 500, "the registry was found");
}
