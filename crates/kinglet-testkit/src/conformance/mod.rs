//! Running the conformance cases of one kind.

mod case;
mod report;

use std::path::{Path, PathBuf};

pub use case::{Case, Verdict, read_cases};
pub use report::{Count, Failure, Report};

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
