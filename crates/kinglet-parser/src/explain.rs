//! The tree of a query as ClickHouse's `EXPLAIN AST` prints it.

use crate::ast::{
    Asterisk, Columns, ColumnsPattern, Distinct, ExceptColumns, Expr, ExprKind, Function, GroupByItems,
    JoinConstraint, OrderItem, Output, Over, Path, Query, QueryBody, Select, SetOperator, Statement,
    StatementKind, Syntax, TableElement, TableExpr, TableSource, Transformer, Value, WindowSpec, With,
    WithItem,
};
use crate::print::{MAX_BETWEEN, between_depth, is_literal_array, is_literal_tuple};

/// The tree of a query, or of a query that is explained, in the words of ClickHouse's `EXPLAIN AST`:
/// one node a line, indented by depth. `None` for any other statement.
pub fn explain_ast(statement: &Statement) -> Option<String> {
    let node = match &statement.kind {
        StatementKind::Query(query) => with_output(query_node(query), &statement.output),
        StatementKind::Explain(explain) => {
            let StatementKind::Query(query) = &explain.statement.kind else { return None };
            node(format!("Explain {}", explain.kind.words()), vec![query_node(query)])
        }
        _ => return None,
    };
    let mut out = String::new();
    write(&node, 0, &mut out);
    Some(out)
}

/// A node of the printed tree.
struct Node {
    label: String,
    children: Vec<Node>,
}

fn node(label: impl Into<String>, children: Vec<Node>) -> Node {
    Node { label: label.into(), children }
}

fn leaf(label: impl Into<String>) -> Node {
    node(label, Vec::new())
}

fn list(children: impl IntoIterator<Item = Node>) -> Node {
    node("ExpressionList", children.into_iter().collect())
}

fn write(node: &Node, depth: usize, out: &mut String) {
    out.extend(std::iter::repeat_n(' ', depth));
    out.push_str(&node.label);
    if !node.children.is_empty() {
        out.push_str(&format!(" (children {})", node.children.len()));
    }
    out.push('\n');
    for child in &node.children {
        write(child, depth + 1, out);
    }
}

fn with_output(mut query: Node, output: &Output) -> Node {
    if let Some(file) = &output.outfile {
        query
            .children
            .push(leaf(format!("Literal {}", literal(&Value::String(file.path.clone().into_bytes())))));
    }
    if !output.settings.is_empty() {
        query.children.push(leaf("Set"));
    }
    if let Some(format) = &output.format {
        query.children.push(leaf(format!("Identifier {}", format.name)));
    }
    query
}

fn query_node(query: &Query) -> Node {
    node("SelectWithUnionQuery", vec![list(operands(&query.body))])
}

/// The queries that `UNION` combines; those combined otherwise are one node.
fn operands(body: &QueryBody) -> Vec<Node> {
    match body {
        QueryBody::Set(chain) => {
            let mut found = operand(&chain.first);
            for step in &chain.rest {
                if step.operator == SetOperator::Union {
                    found.extend(operand(&step.operand));
                    continue;
                }
                let left = match (step.operator, found.pop()) {
                    (SetOperator::Except, Some(left)) => {
                        found.push(left);
                        node("SelectWithUnionQuery", vec![list(std::mem::take(&mut found))])
                    }
                    (_, Some(left)) => left,
                    (_, None) => leaf("SelectQuery"),
                };
                let mut children = vec![left];
                children.extend(operand(&step.operand));
                found.push(node("SelectIntersectExceptQuery", children));
            }
            found
        }
        other => operand(other),
    }
}

fn operand(body: &QueryBody) -> Vec<Node> {
    match body {
        QueryBody::Select(select) => vec![select_node(select)],
        QueryBody::Nested(query) => match query.as_select() {
            Some(select) => vec![select_node(select)],
            None => vec![query_node(query)],
        },
        QueryBody::Set(_) => operands(body),
    }
}

