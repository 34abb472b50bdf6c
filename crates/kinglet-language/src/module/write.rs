//! Answers as JSON, in the shapes of the client's types.

use kinglet_diagnostic::{Diagnostic, Severity, Span};
use kinglet_project::{Rename, Renamed, TextEdit};

use crate::complete::Completions;
use crate::definition::Location;
use crate::document::Document;
use crate::function::Function;
use crate::hover::{Call, Hover};
use crate::json::Json;
use crate::lineage::Lineage;
use crate::parameters::Parameter;
use crate::position::Positions;
use crate::workspace::{Column, Workspace};

/// An object written by `members`, or `null`.
pub(super) fn or_null<T>(found: Option<T>, members: impl FnOnce(&mut Json, T)) -> String {
    let mut json = Json::new();
    match found {
        Some(found) => json.object(|json| members(json, found)),
        None => json.raw("null"),
    }
    json.finish()
}

pub(super) fn completions(json: &mut Json, text: &str, found: &Completions) {
    span(json, &Positions::new(text), found.span);
    json.key("items").array(|json| {
        for item in &found.items {
            json.object(|json| {
                json.key("label").text(&item.label);
                json.key("kind").text(item.kind);
                json.member("detail", &item.detail);
                json.member("insert", &item.insert);
                if let Some(caret) = item.caret {
                    json.key("caret").number(caret as i64);
                }
                json.member("info", &item.info);
                if item.boost != 0 {
                    json.key("boost").number(i64::from(item.boost));
                }
            });
        }
    });
}

pub(super) fn hover(json: &mut Json, text: &str, found: &Hover) {
    span(json, &Positions::new(text), found.span);
    json.key("kind").text(found.kind);
    json.key("title").text(&found.title);
    json.member("text", &found.text);
    json.member("example", &found.example);
    if !found.columns.is_empty() {
        columns(json.key("columns"), &found.columns);
    }
}

pub(super) fn columns(json: &mut Json, columns: &[Column]) {
    json.array(|json| {
        for column in columns {
            json.object(|json| {
                json.key("name").text(&column.name);
                json.key("type").text(&column.type_name);
            });
        }
    });
}

pub(super) fn call(json: &mut Json, text: &str, found: &Call) {
    span(json, &Positions::new(text), found.span);
    json.key("name").text(&found.name);
    json.key("signature").text(&found.signature);
    json.member("description", &found.description);
    json.key("argument").number(found.argument as i64);
}

pub(super) fn function(json: &mut Json, found: &Function) {
    json.key("name").text(&found.name);
    json.key("category").text(&found.category);
    json.key("signature").text(&found.signature);
    json.key("description").text(&found.description);
    json.member("example", &found.example);
}

pub(super) fn locations(workspace: &Workspace, document: &Document<'_>, found: &[Location]) -> String {
    let mut json = Json::new();
    json.array(|json| {
        for location in found {
            let path = location.place.path.as_str();
            let is_asked = path == document.path && (location.is_here || document.node.is_none());
            let text = if is_asked { document.text } else { workspace.file(path).unwrap_or("") };
            json.object(|json| {
                json.key("path").text(path);
                if location.is_here {
                    json.member("node", document.node.unwrap_or(""));
                }
                span(json, &Positions::new(text), location.place.span);
            });
        }
    });
    json.finish()
}

pub(super) fn renameable(json: &mut Json, text: &str, place: Span, what: &Renamed) {
    span(json, &Positions::new(text), place);
    json.key("what").object(|json| {
        let (kind, name) = match what {
            Renamed::Datasource(name) => ("datasource", name),
            Renamed::Pipe(name) => ("pipe", name),
            Renamed::Connection(name) => ("connection", name),
            Renamed::Node { node, .. } => ("node", node),
        };
        json.key("kind").text(kind);
        json.key("name").text(name);
        if let Renamed::Node { pipe, .. } = what {
            json.key("pipe").text(pipe);
        }
    });
}

pub(super) fn rename(workspace: &Workspace, found: Result<Rename, String>) -> String {
    let mut json = Json::new();
    json.object(|json| match &found {
        Ok(rename) => {
            json.key("ok").bool(true);
            json.key("edits").object(|json| {
                for (path, found) in &rename.edits {
                    edits(json.key(path), workspace.file(path).unwrap_or(""), found);
                }
            });
            json.key("moves").object(|json| {
                for (from, to) in &rename.moves {
                    json.key(from).text(to);
                }
            });
        }
        Err(message) => {
            json.key("ok").bool(false);
            json.key("message").text(message);
        }
    });
    json.finish()
}

pub(super) fn lineage(json: &mut Json, found: &Lineage) {
    json.object(|json| {
        json.key("nodes").array(|json| {
            for node in &found.nodes {
                json.object(|json| {
                    json.key("id").text(&node.id);
                    json.key("kind").text(node.kind);
                    json.key("name").text(&node.name);
                    json.member("pipe", &node.pipe);
                    json.member("path", &node.path);
                });
            }
        });
        json.key("edges").array(|json| {
            for (from, to, kind) in &found.edges {
                json.object(|json| {
                    json.key("from").text(from);
                    json.key("to").text(to);
                    json.key("kind").text(kind);
                });
            }
        });
    });
}

pub(super) fn span(json: &mut Json, positions: &Positions<'_>, span: Span) {
    json.key("from").number(positions.units(span.start as usize) as i64);
    json.key("to").number(positions.units(span.end as usize) as i64);
}

pub(super) fn edits(json: &mut Json, text: &str, edits: &[TextEdit]) {
    let positions = Positions::new(text);
    json.array(|json| {
        for edit in edits {
            json.object(|json| {
                span(json, &positions, edit.span);
                json.key("insert").text(&edit.text);
            });
        }
    });
}

pub(super) fn parameter(json: &mut Json, parameter: &Parameter) {
    json.key("name").text(&parameter.name);
    json.key("type").text(&parameter.type_name);
    json.key("required").bool(parameter.required);
    if let Some(default) = &parameter.default {
        json.key("default").raw(&default.to_json());
    }
    let is_own = |name: &str| ["description", "example", "format", "enum"].contains(&name);
    for (name, value) in parameter.attributes.iter().filter(|(name, _)| is_own(name)) {
        json.key(name).raw(&value.to_json());
    }
    let others: Vec<_> = parameter.attributes.iter().filter(|(name, _)| !is_own(name)).collect();
    if !others.is_empty() {
        json.key("attributes").object(|json| {
            for (name, value) in others {
                json.key(name).raw(&value.to_json());
            }
        });
    }
}

pub(super) fn diagnostics(json: &mut Json, text: &str, found: &[Diagnostic]) {
    let positions = Positions::new(text);
    json.array(|json| {
        for finding in found {
            json.object(|json| {
                span(json, &positions, finding.span);
                json.member("severity", severity(finding.severity));
                json.member("code", &finding.code);
                json.member("message", &finding.message);
                json.member("hint", finding.help.as_deref().unwrap_or(""));
            });
        }
    });
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}
