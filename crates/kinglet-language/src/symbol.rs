//! What stands at a place of a text.

use kinglet_datafile::{Part, directives};
use kinglet_diagnostic::Span;
use kinglet_parser::TokenKind as Lexeme;
use kinglet_parser::ast::{Ident, Path};
use kinglet_project::table_uses;

use crate::analysis::Analysis;
use crate::catalog::{Catalog, TableKind};
use crate::columns::{Named, find_column, scope_at};
use crate::document::{Document, Embedded, Kind, unquoted};
use crate::template_function::{self, TemplateFunction};
use crate::token::{PieceKind, pieces};
use crate::workspace::{Column, Workspace};

/// Something that a word of a text stands for.
#[derive(Clone, Debug)]
pub enum Symbol {
    /// A directive, in upper case.
    Directive(String),
    /// A SQL function, by the name as written.
    Function(String),
    /// A function of the template language.
    TemplateFunction(&'static TemplateFunction),
    /// A parameter of a template.
    Parameter(String),
    /// A data type.
    Type(String),
    /// A column, and the table it is of where it has a name.
    Column(Column, String),
    /// A table: what the name stands for.
    Table(TableKind, String),
    /// A node where it is defined.
    Node(String),
    /// A connection.
    Connection(String),
    /// A common table expression or an alias; the span is in the text.
    Named(Named),
}

/// A symbol and the word that stands for it.
#[derive(Clone, Debug)]
pub struct Found {
    /// The word in the text.
    pub span: Span,
    /// What it stands for.
    pub symbol: Symbol,
}

/// What stands at a byte offset of a text.
pub fn symbol_at(workspace: &Workspace, document: &Document<'_>, offset: usize) -> Option<Found> {
    if let Kind::Datafile(_) = document.kind() {
        let parts = document.parts();
        let part = parts.iter().rev().find(|part| part.keyword.start as usize <= offset)?;
        if let Some(found) = in_part(workspace, document, part, offset) {
            return Some(found);
        }
    }
    let query = document.query_at(offset)?;
    in_query(workspace, document, &query, offset)
}

fn touches(span: Span, offset: usize) -> bool {
    span.start as usize <= offset && offset <= span.end as usize
}

fn in_part(workspace: &Workspace, document: &Document<'_>, part: &Part, offset: usize) -> Option<Found> {
    if touches(part.keyword, offset) && part.is_known {
        let name = part.keyword.text(document.text).to_ascii_uppercase();
        return Some(Found { span: part.keyword, symbol: Symbol::Directive(name) });
    }
    if part.name == "schema" {
        let datasource = workspace.project().datasources.iter().find(|found| found.path == document.path)?;
        let columns = datasource.value.columns.iter();
        let mut columns = columns.map(|column| (column, datasource.origin(column.name_span).1));
        let (column, span) = columns.find(|(_, span)| touches(*span, offset))?;
        let column = Column { name: column.name.clone(), type_name: column.full_type(), place: None };
        return Some(Found { span, symbol: Symbol::Column(column, datasource.name.clone()) });
    }
    let (word, span) = part.words.iter().find(|(_, span)| touches(*span, offset))?;
    let name = unquoted(word);
    let span = if name.len() < word.len() {
        Span::new(span.start as usize + 1, span.end as usize - 1)
    } else {
        *span
    };
    let symbol = match part.name.as_str() {
        "node" | "scope" => Symbol::Node(name.to_owned()),
        "datasource" | "target_datasource" => {
            workspace.project().datasource(name)?;
            Symbol::Table(TableKind::Datasource, name.to_owned())
        }
        _ if part.name.ends_with("_connection_name") => Symbol::Connection(name.to_owned()),
        _ => return None,
    };
    Some(Found { span, symbol })
}

fn in_query(
    workspace: &Workspace,
    document: &Document<'_>,
    query: &Embedded,
    offset: usize,
) -> Option<Found> {
    let at = offset.checked_sub(query.start)?;
    let analysis = Analysis::of(&query.sql);
    let own = query.node.as_deref();
    let catalog = Catalog::of(workspace, document);
    let found = |span: Span, symbol| Some(Found { span: query.place(span), symbol });
    if let Some(used) = table_uses(&query.sql).into_iter().find(|used| touches(used.span, at))
        && let Some((kind, _)) = catalog.table(own, &used.name)
    {
        return found(inner_name(used.span, &query.sql, &used.name), Symbol::Table(kind, used.name));
    }
    if let Some(tag) = analysis.tag_at(at) {
        let code = tag.inner.text(&query.sql);
        let inside = at - tag.inner.start as usize;
        let all = pieces(code);
        let place =
            all.iter().position(|piece| piece.kind == PieceKind::Name && touches(piece.span, inside))?;
        let name = all.get(place)?.text(code);
        let span = all.get(place)?.span.shifted(tag.inner.start as usize);
        let calls = all.get(place + 1).is_some_and(|next| next.text(code) == "(");
        return match template_function::find(name) {
            Some(function) if calls => found(span, Symbol::TemplateFunction(function)),
            _ => found(span, Symbol::Parameter(name.to_owned())),
        };
    }
    let (path, next, before) = path_at(&analysis, at)?;
    let last = path.last()?;
    let span = last.span;
    if before == Lexeme::DoubleColon {
        return found(span, Symbol::Type(last.name.clone()));
    }
    if next == Lexeme::OpenRound {
        return found(span, Symbol::Function(last.name.clone()));
    }
    let lookup = |name: &str| catalog.table(own, name);
    let scope = scope_at(&analysis, &lookup, span.start as usize);
    let common = || scope.named.iter().rev().find(|named| named.name == last.name);
    let as_named = |named: &Named| Named { span: query.place(named.span), ..named.clone() };
    if path.parts.len() == 1
        && let Some(named) = common().filter(|named| named.is_table || touches(named.span, at))
    {
        return found(span, Symbol::Named(as_named(named)));
    }
    if let Some((table, column)) = find_column(&path, &scope.tables) {
        return found(span, Symbol::Column(column.clone(), table.name.clone()));
    }
    let table = scope.tables.iter().find(|table| table.qualifier == last.name);
    if let Some((kind, table)) = table.and_then(|table| Some((table.kind?, table))) {
        return found(span, Symbol::Table(kind, table.name.clone()));
    }
    found(span, Symbol::Named(as_named(common()?)))
}

/// The name inside quotes or a template's call.
fn inner_name(span: Span, sql: &str, name: &str) -> Span {
    let last = name.rsplit('.').next().unwrap_or(name);
    match span.text(sql).find(last) {
        Some(at) => Span::new(span.start as usize + at, span.start as usize + at + last.len()),
        None => span,
    }
}

/// The dotted name whose part the offset touches, up to that part, with the kinds of the tokens around it.
fn path_at(analysis: &Analysis, offset: usize) -> Option<(Path, Lexeme, Lexeme)> {
    let tokens: Vec<_> = kinglet_parser::tokens(&analysis.masked)
        .into_iter()
        .filter(|token| token.kind != Lexeme::Comment)
        .collect();
    let is_name = |kind: Lexeme| matches!(kind, Lexeme::Word | Lexeme::QuotedIdentifier);
    let place = tokens.iter().rposition(|token| is_name(token.kind) && touches(token.span, offset))?;
    let mut parts = Vec::new();
    let mut first = place;
    loop {
        let token = tokens.get(first)?;
        let text = token.span.text(&analysis.masked);
        let name = if token.kind == Lexeme::Word { text } else { text.trim_matches(['`', '"']) };
        parts.insert(0, Ident::new(name, token.span));
        let dotted = first >= 2
            && tokens.get(first - 1).is_some_and(|dot| dot.kind == Lexeme::Dot)
            && tokens.get(first - 2).is_some_and(|before| is_name(before.kind));
        if !dotted {
            break;
        }
        first -= 2;
    }
    let next = tokens.get(place + 1).map_or(Lexeme::End, |token| token.kind);
    let before = first.checked_sub(1).and_then(|at| tokens.get(at)).map_or(Lexeme::End, |token| token.kind);
    let span = tokens.get(first)?.span.to(tokens.get(place)?.span);
    Some((Path { parts, span }, next, before))
}

/// What a directive says.
pub(crate) fn directive_summary(
    document: &Document<'_>,
    name: &str,
) -> Option<&'static kinglet_datafile::Directive> {
    let Kind::Datafile(kind) = document.kind() else { return None };
    directives(kind).iter().find(|directive| directive.name == name)
}
