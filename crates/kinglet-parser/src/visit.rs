//! Walking a tree: every expression, table and query of it.

use crate::ast::{
    Distinct, Expr, ExprKind, Function, GroupByItems, JoinConstraint, Operator, OrderItem, Over, Path, Query,
    QueryBody, Select, TableElement, TableExpr, TableSource, Transformer, WindowSpec, WithItem,
};

/// What is done on a walk. Each method is called before the parts of what it is given are walked.
pub trait Visitor {
    /// An expression, however deep.
    fn expr(&mut self, expr: &Expr) {
        let _ = expr;
    }

    /// A table of a `FROM` clause.
    fn table(&mut self, table: &TableExpr) {
        let _ = table;
    }

    /// A `SELECT`, the outermost included.
    fn select(&mut self, select: &Select) {
        let _ = select;
    }
}

/// Walks a query.
pub fn walk_query(query: &Query, visitor: &mut dyn Visitor) {
    walk_body(&query.body, visitor);
}

fn walk_body(body: &QueryBody, visitor: &mut dyn Visitor) {
    match body {
        QueryBody::Select(select) => walk_select(select, visitor),
        QueryBody::Nested(query) => walk_query(query, visitor),
        QueryBody::Set(chain) => {
            walk_body(&chain.first, visitor);
            for step in &chain.rest {
                walk_body(&step.operand, visitor);
            }
        }
    }
}

fn walk_exprs<'a>(exprs: impl IntoIterator<Item = &'a Expr>, visitor: &mut dyn Visitor) {
    for expr in exprs {
        walk_expr(expr, visitor);
    }
}

fn walk_select(select: &Select, visitor: &mut dyn Visitor) {
    visitor.select(select);
    for item in select.with.iter().flat_map(|with| &with.items) {
        match item {
            WithItem::Query { query, .. } => walk_query(query, visitor),
            WithItem::Expr(expr) => walk_expr(expr, visitor),
        }
    }
    if let Some(Distinct::On(exprs)) = &select.distinct {
        walk_exprs(exprs, visitor);
    }
    walk_exprs(&select.projection, visitor);
    for element in &select.from {
        walk_element(element, visitor);
    }
    walk_exprs(select.prewhere.iter().chain(&select.filter), visitor);
    match select.group_by.as_ref().map(|group_by| &group_by.items) {
        Some(GroupByItems::Exprs(exprs)) => walk_exprs(exprs, visitor),
        Some(GroupByItems::GroupingSets(sets)) => walk_exprs(sets.iter().flatten(), visitor),
        Some(GroupByItems::All | GroupByItems::None) | None => {}
    }
    walk_exprs(&select.having, visitor);
    for named in &select.windows {
        walk_window(&named.window, visitor);
    }
    walk_exprs(&select.qualify, visitor);
    if let Some(order_by) = &select.order_by {
        walk_order(&order_by.items, visitor);
        walk_exprs(order_by.interpolate.iter().flatten().map(|item| &item.expr), visitor);
    }
    if let Some(limit) = &select.limit_by {
        walk_exprs([&limit.count].into_iter().chain(&limit.offset).chain(&limit.by), visitor);
    }
    if let Some(limit) = &select.limit {
        walk_exprs(limit.count.iter().chain(&limit.offset), visitor);
        if let Some(range) = &limit.range {
            walk_exprs(range.after.iter().chain(&range.until), visitor);
        }
    }
}

fn walk_order(items: &[OrderItem], visitor: &mut dyn Visitor) {
    for item in items {
        walk_expr(&item.expr, visitor);
        if let Some(fill) = &item.fill {
            let bounds = fill.from.iter().chain(&fill.to).chain(&fill.step).chain(&fill.staleness);
            walk_exprs(bounds, visitor);
        }
    }
}

fn walk_window(window: &WindowSpec, visitor: &mut dyn Visitor) {
    walk_exprs(&window.partition_by, visitor);
    walk_order(&window.order_by, visitor);
}

fn walk_element(element: &TableElement, visitor: &mut dyn Visitor) {
    match element {
        TableElement::ArrayJoin(array_join) => walk_exprs(&array_join.exprs, visitor),
        TableElement::Table { table, join } => {
            walk_table(table, visitor);
            match join.as_ref().and_then(|join| join.constraint.as_ref()) {
                Some(JoinConstraint::On(condition)) => walk_expr(condition, visitor),
                Some(JoinConstraint::Using(columns)) => walk_exprs(columns, visitor),
                None => {}
            }
        }
    }
}

