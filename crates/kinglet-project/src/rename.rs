//! Renaming a resource or a node in all files that name it.

use std::collections::BTreeMap;

use kinglet_diagnostic::Span;

use crate::graph::insert_sorted;
use crate::name::name_objection;
use crate::path::{file_name, folder};
use crate::project::{Project, Resource};
use crate::reference::{CONNECTION_PARAMETERS, Reference, Target, target_parameter};
use crate::scan::qualifiers;

/// What is renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Renamed {
    /// A data source.
    Datasource(String),
    /// A pipe.
    Pipe(String),
    /// A connection.
    Connection(String),
    /// A node of a pipe.
    Node {
        /// Name of the pipe.
        pipe: String,
        /// Name of the node.
        node: String,
    },
}

/// A piece of text that takes the place of another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextEdit {
    /// What is replaced.
    pub span: Span,
    /// What takes its place.
    pub text: String,
}

/// Everything that a rename changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rename {
    /// Edits by path, in the order of the text. They apply to the files before they are moved.
    pub edits: BTreeMap<String, Vec<TextEdit>>,
    /// Files that move, from old to new path.
    pub moves: BTreeMap<String, String>,
}

impl Project {
    /// What has to change so that `what` is called `name`.
    ///
    /// Files whose text was rendered with secrets are edited only where they do not depend on it.
    ///
    /// # Errors
    /// The resource is not known, or the new name is not allowed or taken.
    pub fn rename(&self, what: &Renamed, name: &str) -> Result<Rename, String> {
        if let Some(why) = name_objection(name) {
            return Err(format!("'{name}' cannot be a name: {why}"));
        }
        let mut edits = Edits::default();
        let mut moves = BTreeMap::new();
        match what {
            Renamed::Node { pipe, node } => self.rename_node(pipe, node, name, &mut edits)?,
            Renamed::Datasource(old) => {
                let resource =
                    self.datasource(old).ok_or_else(|| format!("there is no data source '{old}'"))?;
                self.check_free(name)?;
                moves.insert(resource.path.clone(), moved(&resource.path, old, name));
                let fixtures = self.fixtures.iter().filter(|fixture| fixture.name == *old);
                moves.extend(fixtures.map(|fixture| (fixture.path.clone(), moved(&fixture.path, old, name))));
                self.rename_targets(old, name, &mut edits);
                self.rename_tables(
                    |target| *target == Target::Datasource(old.clone()),
                    old,
                    name,
                    &mut edits,
                );
            }
            Renamed::Connection(old) => {
                let resource =
                    self.connection(old).ok_or_else(|| format!("there is no connection '{old}'"))?;
                if self.connection(name).is_some() {
                    return Err(format!("'{name}' is already the name of a connection"));
                }
                moves.insert(resource.path.clone(), moved(&resource.path, old, name));
                self.rename_connections(old, name, &mut edits);
            }
            Renamed::Pipe(old) => {
                let resource = self.pipe(old).ok_or_else(|| format!("there is no pipe '{old}'"))?;
                self.check_free(name)?;
                moves.insert(resource.path.clone(), moved(&resource.path, old, name));
                let tests = self.tests.iter().filter(|test| test.name == *old);
                moves.extend(tests.map(|test| (test.path.clone(), moved(&test.path, old, name))));
                self.rename_tables(|target| *target == Target::Pipe(old.clone()), old, name, &mut edits);
            }
        }
        Ok(Rename { edits: edits.files, moves })
    }

    fn check_free(&self, name: &str) -> Result<(), String> {
        if self.datasource(name).is_some() || self.pipe(name).is_some() {
            return Err(format!("'{name}' is already the name of a resource"));
        }
        Ok(())
    }