fn exprs(exprs: &[Expr]) -> Node {
    list(exprs.iter().map(expr))
}

fn select_node(select: &Select) -> Node {
    let mut children = Vec::new();
    if let Some(with) = &select.with {
        children.push(list(with.items.iter().map(with_item)));
    }
    children.push(exprs(&select.projection));
    if !select.from.is_empty() {
        children.push(node("TablesInSelectQuery", select.from.iter().map(element).collect()));
    }
    children.extend(select.prewhere.iter().chain(&select.filter).map(expr));
    match select.group_by.as_ref().map(|group_by| &group_by.items) {
        Some(GroupByItems::Exprs(keys)) => children.push(exprs(keys)),
        Some(GroupByItems::GroupingSets(sets)) => children.push(list(sets.iter().map(|set| exprs(set)))),
        Some(GroupByItems::All | GroupByItems::None) | None => {}
    }
    children.extend(select.having.iter().map(expr));
    if !select.windows.is_empty() {
        let windows = select.windows.iter();
        children.push(list(windows.map(|named| node("WindowListElement", vec![window(&named.window)]))));
    }
    children.extend(select.qualify.iter().map(expr));
    if let Some(order_by) = &select.order_by {
        children.push(list(order_by.items.iter().map(order_item)));
    }
    limits(select, &mut children);
    if !select.settings.is_empty() {
        children.push(leaf("Set"));
    }
    children.extend(select.with.as_ref().and_then(cte_columns));
    if let Some(items) = select.order_by.as_ref().and_then(|order_by| order_by.interpolate.as_ref()) {
        let items = items.iter().map(|item| {
            node(format!("InterpolateElement (column {})", item.column.name), vec![expr(&item.expr)])
        });
        children.push(list(items));
    }
    node("SelectQuery", children)
}

fn limits(select: &Select, children: &mut Vec<Node>) {
    if let Some(limit) = &select.limit_by {
        children.extend(limit.offset.iter().map(expr));
        children.push(expr(&limit.count));
        children.push(exprs(&limit.by));
    }
    if let Some(Distinct::On(keys)) = &select.distinct {
        children.push(leaf("Literal UInt64_1"));
        children.push(exprs(keys));
    }
    if let Some(limit) = &select.limit {
        children.extend(limit.offset.iter().chain(&limit.count).map(expr));
    }
}

fn with_item(item: &WithItem) -> Node {
    match item {
        WithItem::Expr(item) => expr(item),
        WithItem::Query { query, .. } => node("WithElement", vec![node("Subquery", vec![query_node(query)])]),
    }
}

/// The column names of the last common table expression that has any, which ClickHouse keeps apart.
fn cte_columns(with: &With) -> Option<Node> {
    let mut lists = with.items.iter().rev().filter_map(|item| match item {
        WithItem::Query { columns, .. } if !columns.is_empty() => Some(columns),
        _ => None,
    });
    let columns = lists.next()?;
    Some(list(columns.iter().map(|column| leaf(format!("Identifier {}", column.name)))))
}

fn element(element: &TableElement) -> Node {
    let children = match element {
        TableElement::ArrayJoin(array_join) => vec![node("ArrayJoin", vec![exprs(&array_join.exprs)])],
        TableElement::Table { table, join } => {
            let mut children = vec![table_node(table)];
            if let Some(join) = join {
                let condition = match &join.constraint {
                    Some(JoinConstraint::On(condition)) => vec![expr(condition)],
                    Some(JoinConstraint::Using(columns)) => vec![exprs(columns)],
                    None => Vec::new(),
                };
                children.push(node("TableJoin", condition));
            }
            children
        }
    };
    node("TablesInSelectQueryElement", children)
}

