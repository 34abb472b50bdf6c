//! `INCLUDE "file.incl" "KEY=value"`: the text of another file in place of the line.

use std::collections::BTreeMap;

use kinglet_datafile::Problem;
use kinglet_diagnostic::Span;

use crate::path::{folder, normal_path};

/// How deep includes may nest.
const MAX_DEPTH: usize = 8;

/// Bytes a file may have once everything is included.
const MAX_BYTES: usize = 8 << 20;

/// A text put together from several files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Expanded {
    /// The text.
    pub(crate) text: String,
    /// Where each run of the text comes from, ascending by offset.
    runs: Vec<Run>,
    /// What was wrong with the includes, by file.
    pub(crate) problems: Vec<(String, Problem)>,
}

#[derive(Clone, Debug)]
struct Run {
    offset: usize,
    path: String,
    start: usize,
}

impl Expanded {
    /// The file and the span in it that a span of the text comes from.
    pub(crate) fn origin(&self, span: Span) -> Option<(&str, Span)> {
        let start = span.start as usize;
        let at = self.runs.partition_point(|run| run.offset <= start).checked_sub(1)?;
        let run = self.runs.get(at)?;
        let from = run.start + (start - run.offset);
        Some((&run.path, Span::new(from, from + span.len())))
    }
}

/// The text of the file at `path` with its includes in place.
pub(crate) fn expand(path: &str, files: &BTreeMap<String, String>) -> Expanded {
    let mut out = Expanded::default();
    let mut open = vec![path.to_owned()];
    if let Some(text) = files.get(path) {
        append(&mut out, path, text, &[], files, &mut open);
    }
    out
}

type Variables = [(String, String)];

fn append(
    out: &mut Expanded,
    path: &str,
    text: &str,
    variables: &Variables,
    files: &BTreeMap<String, String>,
    open: &mut Vec<String>,
) {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        match include(line) {
            None => push_line(out, path, start, line, variables),
            Some((target, given)) => {
                let span = Span::new(start, start + line.trim_end().len());
                match find(&target, path, files) {
                    Err(message) => out.problems.push((path.to_owned(), problem(span, message))),
                    Ok(found) if open.contains(&found) || open.len() > MAX_DEPTH => {
                        let message = format!("{found} includes itself, or includes nest too deep");
                        out.problems.push((path.to_owned(), problem(span, message)));
                    }
                    Ok(found) => {
                        let text = files.get(&found).cloned().unwrap_or_default();
                        open.push(found.clone());
                        append(out, &found, &text, &given, files, open);
                        open.pop();
                        if !out.text.ends_with('\n') {
                            out.text.push('\n');
                        }
                    }
                }
            }
        }
    }
}

fn push_line(out: &mut Expanded, path: &str, start: usize, line: &str, variables: &Variables) {
    if out.text.len() > MAX_BYTES {
        return;
    }
    out.runs.push(Run { offset: out.text.len(), path: path.to_owned(), start });
    let mut line = line.to_owned();
    for (name, value) in variables {
        line = line.replace(&format!("${{{name}}}"), value).replace(&format!("${name}"), value);
    }
    out.text.push_str(&line);
}

fn problem(span: Span, message: String) -> Problem {
    Problem::error("project/include", span, message)
}

/// The file and the variables of an include line.
fn include(line: &str) -> Option<(String, Vec<(String, String)>)> {
    let rest = line.get(.."INCLUDE".len()).filter(|word| word.eq_ignore_ascii_case("INCLUDE"));
    let rest = rest.and_then(|word| line.get(word.len()..)).filter(|rest| rest.starts_with([' ', '\t']))?;
    let mut words = words(rest).into_iter();
    let target = words.next()?;
    let variables = words.filter_map(|word| {
        let (name, value) = word.split_once('=')?;
        Some((name.trim().to_owned(), value.to_owned()))
    });
    Some((target, variables.collect()))
}

/// Words separated by white space, or in double or single quotes.
fn words(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let quote = matches!(first, '"' | '\'').then_some(first);
        let body = if quote.is_some() { rest.get(1..).unwrap_or("") } else { rest };
        let end = match quote {
            Some(quote) => body.find(quote),
            None => body.find(char::is_whitespace),
        };
        let end = end.unwrap_or(body.len());
        found.push(body.get(..end).unwrap_or("").trim_end().to_owned());
        rest = body.get(end + usize::from(quote.is_some())..).unwrap_or("").trim_start();
    }
    found
}

/// The included file: beside the including one, from the root, or anywhere by its name.
fn find(target: &str, from: &str, files: &BTreeMap<String, String>) -> Result<String, String> {
    let beside = normal_path(&format!("{}{target}", folder(from)));
    let root = normal_path(target);
    let by_name = files.keys().filter(|path| path.ends_with(&format!("/{root}")));
    let found: Vec<&String> = by_name.collect();
    match (files.contains_key(&beside), files.contains_key(&root), found.as_slice()) {
        (true, ..) => Ok(beside),
        (_, true, _) => Ok(root),
        (_, _, [only]) => Ok((*only).clone()),
        _ => Err(format!("the included file {target} is not in the project")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn puts_text_in_place_and_remembers_where_from() {
        let files = files(&[
            ("pipes/a.pipe", "NODE a\nINCLUDE \"../inc/q.incl\" \"T=orders\"\nTYPE endpoint\n"),
            ("inc/q.incl", "SQL >\n    SELECT 1 FROM ${T}"),
        ]);
        let expanded = expand("pipes/a.pipe", &files);
        assert_eq!(expanded.text, "NODE a\nSQL >\n    SELECT 1 FROM orders\nTYPE endpoint\n");
        let at = expanded.text.find("SELECT").unwrap();
        let (path, span) = expanded.origin(Span::new(at, at + 6)).unwrap();
        assert_eq!((path, span.text(&files[path])), ("inc/q.incl", "SELECT"));
        let at = expanded.text.find("endpoint").unwrap();
        let (path, span) = expanded.origin(Span::new(at, at + 8)).unwrap();
        assert_eq!((path, span.text(&files[path])), ("pipes/a.pipe", "endpoint"));
    }

    #[test]
    fn reports_what_is_missing_or_endless() {
        let files = files(&[("a.pipe", "INCLUDE x.incl\nINCLUDE b.incl\n"), ("b.incl", "INCLUDE b.incl\n")]);
        let problems = expand("a.pipe", &files).problems;
        assert_eq!(problems.len(), 2);
        assert_eq!(problems[1].0, "b.incl");
    }
}
