//! Words in a query.

use kinglet_diagnostic::Span;
use kinglet_parser::{HighlightedToken, TokenKind as Lexeme};

use super::{Completion, Completions, tag, words};
use crate::analysis::Analysis;
use crate::catalog::{Catalog, TableKind};
use crate::columns::{Lookup, Scope, scope_at};
use crate::document::{Document, Embedded};
use crate::hover::table_kind;
use crate::workspace::Workspace;

/// Words that open a list of tables, or end one.
const CLAUSES: [&str; 16] = [
    "SELECT", "FROM", "JOIN", "WHERE", "PREWHERE", "ON", "USING", "GROUP", "ORDER", "HAVING", "LIMIT",
    "SETTINGS", "UNION", "QUALIFY", "WINDOW", "FORMAT",
];

/// Words that may stand at an offset of the text, which lies in the query.
pub(super) fn complete(
    workspace: &Workspace,
    document: &Document<'_>,
    query: &Embedded,
    offset: usize,
) -> Option<Completions> {
    let at = offset.checked_sub(query.start)?;
    let analysis = Analysis::of(&query.sql);
    let mut found = if analysis.tag_at(at).is_some() {
        tag::complete(document, &analysis, at)?
    } else {
        in_sql(workspace, document, query, &analysis, at)?
    };
    found.span = query.place(found.span);
    Some(found)
}

fn in_sql(
    workspace: &Workspace,
    document: &Document<'_>,
    query: &Embedded,
    analysis: &Analysis,
    at: usize,
) -> Option<Completions> {
    let tokens = kinglet_parser::tokens(&analysis.masked);
    let covers =
        |token: &&HighlightedToken| (token.span.start as usize) < at && at <= token.span.end as usize;
    let current = tokens.iter().find(covers);
    if current.is_some_and(|token| is_text(token, at)) {
        return None;
    }
    let is_name = |token: &&HighlightedToken| matches!(token.kind, Lexeme::Word | Lexeme::QuotedIdentifier);
    let span = current.filter(is_name).map_or(Span::at(at), |token| token.span);
    let before: Vec<HighlightedToken> = tokens
        .iter()
        .take_while(|token| token.span.end <= span.start)
        .filter(|token| token.kind != Lexeme::Comment)
        .copied()
        .collect();
    let next = tokens.iter().find(|token| token.span.start >= span.end).map(|token| token.kind);
    let place = Place { sql: &analysis.masked, before: &before, is_called: next == Some(Lexeme::OpenRound) };
    let catalog = Catalog::of(workspace, document);
    let own = query.node.as_deref();
    let lookup = |name: &str| catalog.table(own, name);
    let scope = match before.last().map(|token| token.kind) {
        Some(Lexeme::Dot) if span.is_empty() => scope_after_dot(analysis, &lookup, at),
        _ => scope_at(analysis, &lookup, at),
    };
    Some(Completions { span, items: place.items(&catalog, own, &scope) })
}

/// What can be named after a dot that no name follows yet: the next word of the query is none.
fn scope_after_dot(analysis: &Analysis, lookup: Lookup<'_>, at: usize) -> Scope {
    let (before, after) = analysis.sql.split_at_checked(at).unwrap_or((&analysis.sql, ""));
    scope_at(&Analysis::of(&[before, "x", after].concat()), lookup, at)
}

/// Whether the offset lies inside a string or a comment, not just behind it.
fn is_text(token: &HighlightedToken, at: usize) -> bool {
    let ends_here = at == token.span.end as usize;
    match token.kind {
        Lexeme::String | Lexeme::HereDoc => !ends_here,
        Lexeme::Comment | Lexeme::Error(_) | Lexeme::Number => true,
        _ => false,
    }
}

struct Place<'a> {
    sql: &'a str,
    /// Tokens before the word that is being written.
    before: &'a [HighlightedToken],
    /// Whether a bracket follows.
    is_called: bool,
}

