//! The edge to the browser: strings in, JSON out, offsets in UTF-16.

use kinglet_diagnostic::{Diagnostic, Severity, Span};
use kinglet_project::TextEdit;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::document::Document;
use crate::function::Functions;
use crate::json::Json;
use crate::outline::{self, SectionKind};
use crate::parameters::{self, Parameter};
use crate::position::Positions;
use crate::workspace::{Column, Workspace};
use crate::{diagnostic, format, lineage, token};

/// A project being edited. The client's `LanguageModule` says what each call takes and answers.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct Language {
    workspace: Workspace,
}

#[wasm_bindgen]
impl Language {
    /// An empty project.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file or replaces its text.
    pub fn set_file(&mut self, path: &str, text: &str) {
        self.workspace.set_file(path, text);
    }

    /// Takes a file out of the project.
    pub fn remove_file(&mut self, path: &str) {
        self.workspace.remove_file(path);
    }

    /// Takes all files out of the project.
    pub fn clear_files(&mut self) {
        self.workspace.clear_files();
    }

    /// Adds a table that queries may read; names and types in turn.
    pub fn set_table(&mut self, name: &str, columns: Vec<String>) {
        let column = |pair: &[String]| Column {
            name: pair.first().cloned().unwrap_or_default(),
            type_name: pair.get(1).cloned().unwrap_or_default(),
            place: None,
        };
        self.workspace.set_table(name, columns.chunks(2).map(column).collect());
    }

    /// Forgets the tables that were added.
    pub fn clear_tables(&mut self) {
        self.workspace.clear_tables();
    }

    /// Gives the table of functions.
    pub fn set_functions(&mut self, table: &str) {
        self.workspace.set_functions(Functions::read(table));
    }

    /// What is wrong with a text.
    pub fn diagnostics(&mut self, path: &str, text: &str, node: Option<String>) -> String {
        let document = Document { path, text, node: node.as_deref() };
        self.workspace.open(&document);
        self.workspace.refresh();
        let found = diagnostic::diagnostics(&self.workspace, &document);
        let mut json = Json::new();
        write_diagnostics(&mut json, text, &found);
        json.finish()
    }

    /// What is wrong in every file, by path.
    pub fn project_diagnostics(&mut self) -> String {
        self.workspace.refresh();
        let mut json = Json::new();
        json.object(|json| {
            for (path, found) in diagnostic::project_diagnostics(&self.workspace) {
                let text = self.workspace.file(&path).unwrap_or("");
                write_diagnostics(json.key(&path), text, &found);
            }
        });
        json.finish()
    }

    /// The parts of a text.
    pub fn sections(&self, path: &str, text: &str, node: Option<String>) -> String {
        let positions = Positions::new(text);
        let mut json = Json::new();
        json.array(|json| {
            for section in outline::sections(&Document { path, text, node: node.as_deref() }) {
                json.object(|json| {
                    write_span(json, &positions, section.span);
                    json.member("kind", if section.kind == SectionKind::Node { "node" } else { "directive" });
                    json.key("name").text(&section.name);
                    if !section.fold.is_empty() {
                        json.key("fold").object(|json| write_span(json, &positions, section.fold));
                    }
                });
            }
        });
        json.finish()
    }

    /// The text in its normal layout.
    pub fn format(&self, path: &str, text: &str, node: Option<String>) -> String {
        let mut json = Json::new();
        let formatted = format::formatted(&Document { path, text, node: node.as_deref() });
        json.object(|json| match &formatted {
            Ok(formatted) => {
                json.key("ok").bool(true);
                json.key("text").text(formatted);
                write_edits(json.key("edits"), text, &format::edits(text, formatted));
            }
            Err(message) => {
                json.key("ok").bool(false);
                json.key("message").text(message);
            }
        });
        json.finish()
    }

    /// The parameters of a pipe or of one query.
    pub fn parameters(&self, path: &str, text: &str, node: Option<String>) -> String {
        let mut json = Json::new();
        json.array(|json| {
            for parameter in parameters::parameters(&Document { path, text, node: node.as_deref() }) {
                json.object(|json| write_parameter(json, &parameter));
            }
        });
        json.finish()
    }

    /// The flow of data through the project.
    pub fn lineage(&mut self, by_nodes: bool) -> String {
        self.workspace.refresh();
        let found = lineage::lineage(self.workspace.project(), by_nodes);
        let mut json = Json::new();
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
        json.finish()
    }

    /// What to colour: three numbers for each token.
    pub fn tokens(&self, path: &str, text: &str, node: Option<String>) -> Vec<u32> {
        let positions = Positions::new(text);
        let unit = |byte: u32| positions.units(byte as usize) as u32;
        let found = token::tokens(&Document { path, text, node: node.as_deref() });
        found
            .iter()
            .flat_map(|token| [unit(token.span.start), unit(token.span.end), token.kind as u32])
            .collect()
    }
}

fn write_span(json: &mut Json, positions: &Positions<'_>, span: Span) {
    json.key("from").number(positions.units(span.start as usize) as i64);
    json.key("to").number(positions.units(span.end as usize) as i64);
}

fn write_edits(json: &mut Json, text: &str, edits: &[TextEdit]) {
    let positions = Positions::new(text);
    json.array(|json| {
        for edit in edits {
            json.object(|json| {
                write_span(json, &positions, edit.span);
                json.key("insert").text(&edit.text);
            });
        }
    });
}

fn write_parameter(json: &mut Json, parameter: &Parameter) {
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

fn write_diagnostics(json: &mut Json, text: &str, found: &[Diagnostic]) {
    let positions = Positions::new(text);
    json.array(|json| {
        for finding in found {
            json.object(|json| {
                write_span(json, &positions, finding.span);
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