/// Walks a table: its function's arguments, its subquery.
pub fn walk_table(table: &TableExpr, visitor: &mut dyn Visitor) {
    visitor.table(table);
    match &table.source {
        TableSource::Name(_) => {}
        TableSource::Function(function) => walk_function(function, visitor),
        TableSource::Subquery(query) => walk_query(query, visitor),
    }
}

/// Walks an expression and everything in it, subqueries included.
pub fn walk_expr(expr: &Expr, visitor: &mut dyn Visitor) {
    visitor.expr(expr);
    match &expr.kind {
        ExprKind::Function(function) => walk_function(function, visitor),
        ExprKind::Subquery(query) => walk_query(query, visitor),
        ExprKind::Asterisk(asterisk) => {
            walk_exprs(&asterisk.expression, visitor);
            walk_transformers(&asterisk.transformers, visitor);
        }
        ExprKind::Columns(columns) => {
            walk_exprs(&columns.expression, visitor);
            walk_transformers(&columns.transformers, visitor);
        }
        ExprKind::Literal(_)
        | ExprKind::Identifier(_)
        | ExprKind::Parameter(_)
        | ExprKind::Settings(_)
        | ExprKind::Error => {}
    }
}

fn walk_function(function: &Function, visitor: &mut dyn Visitor) {
    walk_exprs(function.parameters.iter().flatten(), visitor);
    walk_exprs(function.effective_arguments(), visitor);
    if let Some(Over::Window(window)) = &function.over {
        walk_window(window, visitor);
    }
}

fn walk_transformers(transformers: &[Transformer], visitor: &mut dyn Visitor) {
    for transformer in transformers {
        match transformer {
            Transformer::Except { .. } => {}
            Transformer::Replace { items, .. } => walk_exprs(items.iter().map(|item| &item.expr), visitor),
            Transformer::ApplyFunction { parameters, .. } => walk_exprs(parameters.iter().flatten(), visitor),
            Transformer::ApplyLambda { lambda, .. } => walk_expr(lambda, visitor),
        }
    }
}

/// A table that a query reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableReference {
    /// Its name as written, with its span.
    pub path: Path,
    /// Whether it stands on the right of `IN`, where a name can also be a column.
    pub in_set: bool,
}

/// The tables a query reads, in the order of the text, repeated as often as they are written. Names of
/// common table expressions are left out wherever one of that name is defined in the query.
pub fn referenced_tables(query: &Query) -> Vec<TableReference> {
    let mut collector = Collector { tables: Vec::new(), defined: Vec::new() };
    walk_query(query, &mut collector);
    let Collector { mut tables, defined } = collector;
    tables.retain(|table| table.path.as_single().is_none_or(|name| !defined.contains(&name.name)));
    let mut ordered: Vec<TableReference> = Vec::with_capacity(tables.len());
    for table in tables {
        let start = table.path.span.start;
        let at = ordered.partition_point(|known| known.path.span.start <= start);
        ordered.insert(at, table);
    }
    ordered
}

struct Collector {
    tables: Vec<TableReference>,
    defined: Vec<String>,
}

impl Visitor for Collector {
    fn expr(&mut self, expr: &Expr) {
        let Some(function) = expr.as_function() else { return };
        let is_set = function.operator().is_some_and(Operator::is_in);
        if let (true, Some(path)) = (is_set, function.arguments.get(1).and_then(Expr::as_identifier)) {
            self.tables.push(TableReference { path: path.clone(), in_set: true });
        }
    }

    fn table(&mut self, table: &TableExpr) {
        if let TableSource::Name(path) = &table.source {
            self.tables.push(TableReference { path: path.clone(), in_set: false });
        }
    }

    fn select(&mut self, select: &Select) {
        for item in select.with.iter().flat_map(|with| &with.items) {
            match item {
                WithItem::Query { name, .. } => self.defined.push(name.name.clone()),
                WithItem::Expr(expr) => {
                    self.defined.extend(expr.alias.iter().map(|alias| alias.name.clone()));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_found_everywhere_but_in_names_of_subqueries() {
        let sql = "WITH c AS (SELECT * FROM a), 1 AS one SELECT (SELECT max(x) FROM db.b), arrayMap(y -> y IN d, e.f) \
                   FROM c JOIN (SELECT 1 FROM g ORDER BY (SELECT 2 FROM h)) AS i ON i.x IN (SELECT z FROM j) \
                   WHERE k IN one UNION ALL SELECT * FROM merge(l), remote('m', view(SELECT 1 FROM n))";
        let query = crate::parse_select(sql).into_result().unwrap();
        let names: Vec<String> =
            referenced_tables(&query).iter().map(|table| table.path.full_name()).collect();
        assert_eq!(names, ["a", "db.b", "d", "g", "h", "j", "n"]);
    }
}
