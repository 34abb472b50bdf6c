//! `{{ tb_secret("name"[, "default"]) }}` in data sources and connections.

use std::collections::BTreeMap;

use kinglet_datafile::Problem;
use kinglet_diagnostic::Span;
use kinglet_template::{Context, Template};

use crate::origin::Runs;

/// Secrets by name.
pub type Secrets = BTreeMap<String, String>;

/// The text of a datafile with secrets in place of `tb_secret` tags, or `None` when it has no tags.
///
/// An empty secret stands as `""`. `{# … #}` is left out and `{{!` stands for `{{`. Other tags are those
/// of the template language without parameters, whose values stand as they are.
///
/// # Errors
/// A secret that is not known and has no default, a tag that is not closed, or one that names a
/// parameter.
pub fn render_secrets(text: &str, file_name: &str, secrets: &Secrets) -> Result<Option<String>, Problem> {
    render_with_runs(text, file_name, secrets).map(|rendered| rendered.map(|(text, _)| text))
}

/// As [`render_secrets`], with the way back where it is known.
pub(crate) fn render_with_runs(
    text: &str,
    file_name: &str,
    secrets: &Secrets,
) -> Result<Option<(String, Option<Runs>)>, Problem> {
    match render_plain(text, file_name, secrets) {
        Ok(rendered) => Ok(rendered.map(|(text, runs)| (text, Some(runs)))),
        Err(problem) if problem.diagnostic.code == NOT_A_SECRET => {
            render_template(text, file_name, secrets).map(|text| Some((text, None)))
        }
        Err(problem) => Err(problem),
    }
}

/// Code of the problem that a tag holds something else than a call of `tb_secret`.
const NOT_A_SECRET: &str = "project/not-a-secret";

/// Renders with the template language.
fn render_template(text: &str, file_name: &str, secrets: &Secrets) -> Result<String, Problem> {
    let (template, _) = Template::parse_body(text, file_name);
    if let Some(error) = template.error() {
        // What the reader of templates refuses is told without the words that rendering puts in front.
        let message = error.message.strip_prefix("Template Syntax Error: ").unwrap_or(&error.message);
        return Err(Problem::error("project/template", error.span, message.to_owned()));
    }
    let context = Context { secret_values: Some(secrets.clone()), ..Context::default() };
    let rendered = template.render(&context).map_err(|error| {
        let message = match error.message.strip_prefix("name '") {
            Some(_) => {
                format!("Template Syntax Error: Error rendering template with secrets: {}", error.message)
            }
            None => error.message,
        };
        Problem::error("project/template", error.span, message)
    })?;
    Ok(rendered.sql)
}

fn render_plain(text: &str, file_name: &str, secrets: &Secrets) -> Result<Option<(String, Runs)>, Problem> {
    let mut out = String::with_capacity(text.len());
    let mut runs = Runs::default();
    let mut at = 0;
    let mut changed = false;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let found = ["{{", "{%", "{#"].iter().filter_map(|open| rest.find(open)).min();
        let (before, tag) = rest.split_at(found.unwrap_or(rest.len()));
        runs.push(out.len(), Span::new(at, at + before.len()), true);
        out.push_str(before);
        if tag.is_empty() {
            break;
        }
        changed = true;
        let start = at + before.len();
        let (open, close) = match tag.get(..2).unwrap_or("") {
            "{%" => ("{%", "%}"),
            "{#" => ("{#", "#}"),
            _ => ("{{", "}}"),
        };
        if tag.starts_with("{{!") || tag.starts_with("{%!") || tag.starts_with("{#!") {
            runs.push(out.len(), Span::new(start, start + 3), false);
            out.push_str(open);
            at = start + 3;
            continue;
        }
        let Some(length) = tag.find(close).map(|end| end + close.len()) else {
            return Err(unclosed(text, start, open, close, file_name));
        };
        let inner = tag.get(2..length - 2).unwrap_or("").trim();
        let span = Span::new(start, start + length);
        runs.push(out.len(), span, false);
        match open {
            "{{" => out.push_str(&value(inner, span, secrets)?),
            "{#" => {}
            _ => return Err(not_a_secret(inner, span)),
        }
        at = start + length;
    }
    Ok(changed.then_some((out, runs)))
}

