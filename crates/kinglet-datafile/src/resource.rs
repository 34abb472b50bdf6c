//! What all resources share: tokens, tags, settings.

use kinglet_diagnostic::Span;

use crate::problem::Problem;
use crate::statement::Statement;
use crate::text::unquote;

/// A static token attached to a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Name of the token.
    pub name: String,
    /// `READ` or `APPEND`.
    pub permission: String,
    /// The `TOKEN` line.
    pub span: Span,
}

/// A directive kept as name and value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Name in lower case, such as `kafka_topic`.
    pub name: String,
    /// The value, without quotes.
    pub value: String,
    /// Place of the value.
    pub span: Span,
}

/// Settings in the order in which they were first given; a later value replaces an earlier one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    entries: Vec<Setting>,
}

impl Settings {
    /// The value of a setting, by its lower-case name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.setting(name).map(|setting| setting.value.as_str())
    }

    /// A setting with its place, by its lower-case name.
    pub fn setting(&self, name: &str) -> Option<&Setting> {
        self.entries.iter().find(|setting| setting.name == name)
    }

    /// All settings.
    pub fn iter(&self) -> std::slice::Iter<'_, Setting> {
        self.entries.iter()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Sets a value.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>, span: Span) {
        let setting = Setting { name: name.into(), value: value.into(), span };
        match self.entries.iter_mut().find(|known| known.name == setting.name) {
            Some(known) => *known = setting,
            None => self.entries.push(setting),
        }
    }
}

/// The two kinds of entries of a `TAGS` line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tags {
    /// Entries without `=`.
    pub(crate) names: Vec<String>,
    /// Entries with `=`, joined by `&`.
    pub(crate) pairs: Option<String>,
}

/// Reads a `TAGS` directive.
pub(crate) fn tags(statement: &Statement<'_>) -> Result<Tags, Problem> {
    let value = statement.unquoted()?;
    let (pairs, names): (Vec<&str>, Vec<&str>) =
        value.text.split(',').map(str::trim).partition(|entry| entry.contains('='));
    if statement.is_block() && !pairs.is_empty() {
        return Err(statement.not_multiline());
    }
    let pairs = (!pairs.is_empty()).then(|| pairs.join("&"));
    Ok(Tags { names: names.into_iter().map(str::to_owned).collect(), pairs })
}

/// Reads a `TOKEN` directive.
pub(crate) fn token(statement: &Statement<'_>) -> Result<Token, Problem> {
    if statement.is_block() {
        return Err(statement.not_multiline());
    }
    let [name, permission] = statement.arguments.as_slice() else {
        return Err(token_arity(statement));
    };
    let upper = permission.text.to_ascii_uppercase();
    if !matches!(upper.as_str(), "READ" | "APPEND") {
        let message = format!("Invalid permission: {}. Only READ and APPEND are supported", permission.text);
        return Err(after_name(statement, "datafile/token-permission", message, permission.span));
    }
    let unquoted = unquote(&name.text).unwrap_or("").to_owned();
    Ok(Token { name: unquoted, permission: upper, span: statement.keyword.span.to(permission.span) })
}

fn token_arity(statement: &Statement<'_>) -> Problem {
    let count = statement.arguments.len();
    if count < 2 {
        let example = "TOKEN takes two params: token name and permission e.g TOKEN \"read api token\" READ";
        return statement.error("datafile/token-arguments", example);
    }
    let message = format!(
        "Invalid number of arguments for TOKEN command: {count}. Expected 2 arguments: token name and permission"
    );
    after_name(statement, "datafile/token-arguments", message, statement.argument_span())
}

/// An error placed where the permission stands when single spaces separate the words.
fn after_name(statement: &Statement<'_>, code: &'static str, message: String, span: Span) -> Problem {
    let name = statement.arguments.first().map_or(0, |word| word.text.chars().count());
    let column = statement.keyword.text.chars().count() + name + 3;
    Problem::error(code, span, message).at(statement.line, column)
}
