//! What is wrong with the tests of a file, each where it stands.

use kinglet_diagnostic::Span;

use super::endpoint::TestProblem;
use crate::problem::Problem;
use crate::yaml::{EntryMark, Yaml};

/// Findings told for one file at most.
const MAX_PROBLEMS: usize = 100;

/// Names of tests that are kept to compare with.
const MAX_NAMES: usize = 1_000;

/// The keys that a test is run by.
const KEYS: [&str; 5] = ["name", "description", "parameters", "expected_http_status", "expected_result"];

/// An entry of a test file, as far as its findings need it.
#[derive(Debug)]
pub(super) struct Entry {
    /// Where it stands: a mapping at its first key.
    pub(super) span: Span,
    /// What a mapping holds; nothing for anything else.
    pub(super) fields: Option<Vec<Field>>,
}

/// A key with its value.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) key: String,
    pub(super) key_span: Span,
    pub(super) value: Shape,
    pub(super) value_span: Span,
}

/// What a value is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Text(String),
    Int(i64),
    /// A number with a fraction, a date, a truth value.
    Scalar,
    Null,
    /// A list or a mapping.
    Nested,
}

impl Shape {
    fn of(value: &Yaml) -> Self {
        match value {
            Yaml::Null => Self::Null,
            Yaml::Text(text) => Self::Text(text.clone()),
            Yaml::Int(number) => Self::Int(i64::try_from(*number).unwrap_or(i64::MAX)),
            Yaml::Bool(_) | Yaml::Float(_) | Yaml::Date(_) | Yaml::DateTime(_) => Self::Scalar,
            Yaml::List(_) | Yaml::Map(_) => Self::Nested,
        }
    }
}

impl Entry {
    /// An entry as it was loaded.
    pub(super) fn of(value: &Yaml, mark: &EntryMark, text: &str) -> Self {
        let span = mark.place(text);
        let Yaml::Map(values) = value else { return Self { span, fields: None } };
        let field = |(key, value): &(Yaml, Yaml)| {
            let key = key.as_text()?;
            let (key_span, value_span) = mark.places(key, text).unwrap_or((span, span));
            Some(Field { key: key.to_owned(), key_span, value: Shape::of(value), value_span })
        };
        // Other keys are few and not looked at, so that a long mapping costs no walk for each.
        Self { span, fields: Some(values.iter().take(MAX_PROBLEMS).filter_map(field).collect()) }
    }