fn table_node(table: &TableExpr) -> Node {
    let alias = alias(table.alias.as_ref().map(|alias| alias.name.as_str()));
    let mut children = vec![match &table.source {
        TableSource::Name(path) => leaf(format!("TableIdentifier {}{alias}", path.full_name())),
        TableSource::Function(called) => function(called, &alias),
        TableSource::Subquery(query) => node(format!("Subquery{alias}"), vec![query_node(query)]),
    }];
    if let Some(sample) = &table.sample {
        for ratio in [Some(sample.ratio), sample.offset].into_iter().flatten() {
            children.push(leaf(format!("SampleRatio {} / {}", ratio.numerator, ratio.denominator)));
        }
    }
    node("TableExpression", children)
}

fn order_item(item: &OrderItem) -> Node {
    let mut children = vec![expr(&item.expr)];
    children.extend(item.collate.iter().map(expr));
    if let Some(fill) = &item.fill {
        let bounds = fill.from.iter().chain(&fill.to).chain(&fill.step).chain(&fill.staleness);
        children.extend(bounds.map(expr));
    }
    node("OrderByElement", children)
}

fn window(window: &WindowSpec) -> Node {
    let mut children = Vec::new();
    if !window.partition_by.is_empty() {
        children.push(exprs(&window.partition_by));
    }
    if !window.order_by.is_empty() {
        children.push(list(window.order_by.iter().map(order_item)));
    }
    if let Some(frame) = &window.frame {
        for bound in [&frame.start, &frame.end] {
            if let crate::ast::FrameBound::Preceding(offset) | crate::ast::FrameBound::Following(offset) =
                bound
            {
                children.push(expr(offset));
            }
        }
    }
    node("WindowDefinition", children)
}

fn alias(name: Option<&str>) -> String {
    name.map_or_else(String::new, |name| format!(" (alias {name})"))
}

fn expr(expr: &Expr) -> Node {
    let alias = alias(expr.alias.as_ref().map(|alias| alias.name.as_str()));
    match &expr.kind {
        ExprKind::Literal(value) => leaf(format!("Literal {}{alias}", literal(&value.value))),
        ExprKind::Identifier(path) => leaf(format!("Identifier {}{alias}", path.full_name())),
        ExprKind::Function(called) => match collection(called) {
            Some(value) => leaf(format!("Literal {value}{alias}")),
            None => function(called, &alias),
        },
        ExprKind::Asterisk(asterisk) => asterisk_node(asterisk),
        ExprKind::Columns(columns) => columns_node(columns),
        ExprKind::Subquery(query) => node(format!("Subquery{alias}"), vec![query_node(query)]),
        ExprKind::Parameter(parameter) => {
            let data_type = crate::print::data_type_to_string(&parameter.data_type);
            leaf(format!("QueryParameter {}:{data_type}{alias}", parameter.name.name))
        }
        ExprKind::Settings(_) => leaf("Set"),
        ExprKind::Error => leaf("Error"),
    }
}

fn function(function: &Function, alias: &str) -> Node {
    if let (Syntax::Between | Syntax::NotBetween, [value, low, high]) =
        (function.syntax, function.arguments.as_slice())
        && between_depth(value) <= MAX_BETWEEN
    {
        let (name, first, second) = match function.syntax {
            Syntax::Between => ("and", "greaterOrEquals", "lessOrEquals"),
            _ => ("or", "less", "greater"),
        };
        let comparison = |name: &str, bound: &Expr| {
            node(format!("Function {name}"), vec![list([expr(value), expr(bound)])])
        };
        return node(
            format!("Function {name}{alias}"),
            vec![list([comparison(first, low), comparison(second, high)])],
        );
    }
    let is_view =
        ["view", "viewIfPermitted"].iter().any(|name| name.eq_ignore_ascii_case(&function.name.name));
    let argument = |argument: &Expr| match &argument.kind {
        ExprKind::Subquery(query) if is_view => query_node(query),
        _ => expr(argument),
    };
    let mut children = vec![list(function.effective_arguments().map(argument))];
    if let Some(parameters) = &function.parameters {
        children.push(exprs(parameters));
    }
    if let Some(Over::Window(spec)) = &function.over {
        children.push(window(spec));
    }
    node(format!("Function {}{alias}", function.effective_name()), children)
}

