//! The column names ClickHouse gives to expressions: the parser's, with what only the binder knows.

use std::collections::HashMap;

use kinglet_diagnostic::Span;
use kinglet_parser::ast::{
    Expr, ExprKind, Path, Query, QueryBody, Select, Syntax, TableElement, TableSource, WithItem,
};

/// How an identifier shows, where not as written.
type Shown<'a> = &'a dyn Fn(&Path) -> Option<String>;

/// The name of an expression as a column: its alias, or the expression with all syntax as functions.
pub(crate) fn column_name(expr: &Expr) -> String {
    kinglet_parser::column_name(expr)
}

/// [`column_name`] with identifiers as `shown` says and subqueries as `numbers` does.
pub(crate) fn column_name_in(expr: &Expr, shown: Shown<'_>, numbers: &SubqueryNumbers) -> String {
    kinglet_parser::column_name_with(expr, &mut |part| match &part.kind {
        ExprKind::Identifier(path) => shown(path),
        ExprKind::Subquery(_) => numbers.name(part),
        ExprKind::Function(function) if function.syntax == Syntax::Exists => {
            // Whether a subquery that does not depend on the row has rows is known before the query is named.
            let query = function.arguments.first()?;
            match numbers.is_correlated(query) {
                true => Some(format!("exists({})", numbers.name(query)?)),
                false => Some("1".to_owned()),
            }
        }
        _ => None,
    })
}

/// The numbers of subqueries: in the order ClickHouse analyses them, those of FROM before the select list, a
/// subquery before what is inside it.
#[derive(Debug, Default)]
pub(crate) struct SubqueryNumbers {
    of: HashMap<Span, usize>,
    /// Subqueries of EXISTS that refer to the query around them.
    correlated: std::cell::RefCell<Vec<Span>>,
    /// Queries looked at so far; one used by several names is looked at for each.
    visits: usize,
}

/// Deepest query that is numbered.
const DEEPEST: usize = 100;

/// Most queries that are looked at.
const MOST_VISITS: usize = 10_000;

impl SubqueryNumbers {
    /// The numbers of the subqueries in a query.
    pub(crate) fn new(query: &Query) -> Self {
        let mut numbers = Self::default();
        numbers.query(query, &mut Vec::new(), 0);
        numbers
    }

    /// Notes that a subquery of EXISTS depends on the row.
    pub(crate) fn correlate(&self, query: &Expr) {
        self.correlated.borrow_mut().push(query.span);
    }

    fn is_correlated(&self, query: &Expr) -> bool {
        self.correlated.borrow().contains(&query.span)
    }

    fn name(&self, subquery: &Expr) -> Option<String> {
        self.of.get(&subquery.span).map(|number| format!("_subquery_{number}"))
    }

    fn number(&mut self, span: Span) {
        let next = self.of.len() + 1;
        self.of.entry(span).or_insert(next);
    }

    fn query<'a>(&mut self, query: &'a Query, ctes: &mut Vec<(&'a str, &'a Query)>, depth: usize) {
        self.visits += 1;
        if depth > DEEPEST || self.visits > MOST_VISITS {
            return;
        }
        let known = ctes.len();
        self.body(&query.body, ctes, depth);
        ctes.truncate(known);
    }

    fn body<'a>(&mut self, body: &'a QueryBody, ctes: &mut Vec<(&'a str, &'a Query)>, depth: usize) {
        match body {
            QueryBody::Select(select) => self.select(select, ctes, depth),
            QueryBody::Nested(query) => self.query(query, ctes, depth + 1),
            QueryBody::Set(chain) => {
                self.body(&chain.first, ctes, depth + 1);
                chain.rest.iter().for_each(|step| self.body(&step.operand, ctes, depth + 1));
            }
        }
    }

    fn select<'a>(&mut self, select: &'a Select, ctes: &mut Vec<(&'a str, &'a Query)>, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        for item in select.with.iter().flat_map(|with| &with.items) {
            if let WithItem::Query { name, query, .. } = item {
                ctes.push((&name.name, query));
            }
        }
        for element in &select.from {
            let TableElement::Table { table, .. } = element else { continue };
            match &table.source {
                TableSource::Subquery(query) => {
                    self.number(table.span);
                    self.query(query, ctes, depth + 1);
                }
                TableSource::Name(path) => {
                    let name = path.full_name();
                    let cte = ctes.iter().rposition(|(known, _)| *known == name);
                    if let Some((at, query)) = cte.and_then(|at| Some((at, ctes.get(at)?.1))) {
                        self.number(table.span);
                        let mut before = ctes.get(..at).unwrap_or_default().to_vec();
                        self.query(query, &mut before, depth + 1);
                    }
                }
                TableSource::Function(_) => {}
            }
        }
        for expr in &select.projection {
            self.expr(expr, ctes, depth + 1);
        }
    }

    fn expr<'a>(&mut self, expr: &'a Expr, ctes: &mut Vec<(&'a str, &'a Query)>, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match &expr.kind {
            ExprKind::Subquery(query) => {
                self.number(expr.span);
                self.query(query, ctes, depth + 1);
            }
            ExprKind::Function(function) => {
                function.arguments.iter().for_each(|argument| self.expr(argument, ctes, depth + 1));
            }
            _ => {}
        }
    }
}
