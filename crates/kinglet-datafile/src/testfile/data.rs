//! The older format: queries that should find no row, with limits.

use kinglet_diagnostic::Span;

use crate::problem::Problem;
use crate::yaml::{Yaml, load_yaml};

/// A data quality test.
#[derive(Clone, Debug, PartialEq)]
pub struct DataTest {
    /// Name of the test.
    pub name: String,
    /// The query that should find nothing.
    pub sql: Option<String>,
    /// Seconds the query may take.
    pub max_time: Option<Yaml>,
    /// Bytes the query may read.
    pub max_bytes_read: Option<Yaml>,
    /// The pipe to call instead of, or around, the query.
    pub pipe: Option<DataTestPipe>,
}

/// The pipe of a data quality test.
#[derive(Clone, Debug, PartialEq)]
pub struct DataTestPipe {
    /// Name of the pipe.
    pub name: String,
    /// The query of the test, which then runs over the pipe.
    pub sql: Option<String>,
    /// Parameters of the call.
    pub params: Option<Yaml>,
}

/// Reads a file of data quality tests: a list of mappings from a name to the test's properties.
///
/// # Errors
/// The text is not YAML, or not such a list.
pub fn parse_data_tests(text: &str) -> Result<Vec<DataTest>, Problem> {
    let value =
        load_yaml(text).map_err(|error| Problem::error("datafile/yaml", error.span, error.message))?;
    let entries = match &value {
        Yaml::Null => &[],
        other => other.as_list().ok_or_else(not_a_test)?,
    };
    let mut tests = Vec::new();
    for entry in entries {
        let Yaml::Map(named) = entry else { return Err(not_a_test()) };
        for (name, properties) in named {
            tests.push(data_test(name, properties)?);
        }
    }
    Ok(tests)
}

fn not_a_test() -> Problem {
    let message =
        "a file of data tests is a list of mappings from a name to sql, max_time, max_bytes_read or pipe";
    Problem::error("datafile/test", Span::at(0), message)
}

fn data_test(name: &Yaml, properties: &Yaml) -> Result<DataTest, Problem> {
    let (Some(name), Yaml::Map(_)) = (name.as_text(), properties) else { return Err(not_a_test()) };
    let value = |key: &str| properties.get(key).filter(|value| **value != Yaml::Null).cloned();
    let sql = properties.get("sql").and_then(Yaml::as_text).map(str::to_owned);
    let pipe = properties.get("pipe");
    let pipe_name = pipe.and_then(|pipe| pipe.get("name")).and_then(Yaml::as_text);
    Ok(DataTest {
        name: name.to_owned(),
        pipe: pipe_name.map(|name| DataTestPipe {
            name: name.to_owned(),
            sql: sql.clone(),
            params: pipe.and_then(|pipe| pipe.get("params")).cloned(),
        }),
        sql,
        max_time: value("max_time"),
        max_bytes_read: value("max_bytes_read"),
    })
}