/// The text of an array or tuple that is one literal for ClickHouse.
fn collection(function: &Function) -> Option<String> {
    let (open, close) = match function.syntax {
        Syntax::Array if is_literal_array(&function.arguments) => ("Array_[", "]"),
        Syntax::Tuple if is_literal_tuple(&function.arguments) => ("Tuple_(", ")"),
        _ => return None,
    };
    let elements: Vec<String> = function.arguments.iter().map(element_text).collect();
    Some(format!("{open}{}{close}", elements.join(", ")))
}

fn element_text(element: &Expr) -> String {
    match (&element.kind, element.as_function()) {
        (ExprKind::Literal(value), _) => literal(&value.value),
        (_, Some(function)) => collection(function).unwrap_or_default(),
        _ => String::new(),
    }
}

fn literal(value: &Value) -> String {
    let mut text = String::new();
    match value {
        Value::Float64(number) => crate::print::write_float(&mut text, *number),
        Value::Bool(value) => text.push(if *value { '1' } else { '0' }),
        other => crate::print::write_value(&mut text, other),
    }
    match value {
        Value::Null | Value::String(_) => text,
        Value::Bool(_) => format!("Bool_{text}"),
        Value::UInt64(_) => format!("UInt64_{text}"),
        Value::Int64(_) => format!("Int64_{text}"),
        Value::Float64(_) => format!("Float64_{text}"),
    }
}

fn qualified(path: Option<&Path>, expression: Option<&Expr>) -> Vec<Node> {
    let path = path.map(|path| leaf(format!("Identifier {}", path.full_name())));
    path.into_iter().chain(expression.map(expr)).collect()
}

fn asterisk_node(asterisk: &Asterisk) -> Node {
    let mut children = qualified(asterisk.qualifier.as_ref(), asterisk.expression.as_ref());
    let name = if asterisk.qualifier.is_some() { "QualifiedAsterisk" } else { "Asterisk" };
    children.extend(transformers(&asterisk.transformers));
    node(name, children)
}

fn columns_node(columns: &Columns) -> Node {
    let mut children = qualified(columns.qualifier.as_ref(), columns.expression.as_ref());
    let qualified = if columns.qualifier.is_some() { "Qualified" } else { "" };
    let name = match &columns.pattern {
        ColumnsPattern::Regexp(_) => "ColumnsRegexpMatcher",
        ColumnsPattern::List(paths) => {
            children.push(list(paths.iter().map(|path| leaf(format!("Identifier {}", path.full_name())))));
            "ColumnsListMatcher"
        }
    };
    children.extend(transformers(&columns.transformers));
    node(format!("{qualified}{name}"), children)
}

fn transformers(transformers: &[Transformer]) -> Option<Node> {
    let nodes: Vec<Node> = transformers.iter().map(transformer).collect();
    (!nodes.is_empty()).then(|| node("ColumnsTransformerList", nodes))
}

fn transformer(transformer: &Transformer) -> Node {
    match transformer {
        Transformer::Except { columns: ExceptColumns::Names(names), .. } => {
            let names = names.iter().map(|path| leaf(format!("Identifier {}", path.full_name())));
            node("ColumnsExceptTransformer", names.collect())
        }
        Transformer::Except { columns: ExceptColumns::Regexp(_), .. } => leaf("ColumnsExceptTransformer"),
        Transformer::Replace { items, .. } => {
            let items = items.iter();
            let items =
                items.map(|item| node("ColumnsReplaceTransformer::Replacement", vec![expr(&item.expr)]));
            node("ColumnsReplaceTransformer", items.collect())
        }
        Transformer::ApplyFunction { .. } | Transformer::ApplyLambda { .. } => {
            leaf("ColumnsApplyTransformer")
        }
    }
}
