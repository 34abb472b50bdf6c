//! The edge to the browser: strings in, JSON out, offsets in UTF-16.

mod write;

use kinglet_project::Renamed;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::document::Document;
use crate::function::Functions;
use crate::json::Json;
use crate::outline::{self, SectionKind};
use crate::parameters;
use crate::position::Positions;
use crate::workspace::{Column, Workspace};
use crate::{catalog, complete, definition, diagnostic, format, hover, lineage, token};

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
        write::diagnostics(&mut json, text, &found);
        json.finish()
    }

    /// What is wrong in every file, by path.
    pub fn project_diagnostics(&mut self) -> String {
        self.workspace.refresh();
        let mut json = Json::new();
        json.object(|json| {
            for (path, found) in diagnostic::project_diagnostics(&self.workspace) {
                let text = self.workspace.file(&path).unwrap_or("");
                write::diagnostics(json.key(&path), text, &found);
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
                    write::span(json, &positions, section.span);
                    json.member("kind", if section.kind == SectionKind::Node { "node" } else { "directive" });
                    json.key("name").text(&section.name);
                    if !section.fold.is_empty() {
                        json.key("fold").object(|json| write::span(json, &positions, section.fold));
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
                write::edits(json.key("edits"), text, &format::edits(text, formatted));
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
                json.object(|json| write::parameter(json, &parameter));
            }
        });
        json.finish()
    }

    /// Words that may stand at an offset.
    pub fn complete(&mut self, path: &str, text: &str, node: Option<String>, offset: usize) -> String {
        let document = Document { path, text, node: node.as_deref() };
        // The file itself may be that of the last check: the text is read anew.
        self.workspace.refresh();
        let at = Positions::new(text).byte(offset);
        let found = complete::complete(&self.workspace, &document, at);
        write::or_null(found, |json, found| write::completions(json, text, &found))
    }

    /// What stands at an offset.
    pub fn hover(&mut self, path: &str, text: &str, node: Option<String>, offset: usize) -> String {
        let (document, at) = self.asked(path, text, &node, offset);
        let found = hover::hover(&self.workspace, &document, at);
        write::or_null(found, |json, found| write::hover(json, text, &found))
    }

    /// The call around an offset.
    pub fn signature(&mut self, path: &str, text: &str, node: Option<String>, offset: usize) -> String {
        let document = Document { path, text, node: node.as_deref() };
        let at = Positions::new(text).byte(offset);
        let found = hover::call_at(&self.workspace, &document, at);
        write::or_null(found, |json, found| write::call(json, text, &found))
    }

    /// What is known of a function.
    pub fn function_doc(&self, name: &str) -> String {
        write::or_null(self.workspace.functions().find(name), write::function)
    }

    /// Where what stands at an offset is defined.
    pub fn definition(&mut self, path: &str, text: &str, node: Option<String>, offset: usize) -> String {
        let (document, at) = self.asked(path, text, &node, offset);
        let found = definition::definition(&self.workspace, &document, at);
        write::locations(&self.workspace, &document, &found)
    }

    /// Where what stands at an offset is named.
    pub fn references(&mut self, path: &str, text: &str, node: Option<String>, offset: usize) -> String {
        let (document, at) = self.asked(path, text, &node, offset);
        let found = definition::references(&self.workspace, &document, at);
        write::locations(&self.workspace, &document, &found)
    }

    /// What may be renamed at an offset.
    pub fn renameable(&mut self, path: &str, text: &str, node: Option<String>, offset: usize) -> String {
        let (document, at) = self.asked(path, text, &node, offset);
        let found = definition::renameable(&self.workspace, &document, at);
        write::or_null(found, |json, (span, what)| write::renameable(json, text, span, &what))
    }

    /// What a rename changes. `kind` and `pipe` are those of the client's `Renamed`.
    pub fn rename(&mut self, kind: &str, old: &str, pipe: &str, name: &str) -> String {
        self.workspace.refresh();
        let (old, pipe) = (old.to_owned(), pipe.to_owned());
        let what = match kind {
            "datasource" => Renamed::Datasource(old),
            "pipe" => Renamed::Pipe(old),
            "connection" => Renamed::Connection(old),
            _ => Renamed::Node { pipe, node: old },
        };
        write::rename(&self.workspace, self.workspace.project().rename(&what, name))
    }

    /// Columns of a data source, or those that a query or the published node of a pipe answers.
    pub fn columns(&mut self, path: &str, text: &str, node: Option<String>) -> String {
        let (document, _) = self.asked(path, text, &node, 0);
        let mut json = Json::new();
        write::columns(&mut json, &catalog::columns_of(&self.workspace, &document));
        json.finish()
    }

    /// The flow of data through the project.
    pub fn lineage(&mut self, by_nodes: bool) -> String {
        self.workspace.refresh();
        let found = lineage::lineage(self.workspace.project(), by_nodes);
        let mut json = Json::new();
        write::lineage(&mut json, &found);
        json.finish()
    }

    /// Takes a text in and finds the offset in bytes.
    fn asked<'a>(
        &mut self,
        path: &'a str,
        text: &'a str,
        node: &'a Option<String>,
        offset: usize,
    ) -> (Document<'a>, usize) {
        let document = Document { path, text, node: node.as_deref() };
        self.workspace.open(&document);
        self.workspace.refresh();
        (document, Positions::new(text).byte(offset))
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
