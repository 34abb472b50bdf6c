//! What the paths of a project's files say.

/// What a file of a project is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// `.datasource`
    Datasource,
    /// `.pipe`
    Pipe,
    /// `.connection`
    Connection,
    /// `.incl`: text that other files include.
    Include,
    /// `tests/*.yaml`
    Test,
    /// `fixtures/*`: rows, or a query that yields them.
    Fixture,
    /// Anything else.
    Other,
}

/// Extensions of fixtures; each may be followed by `.gz` except `sql`.
const FIXTURES: [&str; 6] = ["csv", "ndjson", "jsonl", "json", "parquet", "sql"];

impl FileKind {
    /// The kind of the file at a path, by its extension and folder.
    pub fn of(path: &str) -> Self {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let in_folder = |name: &str| folder.split('/').any(|part| part == name);
        let extension =
            |file: &str| file.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        let Some(found) = extension(file.strip_suffix(".gz").unwrap_or(file)) else { return Self::Other };
        match found.as_str() {
            "datasource" => Self::Datasource,
            "pipe" => Self::Pipe,
            "connection" => Self::Connection,
            "incl" => Self::Include,
            "yaml" | "yml" if in_folder("tests") => Self::Test,
            fixture if in_folder("fixtures") && FIXTURES.contains(&fixture) => Self::Fixture,
            _ => Self::Other,
        }
    }
}

/// The name of the resource in a file: the file's name without its extensions.
pub fn resource_name(path: &str) -> &str {
    let file = file_name(path);
    let file = file.strip_suffix(".gz").unwrap_or(file);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// The last part of a path.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, file)| file)
}

/// The folder of a path, with its slash; empty at the root.
pub(crate) fn folder(path: &str) -> &str {
    path.get(..path.len() - file_name(path).len()).unwrap_or("")
}

/// The workspace a vendored file comes from: the folder under `vendor/`.
pub fn vendor_workspace(path: &str) -> Option<&str> {
    let rest = path.strip_prefix("vendor/").or_else(|| path.split_once("/vendor/").map(|(_, rest)| rest))?;
    rest.split_once('/').map(|(workspace, _)| workspace)
}

/// A path with `.` and `..` resolved and without a leading `./` or `/`.
pub fn normal_path(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_names() {
        assert_eq!(FileKind::of("datasources/a.datasource"), FileKind::Datasource);
        assert_eq!(FileKind::of("tests/a.yml"), FileKind::Test);
        assert_eq!(FileKind::of("a.yaml"), FileKind::Other);
        assert_eq!(FileKind::of("fixtures/a.csv.gz"), FileKind::Fixture);
        assert_eq!(FileKind::of("data/a.csv"), FileKind::Other);
        assert_eq!(resource_name("fixtures/a.b.csv.gz"), "a.b");
        assert_eq!(vendor_workspace("vendor/ops/datasources/a.datasource"), Some("ops"));
        assert_eq!(normal_path("./a/../b//c"), "b/c");
        assert_eq!(folder("a/b.pipe"), "a/");
    }
}
