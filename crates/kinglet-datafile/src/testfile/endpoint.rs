//! Tests of endpoints: calls with the answers they should give.

use kinglet_diagnostic::Span;

use crate::problem::{Parsed, Problem};
use crate::testfile::check::{Entry, entry_problems};
use crate::yaml::{Yaml, load_yaml_with_marks};

/// One call of a pipe and what it should answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EndpointTest {
    /// Label of the test; empty when the file gives none.
    pub name: String,
    /// Free text for people.
    pub description: Option<String>,
    /// The query string of the call, without `?`.
    pub parameters: String,
    /// The exact body to expect.
    pub expected_result: Option<String>,
    /// The status to expect of a call that fails.
    pub expected_http_status: Option<u16>,
}

/// Why a test cannot be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestProblem {
    /// The file is not a list of tests, or an entry is not a mapping.
    NotATest,
    /// A test has no `parameters`.
    NoParameters,
    /// The `parameters` of a test are not text.
    ParametersNotText,
}

impl TestProblem {
    /// The problem in words.
    pub fn message(self) -> &'static str {
        match self {
            Self::NotATest => "a test file is a list of mappings with name, parameters and expected_result",
            Self::NoParameters => "a test needs parameters; write `parameters: ''` for a call without any",
            Self::ParametersNotText => "the parameters of a test must be text; put them in quotes",
        }
    }
}

/// Reads a test file. Never fails: what is wrong is in the problems, and the value holds the tests that can be called.
pub fn parse_endpoint_tests(text: &str) -> Parsed<Vec<EndpointTest>> {
    let alone = |problem: Problem| Parsed { value: Vec::new(), problems: vec![problem] };
    let (value, marks) = match load_yaml_with_marks(text) {
        Err(error) => return alone(Problem::error("datafile/yaml", error.span, error.message)),
        Ok(found) => found,
    };
    let Some(entries) = value.as_list() else {
        return alone(Problem::error("datafile/test", Span::at(0), TestProblem::NotATest.message()));
    };
    Parsed {
        value: entries.iter().filter_map(|entry| endpoint_test(entry).ok()).collect(),
        problems: entry_problems(
            entries.iter().zip(&marks.entries).map(|(entry, mark)| Entry::of(entry, mark, text)),
        ),
    }
}

/// The tests that a loaded file holds.
///
/// # Errors
/// The first entry that cannot be run, as the runner would meet it.
pub fn endpoint_tests(value: &Yaml) -> Result<Vec<EndpointTest>, TestProblem> {
    value.as_list().ok_or(TestProblem::NotATest)?.iter().map(endpoint_test).collect()
}

fn endpoint_test(value: &Yaml) -> Result<EndpointTest, TestProblem> {
    let text = |key: &str| value.get(key).and_then(scalar_text);
    let status = value.get("expected_http_status");
    let status = status.and_then(scalar_text).and_then(|status| status.parse().ok());
    Ok(EndpointTest {
        parameters: query_string(value)?,
        name: text("name").unwrap_or_default(),
        description: text("description"),
        expected_result: text("expected_result"),
        expected_http_status: status,
    })
}

/// The query string of a test: what stands between the first `?` of its parameters and the next, or all of them.
///
/// # Errors
/// The value is not a test, or has no parameters, or they are not text.
pub fn query_string(test: &Yaml) -> Result<String, TestProblem> {
    if !matches!(test, Yaml::Map(_)) {
        return Err(TestProblem::NotATest);
    }
    let parameters = test.get("parameters").ok_or(TestProblem::NoParameters)?;
    let text = parameters.as_text().ok_or(TestProblem::ParametersNotText)?;
    Ok(text.split('?').nth(1).unwrap_or(text).to_owned())
}

/// A scalar as text.
fn scalar_text(value: &Yaml) -> Option<String> {
    match value {
        Yaml::Text(text) | Yaml::Date(text) | Yaml::DateTime(text) => Some(text.clone()),
        Yaml::Int(number) => Some(number.to_string()),
        Yaml::Float(number) => Some(number.to_string()),
        Yaml::Bool(value) => Some(value.to_string()),
        Yaml::Null | Yaml::List(_) | Yaml::Map(_) => None,
    }
}