fn unclosed(text: &str, start: usize, open: &str, close: &str, file_name: &str) -> Problem {
    let line = 1 + text.get(..start).unwrap_or("").matches('\n').count();
    let what = match open {
        "{#" => "comment",
        "{%" => "block",
        _ => "expression",
    };
    let message = format!("Missing end {what} {close} at {file_name}:{line}");
    Problem::error("project/secret", Span::new(start, start + 2), message).in_line(line)
}

fn not_a_secret(inner: &str, span: Span) -> Problem {
    let message = format!(
        "Template Syntax Error: only tb_secret(\"name\") or tb_secret(\"name\", \"default\") may stand in a tag here, \
         not {inner}"
    );
    Problem::error(NOT_A_SECRET, span, message)
}

/// What a tag stands for.
fn value(inner: &str, span: Span, secrets: &Secrets) -> Result<String, Problem> {
    let (name, default) = call(inner).ok_or_else(|| not_a_secret(inner, span))?;
    let value = secrets.get(&name).cloned().or(default).ok_or_else(|| {
        let message = format!(
            "Template Syntax Error: Cannot access secret '{name}'. Check the secret exists in the Workspace and the \
             token has the required scope."
        );
        Problem::error("project/secret", span, message)
    })?;
    Ok(if value.is_empty() { "\"\"".to_owned() } else { value })
}

/// The name and the default of a call of `tb_secret`.
fn call(text: &str) -> Option<(String, Option<String>)> {
    let arguments =
        text.strip_prefix("tb_secret")?.trim_start().strip_prefix('(')?.trim_end().strip_suffix(')')?;
    let (name, rest) = literal(arguments.trim())?;
    let rest = rest.trim_start();
    if rest.is_empty() {
        return Some((name, None));
    }
    let argument = rest.strip_prefix(',')?.trim_start();
    let argument = match argument.strip_prefix("default") {
        Some(named) => named.trim_start().strip_prefix('=')?.trim_start(),
        None => argument,
    };
    let (default, rest) = literal(argument)?;
    rest.trim().is_empty().then_some((name, Some(default)))
}

/// A quoted text or a number, and what follows.
fn literal(text: &str) -> Option<(String, &str)> {
    let first = text.chars().next()?;
    if matches!(first, '"' | '\'') {
        let mut value = String::new();
        let mut chars = text.chars();
        chars.next();
        loop {
            match chars.next()? {
                '\\' => match chars.next()? {
                    'n' => value.push('\n'),
                    't' => value.push('\t'),
                    other => value.push(other),
                },
                c if c == first => return Some((value, chars.as_str())),
                c => value.push(c),
            }
        }
    }
    let length = text.find(|c: char| !(c.is_ascii_digit() || "+-.".contains(c))).unwrap_or(text.len());
    let (number, rest) = text.split_at(length);
    (!number.is_empty()).then(|| (number.to_owned(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(text: &str) -> Result<Option<String>, String> {
        let secrets = [("key".to_owned(), "v".to_owned()), ("none".to_owned(), String::new())].into();
        render_secrets(text, "a.connection", &secrets).map_err(|problem| problem.diagnostic.message)
    }

    #[test]
    fn fills_in_secrets() {
        assert_eq!(render("TYPE kafka\n"), Ok(None));
        assert_eq!(render("K {{ tb_secret('key') }}-{{tb_secret(\"x\", 7)}}").unwrap().unwrap(), "K v-7");
        assert_eq!(render("K {{ tb_secret('none') }}{# c #}{{! x }}").unwrap().unwrap(), "K \"\"{{ x }}");
        assert!(render("K {{ tb_secret('x') }}").unwrap_err().contains("Cannot access secret 'x'"));
        assert!(render("A\nK {{ x").unwrap_err().contains("Missing end expression }} at a.connection:2"));
        let text =
            "{% if tb_secret('key') == 'v' %}A {{ tb_secret('key') }}{% else %}B{% end %} {{ len('abc') }}";
        assert_eq!(render(text).unwrap().unwrap(), "A v 3");
        assert!(render("{% if 1 %}").is_err());
        assert!(render("{{ oops }}").is_err());
    }
}
