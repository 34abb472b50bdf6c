//! Running the conformance cases of one kind.

mod case;
mod languages;
mod parser;
mod report;
mod sql;

use std::path::{Path, PathBuf};

pub use case::{Case, Verdict, read_cases};
pub use report::{Count, Failure, Report};
pub(crate) use sql::Tables;

/// The kinds of cases, by the names the command line gives them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// ClickHouse statements: accepted or refused where ClickHouse does, formatted as it does.
    Parser,
    /// Datafiles as Tinybird's CLI reads them.
    Datafile,
    /// Column definitions, indexes, engines, guesses.
    Schema,
    /// Templates, rendered byte for byte.
    Template,
    /// Test suites.
    Testfile,
    /// Queries over the fixture tables, with ClickHouse's answers.
    Sql,
}

impl Kind {
    /// Every kind, in the order they are run.
    pub const ALL: [Kind; 6] =
        [Kind::Parser, Kind::Datafile, Kind::Schema, Kind::Template, Kind::Testfile, Kind::Sql];

    /// The kind called `name`.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Parser => "parser",
            Kind::Datafile => "datafile",
            Kind::Schema => "schema",
            Kind::Template => "template",
            Kind::Testfile => "testfile",
            Kind::Sql => "sql",
        }
    }

    /// The folder with the committed cases of this kind.
    pub fn folder(self) -> PathBuf {
        let group = match self {
            Kind::Parser => "parser",
            Kind::Sql => "sql",
            Kind::Datafile | Kind::Schema | Kind::Template | Kind::Testfile => "datafile",
        };
        Path::new(env!("CARGO_MANIFEST_DIR")).join("conformance").join(group)
    }

    /// The file of cases inside a folder; SQL has a folder of its own layout instead.
    pub fn file_name(self) -> &'static str {
        match self {
            Kind::Parser => "statements.jsonl",
            Kind::Datafile => "datafile.jsonl",
            Kind::Schema => "schema.jsonl",
            Kind::Template => "template.jsonl",
            Kind::Testfile => "testfile.jsonl",
            Kind::Sql => "expected",
        }
    }
}

/// Runs the cases of `kind` in `folder`, which is laid out as the committed one is: a file of cases, or for SQL the
/// tables and answers.
///
/// # Errors
/// When the cases cannot be read.
pub fn run(kind: Kind, folder: &Path) -> Result<Report, String> {
    let mut report = Report::default();
    if kind == Kind::Sql {
        let tables = sql::Tables::load(folder);
        for case in sql_cases(folder)? {
            let verdict = tables.judge(&case);
            report.add(&case, verdict);
        }
        return Ok(report);
    }
    let named = folder.join(kind.file_name());
    let path = if named.exists() { named } else { folder.join(format!("{}.jsonl", kind.name())) };
    let area = if kind == Kind::Parser { "group" } else { "kind" };
    for mut case in read_cases(&path, area)? {
        if case.area.is_empty() {
            case.area = kind.name().to_owned();
        }
        let verdict = match kind {
            Kind::Parser => Some(parser::judge(&case)),
            _ => languages::judge(kind, &case),
        };
        verdict.into_iter().for_each(|verdict| report.add(&case, verdict));
    }
    Ok(report)
}

/// The answers in `expected/`, each named `area/slug`.
fn sql_cases(folder: &Path) -> Result<Vec<Case>, String> {
    let expected = folder.join("expected");
    let entries = std::fs::read_dir(&expected).map_err(|error| format!("{}: {error}", expected.display()))?;
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut cases = Vec::new();
    for path in paths {
        let area = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        cases.extend(read_cases(&path, "area")?.into_iter().map(|case| Case { area: area.clone(), ..case }));
    }
    Ok(cases)
}
