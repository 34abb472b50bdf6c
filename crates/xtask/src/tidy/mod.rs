//! `cargo xtask tidy`: the rules of ARCHITECTURE.md that a program can check.

mod layers;
mod sources;

use std::path::Path;

/// Checks the whole repository at `root` and returns one line for each violation.
pub(crate) fn violations(root: &Path) -> Result<Vec<String>, String> {
    let mut found = layers::violations(root)?;
    found.extend(sources::violations(root)?);
    Ok(found)
}

/// Runs the checks and prints what they find.
pub(crate) fn run(root: &Path) -> Result<(), String> {
    let found = violations(root)?;
    if found.is_empty() {
        println!("tidy: nothing found");
        return Ok(());
    }
    for line in &found {
        eprintln!("tidy: {line}");
    }
    Err(format!("tidy: {} violations", found.len()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_repository_is_tidy() {
        let found = super::violations(&crate::repository_root()).unwrap();
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}
