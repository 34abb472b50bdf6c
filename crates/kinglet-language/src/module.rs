//! The edge to the browser: strings in, JSON out, offsets in UTF-16.

use kinglet_diagnostic::{Diagnostic, Severity};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::document::Document;
use crate::function::Functions;
use crate::json::Json;
use crate::position::Positions;
use crate::workspace::{Column, Workspace};
use crate::{diagnostic, token};

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

fn write_diagnostics(json: &mut Json, text: &str, found: &[Diagnostic]) {
    let positions = Positions::new(text);
    json.array(|json| {
        for finding in found {
            json.object(|json| {
                json.key("from").number(positions.units(finding.span.start as usize) as i64);
                json.key("to").number(positions.units(finding.span.end as usize) as i64);
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
