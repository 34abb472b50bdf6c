//! Answers as text, in the form in which the case files have them.

use kinglet_diagnostic::{LineIndex, Severity, Span};
use kinglet_language::{
    Column, Document, Hover, Location, TokenKind, Workspace, call_at, columns_of, complete, definition,
    diagnostics, edits, formatted, hover, lineage, parameters, project_diagnostics, references, renameable,
    sections, tokens,
};
use kinglet_project::apply_edits;

/// Every question.
pub(crate) const QUESTIONS: &[&str] = &[
    "diagnostics",
    "project",
    "tokens",
    "sections",
    "format",
    "complete",
    "complete *",
    "hover",
    "call",
    "definition",
    "references",
    "renameable",
    "rename fresh_name",
    "parameters",
    "columns",
    "lineage",
    "lineage nodes",
];

/// Asks `what` about a text at a byte offset.
pub(crate) fn answer(what: &str, workspace: &Workspace, document: &Document<'_>, offset: usize) -> String {
    match what {
        "diagnostics" => said(workspace, document),
        "tokens" => coloured(document),
        "project" => whole_project(workspace),
        "sections" => outline(document),
        "format" => formatted(document).unwrap_or_else(|message| format!("stays: {message}")),
        "hover" => {
            hover(workspace, document, offset).map(|found| hovered(document, &found)).unwrap_or_default()
        }
        "call" => called(workspace, document, offset),
        "definition" => located(workspace, document, &definition(workspace, document, offset)),
        "references" => located(workspace, document, &references(workspace, document, offset)),
        "renameable" => renameable(workspace, document, offset)
            .map(|(span, what)| format!("{} {what:?}", place(document.text, span)))
            .unwrap_or_default(),
        "parameters" => declared(document),
        "columns" => columns_of(workspace, document).iter().map(column).collect::<Vec<_>>().join("\n"),
        "lineage" | "lineage nodes" => flow(workspace, what.ends_with("nodes")),
        _ => match what.split_once(' ').unwrap_or((what, "")) {
            ("complete", wanted) => offered(workspace, document, offset, wanted),
            ("rename", name) => renamed(workspace, document, offset, name),
            (other, _) => panic!("nothing answers {other}"),
        },
    }
}

/// `line:column "text"` of a span, both counted from 1 in UTF-16.
fn place(text: &str, span: Span) -> String {
    let at = LineIndex::new(text).utf16(text, span.start as usize);
    format!("{}:{} {:?}", at.line + 1, at.column + 1, span.text(text))
}

