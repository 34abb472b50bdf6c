//! Whole projects: loading, the flow of data and renames cope with any file.

use std::collections::BTreeMap;

use kinglet_project::{Graph, Project, ProjectOptions, Renamed, apply_edits};

const LONGEST: usize = 4_096;

/// Parts of the text between lines of `---` are the files.
pub(super) fn holds(text: &str) {
    if text.len() > LONGEST {
        return;
    }
    let paths = [
        "a.pipe",
        "b.datasource",
        "c.incl",
        "tests/a.yaml",
        "d.connection",
        "e.pipe",
        "vendor/w/f.datasource",
    ];
    let files: BTreeMap<String, String> = paths
        .iter()
        .zip(text.split("\n---\n"))
        .map(|(path, text)| ((*path).to_owned(), text.to_owned()))
        .collect();
    let project = Project::load(&files, &ProjectOptions::default());
    for found in &project.problems {
        let length = files.get(&found.path).map_or(0, String::len);
        assert!(found.problem.diagnostic.span.end as usize <= length + 1, "{found:?}");
    }
    let _ = Graph::of(&project).topological_order().is_ok();
    for (path, text) in &files {
        for offset in (0..text.len()).step_by(7) {
            let _ = project.reference_at(path, offset);
        }
    }
    for what in [Renamed::Datasource("b".to_owned()), Renamed::Pipe("a".to_owned())] {
        let Ok(rename) = project.rename(&what, "z") else { continue };
        for (path, edits) in &rename.edits {
            let _ = apply_edits(files.get(path).map_or("", String::as_str), edits);
        }
    }
}