impl Place<'_> {
    fn word(&self, back: usize) -> &str {
        let at = self.before.len().checked_sub(back);
        at.and_then(|at| self.before.get(at)).map_or("", |token| token.span.text(self.sql))
    }

    fn is(&self, back: usize, word: &str) -> bool {
        self.word(back).eq_ignore_ascii_case(word)
    }

    fn items(&self, catalog: &Catalog<'_>, own: Option<&str>, scope: &Scope) -> Vec<Completion> {
        match self.before.last().map(|token| token.kind) {
            Some(Lexeme::Dot) => return self.members(scope),
            Some(Lexeme::DoubleColon) => return words::types().collect(),
            _ => {}
        }
        if self.is(1, "AS") && self.in_cast() {
            return words::types().collect();
        }
        if self.is(2, "INTERVAL") {
            return words::units().collect();
        }
        match self.clause() {
            "FORMAT" if self.is(1, "FORMAT") => return words::formats().collect(),
            "SETTINGS" => return words::settings().collect(),
            "FROM" | "JOIN" if self.is(1, "FROM") || self.is(1, "JOIN") || self.is(1, ",") => {
                return tables(catalog, own, scope);
            }
            _ => {}
        }
        let after_operand = self.after_operand();
        let mut items: Vec<Completion> = words::keywords(if after_operand { 3 } else { -2 }).collect();
        if !after_operand {
            items.extend(names(scope));
            items.extend(self.functions(catalog));
        }
        if self.is(1, "IN") {
            items.extend(tables(catalog, own, scope));
        }
        items
    }

    /// The clause that the place is in, on its level of brackets, in upper case.
    fn clause(&self) -> &'static str {
        let mut depth = 0usize;
        for token in self.before.iter().rev() {
            match token.kind {
                Lexeme::CloseRound => depth += 1,
                Lexeme::OpenRound if depth == 0 => return "",
                Lexeme::OpenRound => depth -= 1,
                Lexeme::Word if depth == 0 => {
                    let word = token.span.text(self.sql);
                    if let Some(clause) = CLAUSES.iter().find(|clause| clause.eq_ignore_ascii_case(word)) {
                        return clause;
                    }
                }
                _ => {}
            }
        }
        ""
    }

    fn in_cast(&self) -> bool {
        let mut depth = 0usize;
        for (at, token) in self.before.iter().enumerate().rev() {
            match token.kind {
                Lexeme::CloseRound => depth += 1,
                Lexeme::OpenRound if depth == 0 => {
                    let name = at.checked_sub(1).and_then(|at| self.before.get(at));
                    return name.is_some_and(|name| name.span.text(self.sql).eq_ignore_ascii_case("CAST"));
                }
                Lexeme::OpenRound => depth -= 1,
                _ => {}
            }
        }
        false
    }

    /// Whether an expression or a table has just ended.
    fn after_operand(&self) -> bool {
        use kinglet_parser::Highlight;
        self.before.last().is_some_and(|token| match token.highlight {
            Highlight::Name
            | Highlight::Number
            | Highlight::String
            | Highlight::Constant
            | Highlight::Type => true,
            Highlight::Bracket => matches!(token.kind, Lexeme::CloseRound | Lexeme::CloseSquare),
            _ => false,
        })
    }

    /// Columns of the table before the dot.
    fn members(&self, scope: &Scope) -> Vec<Completion> {
        let qualifier = self.word(2).trim_matches(['`', '"']);
        let tables =
            scope.tables.iter().filter(|table| table.qualifier == qualifier || table.name == qualifier);
        let columns = tables.flat_map(|table| table.columns.iter());
        let nested = scope.tables.iter().flat_map(|table| table.columns.iter()).filter_map(|column| {
            let rest = column.name.strip_prefix(qualifier)?.strip_prefix('.')?;
            Some(Completion::new(rest, "column", 4).with_detail(column.type_name.clone()))
        });
        let columns = columns.map(|column| column_item(&column.name, &column.type_name));
        columns.chain(nested).collect()
    }

    fn functions(&self, catalog: &Catalog<'_>) -> Vec<Completion> {
        let item = |function: &crate::function::Function| {
            let kind = if function.is_aggregate { "aggregate" } else { "function" };
            let found =
                Completion::new(function.name.clone(), kind, 0).with_detail(function.signature.clone());
            if self.is_called { found } else { found.called(!function.signature.ends_with("()")) }
        };
        let is_name = |name: &str| name.starts_with(|c: char| c.is_alphabetic());
        catalog.workspace().functions().all().iter().filter(|found| is_name(&found.name)).map(item).collect()
    }
}

fn column_item(name: &str, type_name: &str) -> Completion {
    let mut item = Completion::new(name, "column", 5).with_detail(type_name);
    if kinglet_parser::needs_quotes(name) && !name.contains('.') {
        item.insert = ["`", name, "`"].concat();
    }
    item
}

/// Columns, aliases and qualifiers that an expression can name.
fn names(scope: &Scope) -> Vec<Completion> {
    let mut items: Vec<Completion> = Vec::new();
    let mut add = |item: Completion| {
        if !items.iter().any(|known| known.label == item.label && known.kind == item.kind) {
            items.push(item);
        }
    };
    for table in &scope.tables {
        for column in table.columns.iter() {
            add(column_item(&column.name, &column.type_name));
        }
    }
    for named in scope.named.iter().filter(|named| !named.is_table) {
        add(Completion::new(named.name.clone(), "alias", 4).with_detail(named.type_name.clone()));
    }
    for table in scope.tables.iter().filter(|table| !table.qualifier.is_empty()) {
        let kind = table.kind.map_or("table", table_kind);
        add(Completion::new(table.qualifier.clone(), kind, 1).with_detail(table.name.clone()));
    }
    items
}

/// What a query can read.
fn tables(catalog: &Catalog<'_>, own: Option<&str>, scope: &Scope) -> Vec<Completion> {
    let mut items: Vec<Completion> = Vec::new();
    for named in scope.named.iter().filter(|named| named.is_table) {
        items.push(Completion::new(named.name.clone(), "table", 5));
    }
    let nodes = catalog.node_names().filter(|name| own != Some(name));
    items.extend(nodes.map(|name| Completion::new(name, table_kind(TableKind::Node), 4)));
    let project = catalog.workspace().project();
    for found in &project.datasources {
        let item = Completion::new(found.full_name(), table_kind(TableKind::Datasource), 3);
        items.push(item.with_info(found.value.description.clone().unwrap_or_default()));
    }
    for found in project.pipes.iter().filter(|pipe| !catalog.is_own(&pipe.path)) {
        let item = Completion::new(found.full_name(), table_kind(TableKind::Pipe), 2);
        items.push(item.with_info(found.value.description.clone().unwrap_or_default()));
    }
    for name in catalog.workspace().tables().keys() {
        if !items.iter().any(|known| known.label == *name) {
            items.push(Completion::new(name.clone(), table_kind(TableKind::Table), 0));
        }
    }
    items.extend(words::table_functions());
    items
}
