//! Help about what stands at a place, and about the call around it.

use kinglet_diagnostic::Span;
use kinglet_parser::TokenKind as Lexeme;

use crate::analysis::Analysis;
use crate::catalog::{Catalog, Columns, TableKind};
use crate::document::Document;
use crate::parameters::parameters;
use crate::symbol::{Found, Symbol, directive_summary, symbol_at};
use crate::workspace::Workspace;

/// Help about a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hover {
    /// The word.
    pub span: Span,
    /// What it is, as the client's `CompletionKind`.
    pub kind: &'static str,
    /// One line of code.
    pub title: String,
    /// What it is or does.
    pub text: String,
    /// Code that shows it.
    pub example: String,
    /// Columns of a table.
    pub columns: Columns,
}

/// Help about what stands at a byte offset.
pub fn hover(workspace: &Workspace, document: &Document<'_>, offset: usize) -> Option<Hover> {
    let Found { span, symbol } = symbol_at(workspace, document, offset)?;
    let mut hover = Hover { span, ..Hover::default() };
    match symbol {
        Symbol::Directive(name) => {
            let directive = directive_summary(document, &name)?;
            hover.kind = "directive";
            hover.text = directive.summary.to_owned();
            if !directive.values.is_empty() {
                hover.text.push_str("\nOne of: ");
                hover.text.push_str(&directive.values.join(", "));
            }
            hover.title = name;
        }
        Symbol::Function(name) => {
            let function = workspace.functions().find(&name)?;
            hover.kind = if function.is_aggregate { "aggregate" } else { "function" };
            hover.title.clone_from(&function.signature);
            hover.text.clone_from(&function.description);
            hover.example.clone_from(&function.example);
        }
        Symbol::TemplateFunction(function) => {
            hover.kind = "templateFunction";
            hover.title = function.signature();
            hover.text = function.summary.to_owned();
        }
        Symbol::Parameter(name) => {
            let parameter = parameters(document).into_iter().find(|parameter| parameter.name == name)?;
            hover.kind = "parameter";
            hover.title = [&name, " ", &parameter.type_name].concat();
            if let Some(default) = &parameter.default {
                hover.title.push_str(" = ");
                hover.title.push_str(&default.to_json());
            }
            let described = parameter.attributes.iter().find(|(name, _)| name == "description");
            hover.text = described.and_then(|(_, value)| value.as_str()).unwrap_or("").to_owned();
            if parameter.required {
                hover.text.push_str(if hover.text.is_empty() { "Required." } else { "\nRequired." });
            }
        }
        Symbol::Type(name) => {
            hover.kind = "type";
            hover.title = name;
        }
        Symbol::Column(column, table) => {
            hover.kind = "column";
            hover.title = titled(&column.name, &column.type_name);
            if !table.is_empty() {
                hover.text = ["Column of ", &table].concat();
            }
        }
        Symbol::Table(kind, name) => {
            let catalog = Catalog::of(workspace, document);
            // A node of the name would hide what the directive or the query means.
            let (_, columns) = catalog.table(None, &name)?;
            hover.kind = table_kind(kind);
            hover.text = described(workspace, kind, &name);
            hover.columns = columns;
            hover.title = name;
        }
        Symbol::Node(name) => {
            hover.kind = "node";
            hover.columns = Catalog::of(workspace, document).node(&name);
            hover.title = name;
        }
        Symbol::Connection(name) => {
            let connection = workspace.project().connection(&name)?;
            hover.kind = "connection";
            hover.text = connection.value.r#type.clone().unwrap_or_default();
            hover.title = name;
        }
        Symbol::Named(named) => {
            hover.kind = if named.is_table { "table" } else { "alias" };
            hover.title = titled(&named.name, &named.type_name);
            hover.columns = named.columns;
        }
    }
    Some(hover)
}

fn titled(name: &str, type_name: &str) -> String {
    [name, if type_name.is_empty() { "" } else { " " }, type_name].concat()
}

pub(crate) fn table_kind(kind: TableKind) -> &'static str {
    match kind {
        TableKind::Datasource => "datasource",
        TableKind::Pipe => "pipe",
        TableKind::Node => "node",
        TableKind::Table => "table",
    }
}

fn described(workspace: &Workspace, kind: TableKind, name: &str) -> String {
    let project = workspace.project();
    let text = match kind {
        TableKind::Datasource => project.datasource(name).and_then(|found| found.value.description.clone()),
        TableKind::Pipe => project.pipe(name).and_then(|found| found.value.description.clone()),
        TableKind::Node | TableKind::Table => None,
    };
    text.unwrap_or_default()
}

/// The call whose arguments a place is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// From the name to the place.
    pub span: Span,
    /// The function as written.
    pub name: String,
    /// How it is called.
    pub signature: String,
    /// What it does.
    pub description: String,
    /// Which argument the place is in, from 0.
    pub argument: usize,
}

/// The SQL call around a byte offset, when its function is known.
pub fn call_at(workspace: &Workspace, document: &Document<'_>, offset: usize) -> Option<Call> {
    let query = document.query_at(offset)?;
    let at = offset.checked_sub(query.start)?;
    let analysis = Analysis::of(&query.sql);
    if analysis.tag_at(at).is_some() {
        return None;
    }
    // Open brackets before the place: the name before each, and the commas since.
    let mut open: Vec<(Span, usize)> = Vec::new();
    let mut before = Span::default();
    for token in kinglet_parser::tokens(&analysis.masked) {
        if token.span.start as usize >= at {
            break;
        }
        match token.kind {
            Lexeme::OpenRound | Lexeme::OpenSquare => open.push((before, 0)),
            Lexeme::CloseRound | Lexeme::CloseSquare => {
                open.pop();
            }
            Lexeme::Comma => {
                if let Some((_, commas)) = open.last_mut() {
                    *commas += 1;
                }
            }
            _ => {}
        }
        before = if token.kind == Lexeme::Word { token.span } else { Span::default() };
    }
    let (name, argument) = open.pop().filter(|(name, _)| !name.is_empty())?;
    let text = name.text(&analysis.masked);
    let function = workspace.functions().find(text)?;
    Some(Call {
        span: query.place(Span::new(name.start as usize, at)),
        name: text.to_owned(),
        signature: function.signature.clone(),
        description: function.description.clone(),
        argument,
    })
}