    /// The last value of a key.
    fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().flatten().rev().find(|field| field.key == key)
    }

    /// Where the value of a key stands; the key itself where it has none.
    fn place(&self, key: &str) -> Span {
        let place = |field: &Field| {
            if field.value_span.is_empty() { field.key_span } else { field.value_span }
        };
        self.field(key).map_or(self.span, place)
    }

    /// Why the test cannot be called.
    fn error(&self) -> Option<Problem> {
        let (problem, place) = match (&self.fields, self.field("parameters").map(|field| &field.value)) {
            (None, _) => (TestProblem::NotATest, self.span),
            (Some(_), None) => (TestProblem::NoParameters, self.place("name")),
            (Some(_), Some(Shape::Text(_))) => return None,
            (Some(_), Some(_)) => (TestProblem::ParametersNotText, self.place("parameters")),
        };
        let error = Problem::error("datafile/test", place, problem.message());
        Some(if problem == TestProblem::NoParameters { self.with_near("parameters", error) } else { error })
    }

    fn name(&self) -> Option<Problem> {
        let has_name =
            self.field("name").is_some_and(|name| !matches!(name.value, Shape::Null | Shape::Nested));
        (!has_name).then(|| self.missing("name", "a test needs a name, by which its outcome is told"))
    }

    fn status(&self) -> Option<Problem> {
        let message = match self.field("expected_http_status")?.value {
            Shape::Int(400..=599) => return None,
            Shape::Int(_) => "expected_http_status is looked at when a call fails: it is 400 or more",
            _ => "expected_http_status must be a number without quotes: anything else equals no status",
        };
        Some(Problem::warning("datafile/test", self.place("expected_http_status"), message))
    }

    fn result(&self) -> Option<Problem> {
        let message = match self.field("expected_result").map(|field| &field.value) {
            Some(Shape::Text(_)) => return None,
            Some(_) => "the expected_result of a test must be text; put it in quotes, or lines under `|`",
            None => {
                let message =
                    "a test needs an expected_result; write `expected_result: ''` for an answer without rows";
                return Some(self.missing("expected_result", message));
            }
        };
        Some(Problem::warning("datafile/test", self.place("expected_result"), message))
    }

    /// A test by the name of one before it.
    fn twin(&self, before: &mut Vec<String>) -> Option<Problem> {
        let Shape::Text(name) = &self.field("name")?.value else { return None };
        if before.contains(name) {
            let message = ["Another test before is named '", name, "' as well"].concat();
            return Some(Problem::warning("datafile/test", self.place("name"), message));
        }
        if before.len() < MAX_NAMES {
            before.push(name.clone());
        }
        None
    }

    /// What the test lacks is told at its name.
    fn missing(&self, key: &str, message: &str) -> Problem {
        self.with_near(key, Problem::warning("datafile/test", self.place("name"), message))
    }

    /// With the key that was probably meant to be `key`.
    fn with_near(&self, key: &str, problem: Problem) -> Problem {
        let begin = key.get(..4).unwrap_or(key);
        let is_near = |other: &&Field| !KEYS.contains(&other.key.as_str()) && other.key.starts_with(begin);
        match self.fields.iter().flatten().find(is_near) {
            Some(other) => problem.with_hint(["Did you mean '", key, "' by '", &other.key, "'?"].concat()),
            None => problem,
        }
    }
}

/// What is wrong with the entries of a test file, in order: errors keep a test from being called, with
/// warnings it is called and fails.
pub(super) fn entry_problems(entries: impl Iterator<Item = Entry>) -> Vec<Problem> {
    let mut found = Vec::new();
    let mut names = Vec::new();
    for entry in entries {
        found.extend(entry.error());
        if entry.fields.is_some() {
            found.extend([entry.name(), entry.status(), entry.result()].into_iter().flatten());
            found.extend(entry.twin(&mut names));
        }
        if found.len() >= MAX_PROBLEMS {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::testfile::{check_endpoint_tests, parse_endpoint_tests};

    #[test]
    fn each_finding_stands_where_it_belongs() {
        let text = "- name: a\n  parametres: n=1\n  expected_result: 3\n- name: é\n  parameters: 7\n- 5\n- name: a\n  \
                    parameters: ''\n  expected_http_status: '400'\n  expected_result: ''\n";
        let parsed = parse_endpoint_tests(text);
        let found: Vec<(&str, &str)> = parsed
            .problems
            .iter()
            .map(|problem| (problem.diagnostic.span.text(text), problem.diagnostic.message.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("a", "a test needs parameters; write `parameters: ''` for a call without any"),
                ("3", "the expected_result of a test must be text; put it in quotes, or lines under `|`"),
                ("7", "the parameters of a test must be text; put them in quotes"),
                (
                    "é",
                    "a test needs an expected_result; write `expected_result: ''` for an answer without rows"
                ),
                ("5", "a test file is a list of mappings with name, parameters and expected_result"),
                (
                    "'400'",
                    "expected_http_status must be a number without quotes: anything else equals no status"
                ),
                ("a", "Another test before is named 'a' as well"),
            ]
        );
        let hint = parsed.problems.first().and_then(|problem| problem.diagnostic.help.as_deref());
        assert_eq!(hint, Some("Did you mean 'parameters' by 'parametres'?"));
        assert_eq!(parsed.value.len(), 1, "the one test that can be called");
        assert_eq!(check_endpoint_tests(text).problems, parsed.problems);
    }
}