    fn rename_node(&self, pipe: &str, node: &str, name: &str, edits: &mut Edits) -> Result<(), String> {
        let resource = self.pipe(pipe).ok_or_else(|| format!("there is no pipe '{pipe}'"))?;
        let renamed = resource.value.node(node).ok_or_else(|| format!("'{pipe}' has no node '{node}'"))?;
        if resource.value.node(name).is_some() {
            return Err(format!("'{pipe}' already has a node '{name}'"));
        }
        edits.add(resource, renamed.name_span, name.to_owned());
        let target = Target::Node { pipe: resource.full_name(), node: node.to_owned() };
        self.rename_tables(|found| *found == target, node, name, edits);
        Ok(())
    }

    /// Renames a connection where data sources and nodes name it.
    fn rename_connections(&self, old: &str, name: &str, edits: &mut Edits) {
        for parameter in CONNECTION_PARAMETERS {
            for datasource in &self.datasources {
                let setting = datasource.value.settings.setting(parameter);
                if let Some(setting) = setting.filter(|setting| setting.value == old) {
                    edits.add(datasource, setting.span, name.to_owned());
                }
            }
            for pipe in &self.pipes {
                let settings = pipe.value.nodes.iter().filter_map(|node| node.params.setting(parameter));
                for setting in settings.filter(|setting| setting.value == old) {
                    edits.add(pipe, setting.span, name.to_owned());
                }
            }
        }
    }

    /// Renames the data source that nodes write to.
    fn rename_targets(&self, old: &str, name: &str, edits: &mut Edits) {
        for pipe in &self.pipes {
            for node in &pipe.value.nodes {
                let setting = target_parameter(node).and_then(|parameter| node.params.setting(parameter));
                if let Some(setting) = setting.filter(|setting| setting.value == old) {
                    edits.add(pipe, setting.span, name.to_owned());
                }
            }
        }
    }

    /// Renames a table in all queries that read it, and where it qualifies columns.
    fn rename_tables(&self, is_target: impl Fn(&Target) -> bool, old: &str, name: &str, edits: &mut Edits) {
        for pipe in &self.pipes {
            for node in &pipe.value.nodes {
                let references = self.references(pipe, node);
                let uses: Vec<&Reference> =
                    references.iter().filter(|found| found.written && is_target(&found.target)).collect();
                for found in &uses {
                    edits.add(pipe, found.span, respelt(found.span.text(&pipe.text), old, name));
                }
                let Some(sql) = node.sql.as_ref().filter(|_| !uses.is_empty()) else { continue };
                for span in qualifiers(&sql.text, old) {
                    let span = sql.file_span(span);
                    edits.add(pipe, span, respelt(span.text(&pipe.text), old, name));
                }
            }
        }
    }
}

/// The new name written as the old one is: in quotes, with a suffix, or inside a template's call.
fn respelt(written: &str, old: &str, name: &str) -> String {
    // The qualifier of a name is no part of what is replaced.
    let last = old.rsplit_once('.').map_or(old, |(_, last)| last);
    written.replacen(last, name, 1)
}

/// The path of a file once the resource in it has a new name.
fn moved(path: &str, old: &str, name: &str) -> String {
    let last = old.rsplit_once('.').map_or(old, |(_, last)| last);
    format!("{}{}", folder(path), file_name(path).replacen(last, name, 1))
}

/// Edits by file.
#[derive(Default)]
struct Edits {
    files: BTreeMap<String, Vec<TextEdit>>,
}

impl Edits {
    fn add<T>(&mut self, resource: &Resource<T>, span: Span, text: String) {
        let Some((path, span)) = resource.written(span) else { return };
        insert_sorted(self.files.entry(path.to_owned()).or_default(), TextEdit { span, text });
    }
}

/// A text with edits applied; they must be in order and apart.
pub fn apply_edits(text: &str, edits: &[TextEdit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let range = edit.span.range();
        if range.start < at {
            continue;
        }
        out.push_str(text.get(at..range.start).unwrap_or(""));
        out.push_str(&edit.text);
        at = range.end;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}
