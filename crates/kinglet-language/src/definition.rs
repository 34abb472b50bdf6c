//! Where things are defined and named, and what their names may become.

use kinglet_diagnostic::Span;
use kinglet_project::{Renamed, Target};

use crate::analysis::Analysis;
use crate::catalog::TableKind;
use crate::document::Document;
use crate::symbol::{Found, Symbol, symbol_at};
use crate::tag::tags;
use crate::token::{PieceKind, pieces};
use crate::workspace::{Place, Workspace};

/// A place in a file, or in the query of a node that is asked about alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// Where.
    pub place: Place,
    /// Whether the place counts in the text that was asked about, not in the file.
    pub is_here: bool,
}

fn here(document: &Document<'_>, span: Span) -> Location {
    Location { place: Place { path: document.path.to_owned(), span }, is_here: document.node.is_some() }
}

fn in_file(path: &str, span: Span) -> Location {
    Location { place: Place { path: path.to_owned(), span }, is_here: false }
}

/// Where what stands at a byte offset is defined.
pub fn definition(workspace: &Workspace, document: &Document<'_>, offset: usize) -> Vec<Location> {
    let Some(Found { symbol, .. }) = symbol_at(workspace, document, offset) else { return Vec::new() };
    match symbol {
        Symbol::Column(column, table) => match column.place {
            Some(place) => vec![Location { place, is_here: false }],
            None => workspace
                .project()
                .datasource(&table)
                .map(|found| in_file(&found.path, Span::at(0)))
                .into_iter()
                .collect(),
        },
        Symbol::Named(named) => vec![here(document, named.span)],
        Symbol::Parameter(name) => uses_of_parameter(document, &name).into_iter().take(1).collect(),
        symbol => defined(workspace, document, &symbol).into_iter().collect(),
    }
}

/// Where a resource or a node is defined.
fn defined(workspace: &Workspace, document: &Document<'_>, symbol: &Symbol) -> Option<Location> {
    let project = workspace.project();
    match symbol {
        Symbol::Table(TableKind::Datasource, name) => {
            let found = project.datasource(name)?;
            Some(in_file(&found.path, Span::at(0)))
        }
        Symbol::Table(TableKind::Pipe, name) => {
            let found = project.pipe(name)?;
            let published = found.value.published().map(|node| found.origin(node.name_span));
            let (path, span) = published.unwrap_or((&found.path, Span::at(0)));
            Some(in_file(path, span))
        }
        Symbol::Table(TableKind::Node, name) | Symbol::Node(name) => {
            let pipe = project.pipes.iter().find(|pipe| pipe.path == document.path)?;
            let (path, span) = pipe.origin(pipe.value.node(name)?.name_span);
            Some(in_file(path, span))
        }
        Symbol::Connection(name) => Some(in_file(&project.connection(name)?.path, Span::at(0))),
        _ => None,
    }
}

/// Where what stands at a byte offset is named, its definition first.
pub fn references(workspace: &Workspace, document: &Document<'_>, offset: usize) -> Vec<Location> {
    let Some(Found { symbol, .. }) = symbol_at(workspace, document, offset) else { return Vec::new() };
    if let Symbol::Parameter(name) = &symbol {
        return uses_of_parameter(document, name);
    }
    if let Symbol::Named(named) = &symbol {
        return uses_of_name(document, &named.name, offset);
    }
    let project = workspace.project();
    let mut out: Vec<Location> = defined(workspace, document, &symbol).into_iter().collect();
    let own_pipe = project.pipes.iter().find(|pipe| pipe.path == document.path);
    let wanted = match &symbol {
        Symbol::Table(TableKind::Datasource, name) => Target::Datasource(name.clone()),
        Symbol::Table(TableKind::Pipe, name) => Target::Pipe(name.clone()),
        Symbol::Table(TableKind::Node, node) | Symbol::Node(node) => {
            let pipe = own_pipe.map(|pipe| pipe.full_name()).unwrap_or_default();
            Target::Node { pipe, node: node.clone() }
        }
        _ => return out,
    };
    for pipe in &project.pipes {
        for node in &pipe.value.nodes {
            for found in project.references(pipe, node) {
                if found.written && found.target == wanted {
                    let (path, span) = pipe.origin(found.span);
                    out.push(in_file(path, span));
                }
            }
            let target =
                ["datasource", "target_datasource"].iter().find_map(|name| node.params.setting(name));
            if let (Target::Datasource(name), Some(setting)) = (&wanted, target)
                && setting.value == *name
            {
                let (path, span) = pipe.origin(setting.span);
                out.push(in_file(path, span));
            }
        }
    }
    out
}

/// Where the tags of a text name a parameter.
fn uses_of_parameter(document: &Document<'_>, name: &str) -> Vec<Location> {
    let mut out = Vec::new();
    for query in document.queries() {
        for tag in tags(&query.sql) {
            let code = tag.inner.text(&query.sql);
            for piece in pieces(code) {
                if piece.kind == PieceKind::Name && piece.text(code) == name {
                    out.push(here(document, query.place(piece.span.shifted(tag.inner.start as usize))));
                }
            }
        }
    }
    out
}

/// Where a query names an alias or a common table expression.
fn uses_of_name(document: &Document<'_>, name: &str, offset: usize) -> Vec<Location> {
    let Some(query) = document.query_at(offset) else { return Vec::new() };
    let analysis = Analysis::of(&query.sql);
    let tokens = kinglet_parser::tokens(&analysis.masked);
    let same =
        tokens.iter().filter(|token| token.span.text(&analysis.masked).trim_matches(['`', '"']) == name);
    same.map(|token| here(document, query.place(token.span))).collect()
}

/// What may be renamed at a byte offset, with the place of its name.
pub fn renameable(workspace: &Workspace, document: &Document<'_>, offset: usize) -> Option<(Span, Renamed)> {
    let Found { span, symbol } = symbol_at(workspace, document, offset)?;
    let project = workspace.project();
    let renamed = match symbol {
        Symbol::Table(TableKind::Datasource, name) => Renamed::Datasource(name),
        Symbol::Table(TableKind::Pipe, name) => Renamed::Pipe(name),
        Symbol::Connection(name) => {
            project.connection(&name)?;
            Renamed::Connection(name)
        }
        Symbol::Table(TableKind::Node, node) | Symbol::Node(node) => {
            let pipe = project.pipes.iter().find(|pipe| pipe.path == document.path)?;
            Renamed::Node { pipe: pipe.full_name(), node }
        }
        _ => return None,
    };
    Some((span, renamed))
}