fn said(workspace: &Workspace, document: &Document<'_>) -> String {
    let lines = diagnostics(workspace, document).into_iter().map(|found| {
        let severity = match found.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        let help = found.help.map(|help| format!(" ({help})")).unwrap_or_default();
        let place = place(document.text, found.span);
        format!("{place} {severity} {}: {}{help}", found.code, found.message.replace('\n', " / "))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn coloured(document: &Document<'_>) -> String {
    let mut lines: Vec<String> = Vec::new();
    let index = LineIndex::new(document.text);
    let mut last = None;
    let mut end = 0;
    for token in tokens(document) {
        assert!(
            token.span.start >= end && token.span.start < token.span.end,
            "tokens are in order and apart"
        );
        end = token.span.end;
        let line = index.bytes(token.span.start as usize).line;
        let name = TokenKind::NAMES.get(token.kind as usize).copied().unwrap_or("?");
        let shown = format!("{}:{name}", token.span.text(document.text).replace('\n', "⏎"));
        match lines.last_mut().filter(|_| last == Some(line)) {
            Some(known) => known.push_str(&format!("  {shown}")),
            None => lines.push(shown),
        }
        last = Some(line);
    }
    lines.join("\n")
}

fn whole_project(workspace: &Workspace) -> String {
    let found = project_diagnostics(workspace);
    let lines = found.iter().map(|(path, found)| format!("{path}: {}", found.len()));
    lines.collect::<Vec<_>>().join("\n")
}

fn outline(document: &Document<'_>) -> String {
    let lines = sections(document).into_iter().map(|found| {
        let last = LineIndex::new(document.text).bytes(found.span.end as usize).line + 1;
        let fold = if found.fold.is_empty() { "" } else { " folds" };
        let start = place(document.text, Span::at(found.span.start as usize));
        format!("{} to line {last} {:?} {}{fold}", start.trim_end_matches(" \"\""), found.kind, found.name)
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn column(column: &Column) -> String {
    format!("{} {}", column.name, column.type_name).trim_end().to_owned()
}

fn hovered(document: &Document<'_>, found: &Hover) -> String {
    let mut lines = vec![format!("{} {}: {}", place(document.text, found.span), found.kind, found.title)];
    lines.extend(Some(found.text.replace('\n', " / ")).filter(|text| !text.is_empty()));
    lines.extend(Some(found.example.clone()).filter(|text| !text.is_empty()));
    lines.extend(found.columns.iter().map(|found| format!("- {}", column(found))));
    lines.join("\n")
}

fn called(workspace: &Workspace, document: &Document<'_>, offset: usize) -> String {
    let found = call_at(workspace, document, offset);
    found
        .map(|found| {
            format!("{} argument {} of {}", place(document.text, found.span), found.argument, found.signature)
        })
        .unwrap_or_default()
}

fn located(workspace: &Workspace, document: &Document<'_>, found: &[Location]) -> String {
    let lines = found.iter().map(|found| {
        let path = found.place.path.as_str();
        let text = if found.is_here { document.text } else { workspace.file(path).unwrap_or(document.text) };
        let here = if found.is_here { " (here)" } else { "" };
        format!("{path}{here} {}", place(text, found.place.span))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn declared(document: &Document<'_>) -> String {
    let lines = parameters(document).into_iter().map(|found| {
        let default = found.default.map(|value| format!(" = {}", value.to_json())).unwrap_or_default();
        let required = if found.required { " required" } else { "" };
        let attributes: Vec<String> =
            found.attributes.iter().map(|(name, value)| format!(" {name}={}", value.to_json())).collect();
        format!("{} {}{default}{required}{}", found.name, found.type_name, attributes.concat())
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn flow(workspace: &Workspace, by_nodes: bool) -> String {
    let found = lineage(workspace.project(), by_nodes);
    let mut lines: Vec<String> =
        found.nodes.iter().map(|node| format!("{} {} {}", node.kind, node.id, node.path)).collect();
    lines.extend(found.edges.iter().map(|(from, to, kind)| format!("{from} -> {to} {kind}")));
    lines.iter().map(|line| line.trim_end()).collect::<Vec<_>>().join("\n")
}

/// What is offered, `*` alone by the number of each kind: the first of each kind and those with `wanted` in them.
fn offered(workspace: &Workspace, document: &Document<'_>, offset: usize, wanted: &str) -> String {
    let Some(found) = complete(workspace, document, offset) else { return "nothing".to_owned() };
    let mut lines = vec![format!("in place of {}", place(document.text, found.span))];
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for item in &found.items {
        match kinds.iter_mut().find(|(kind, _)| *kind == item.kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((item.kind, 1)),
        }
        let shown = !matches!(
            item.kind,
            "keyword"
                | "function"
                | "aggregate"
                | "type"
                | "directive"
                | "templateFunction"
                | "templateKeyword"
                | "tableFunction"
        );
        if shown || wanted.split(' ').any(|wanted| item.label == wanted) {
            let insert = Some(&item.insert)
                .filter(|text| !text.is_empty())
                .map(|text| format!(" writes {text:?} {:?}", item.caret));
            lines.push(
                format!("{} {} {}{}", item.kind, item.label, item.detail, insert.unwrap_or_default())
                    .trim_end()
                    .to_owned(),
            );
        }
    }
    kinds.sort_unstable();
    let counts: Vec<String> = kinds.iter().map(|(kind, _)| (*kind).to_owned()).collect();
    lines.push(format!("kinds: {}", counts.join(" ")));
    lines.join("\n")
}

fn renamed(workspace: &Workspace, document: &Document<'_>, offset: usize, name: &str) -> String {
    let Some((_, what)) = renameable(workspace, document, offset) else { return "nothing".to_owned() };
    match workspace.project().rename(&what, name) {
        Err(message) => message,
        Ok(rename) => {
            let mut lines: Vec<String> =
                rename.moves.iter().map(|(from, to)| format!("{from} moves to {to}")).collect();
            for (path, found) in &rename.edits {
                let text = workspace.file(path).unwrap_or("");
                for edit in found {
                    lines.push(format!("{path} {} becomes {:?}", place(text, edit.span), edit.text));
                }
            }
            lines.join("\n")
        }
    }
}

/// Formatting by edits comes to the same as formatting.
pub(crate) fn edits_agree(document: &Document<'_>) {
    if let Ok(formatted) = formatted(document) {
        assert_eq!(apply_edits(document.text, &edits(document.text, &formatted)), formatted);
    }
}
