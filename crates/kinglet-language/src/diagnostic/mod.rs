//! What is wrong with a text.

mod names;
mod syntax;
mod words;

use std::collections::BTreeMap;

use kinglet_datafile::DatafileKind;
use kinglet_diagnostic::{Diagnostic, Span};
use kinglet_project::FileProblem;

use crate::catalog::Catalog;
use crate::document::{Document, Kind};
use crate::workspace::{UNREADABLE, Workspace};

/// Findings told for one text at most.
const MAX_FINDINGS: usize = 200;

/// What is wrong with a text, in its order. The project must be [refreshed](Workspace::refresh).
pub fn diagnostics(workspace: &Workspace, document: &Document<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Kind::Datafile(kind) = document.kind() {
        let of_file = workspace.project().problems.iter().filter(|problem| problem.path == document.path);
        // What a statement of the template language leaves of a datafile is not known before it is rendered.
        let is_rendered = kind != DatafileKind::Pipe && document.text.contains("{%");
        let of_file = of_file
            .filter(|problem| !(is_rendered && problem.problem.diagnostic.code.starts_with("datafile/")));
        found.extend(of_file.filter_map(|problem| of_project(workspace, problem)));
    }
    if matches!(document.kind(), Kind::Test | Kind::Other) {
        let of_file = workspace.project().problems.iter().filter(|problem| problem.path == document.path);
        found.extend(of_file.filter_map(|problem| of_project(workspace, problem)));
    }
    if document.node.is_none() {
        found.extend(nodes_without_query(workspace, document));
    }
    let catalog = Catalog::of(workspace, document);
    for query in document.queries() {
        let is_statement = matches!(document.kind(), Kind::Query) && document.node.is_none();
        let mut inside = syntax::diagnostics(&query, is_statement);
        inside.extend(names::diagnostics(&catalog, &query, matches!(document.kind(), Kind::Query)));
        found.extend(inside.into_iter().map(|finding| moved(finding, query.start)));
    }
    in_order(found)
}

/// Nodes of a pipe that have no `SQL`.
fn nodes_without_query(workspace: &Workspace, document: &Document<'_>) -> Vec<Diagnostic> {
    let pipe = workspace.project().pipes.iter().find(|pipe| pipe.path == document.path);
    let Some(pipe) = pipe.filter(|pipe| pipe.is_valid) else { return Vec::new() };
    let without = pipe.value.nodes.iter().filter(|node| node.sql.is_none());
    let finding = |node: &kinglet_datafile::Node| {
        let (path, span) = pipe.origin(node.name_span);
        let message = ["Node '", &node.name, "' has no SQL"].concat();
        (path == document.path).then(|| Diagnostic::error("project/query", span, message))
    };
    without.filter_map(finding).collect()
}

/// What is wrong in every file, by path; files without findings are left out.
pub fn project_diagnostics(workspace: &Workspace) -> BTreeMap<String, Vec<Diagnostic>> {
    let mut found = BTreeMap::new();
    for path in workspace.paths() {
        let document = Document { path, text: workspace.file(path).unwrap_or(""), node: None };
        let of_file = diagnostics(workspace, &document);
        if !of_file.is_empty() {
            found.insert(path.to_owned(), of_file);
        }
    }
    found
}

/// A finding of the project, unless a better one is made of the query itself.
fn of_project(workspace: &Workspace, found: &FileProblem) -> Option<Diagnostic> {
    let diagnostic = &found.problem.diagnostic;
    if diagnostic.code == UNREADABLE {
        return None;
    }
    if diagnostic.code == "project/unknown-table" {
        let name = diagnostic.message.split('\'').nth(1).unwrap_or("");
        if workspace.tables().contains_key(name) {
            return None;
        }
    }
    let mut diagnostic = (**diagnostic).clone();
    let text = workspace.file(&found.path).unwrap_or("");
    diagnostic.message = words::plain(&diagnostic.message, &found.path);
    if diagnostic.code == "datafile/missing-value" {
        diagnostic.message = words::missing_value(diagnostic.span.text(text));
    }
    diagnostic.span = shown(diagnostic.span, text);
    if diagnostic.help.is_none() {
        let near = words::directive_near(diagnostic.span.text(text));
        diagnostic.help = near.map(|near| ["did you mean ", near, "?"].concat());
    }
    Some(diagnostic)
}

/// Where a finding is shown: a finding about a whole file at its first line, one about nothing but white
/// space at the next word.
fn shown(span: Span, text: &str) -> Span {
    if span.is_empty() && span.start == 0 {
        return Span::new(0, text.lines().next().map_or(0, str::len));
    }
    if !span.text(text).trim().is_empty() {
        return span;
    }
    let rest = text.get(span.start as usize..).unwrap_or("");
    let word = rest.trim_start();
    if word.is_empty() {
        return span;
    }
    let start = text.len() - word.len();
    Span::new(start, start + word.find(char::is_whitespace).unwrap_or(word.len()))
}

fn moved(mut finding: Diagnostic, start: usize) -> Diagnostic {
    finding.span = finding.span.shifted(start);
    for label in &mut finding.labels {
        label.span = label.span.shifted(start);
    }
    finding
}

/// In the order of the text, each once.
fn in_order(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut ordered: Vec<Diagnostic> = Vec::with_capacity(found.len());
    for mut finding in found.into_iter().take(MAX_FINDINGS) {
        finding.help = finding.help.as_deref().map(words::sentence);
        let at = ordered.partition_point(|known| known.span <= finding.span);
        let same = |known: &Diagnostic| known.span == finding.span && known.message == finding.message;
        if !ordered.iter().take(at).rev().take_while(|known| known.span == finding.span).any(same) {
            ordered.insert(at, finding);
        }
    }
    ordered
}
