//! The column names ClickHouse gives to expressions.

use kinglet_parser::ast::{Expr, ExprKind, Function, Literal, Syntax, Value};
use kinglet_types::quote_string;

/// The name of an expression as a column: its alias, or the expression with all syntax as functions.
pub(crate) fn column_name(expr: &Expr) -> String {
    match &expr.alias {
        Some(alias) => alias.name.clone(),
        None => unaliased(expr),
    }
}

fn unaliased(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Literal(literal) => self::literal(literal),
        ExprKind::Identifier(path) => path.full_name(),
        ExprKind::Function(function) => self::function(function),
        ExprKind::Asterisk(_) => "*".to_owned(),
        ExprKind::Subquery(_) => "_subquery1".to_owned(),
        ExprKind::Parameter(parameter) => parameter.name.name.clone(),
        _ => kinglet_parser::expr_to_string(expr),
    }
}

fn literal(literal: &Literal) -> String {
    match &literal.value {
        Value::Null => "NULL".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::UInt64(value) => value.to_string(),
        Value::Int64(value) => value.to_string(),
        Value::Float64(value) => {
            let mut out = Vec::new();
            crate::text::write_f64(*value, &mut out);
            let text = String::from_utf8_lossy(&out).into_owned();
            if text.bytes().all(|b| b.is_ascii_digit() || b == b'-') { format!("{text}.") } else { text }
        }
        Value::String(bytes) => quote_string(&String::from_utf8_lossy(bytes)),
    }
}

fn all_literals(exprs: &[Expr]) -> bool {
    exprs.iter().all(|expr| match &expr.kind {
        ExprKind::Literal(_) => expr.alias.is_none(),
        ExprKind::Function(f) => {
            matches!(f.syntax, Syntax::Array | Syntax::Tuple) && all_literals(&f.arguments)
        }
        _ => false,
    })
}

fn list(exprs: &[Expr]) -> String {
    exprs.iter().map(column_name).collect::<Vec<_>>().join(", ")
}

fn function(function: &Function) -> String {
    let args = &function.arguments;
    let constant = !args.is_empty() && all_literals(args);
    match (function.syntax, args.as_slice()) {
        (Syntax::Array, _) if constant => return format!("[{}]", list(args)),
        (Syntax::Tuple, [_, _, ..]) if constant => return format!("({})", list(args)),
        (Syntax::Between, [x, low, high]) => {
            let (x, low, high) = (column_name(x), column_name(low), column_name(high));
            return format!("and(greaterOrEquals({x}, {low}), lessOrEquals({x}, {high}))");
        }
        (Syntax::NotBetween, [x, low, high]) => {
            let (x, low, high) = (column_name(x), column_name(low), column_name(high));
            return format!("or(less({x}, {low}), greater({x}, {high}))");
        }
        (Syntax::Lambda, [parameters, body]) => {
            let parameters = match &parameters.kind {
                ExprKind::Function(tuple) => list(&tuple.arguments),
                _ => column_name(parameters),
            };
            return format!("lambda(tuple({parameters}), {})", column_name(body));
        }
        _ => {}
    }
    let name = function.effective_name();
    let parameters = function.parameters.as_ref().map(|p| format!("({})", list(p))).unwrap_or_default();
    let arguments: Vec<String> = function
        .effective_arguments()
        .filter(|arg| !(matches!(arg.kind, ExprKind::Asterisk(_)) && name.eq_ignore_ascii_case("count")))
        .map(column_name)
        .collect();
    let over = match &function.over {
        None => String::new(),
        Some(kinglet_parser::ast::Over::Name(name)) => format!(" OVER {}", name.name),
        Some(kinglet_parser::ast::Over::Window(spec)) => format!(" OVER ({})", window(spec)),
    };
    format!("{name}{parameters}({}){over}", arguments.join(", "))
}

fn window(spec: &kinglet_parser::ast::WindowSpec) -> String {
    use kinglet_parser::ast::{FrameBound, FrameUnit};
    let mut parts = Vec::new();
    if let Some(parent) = &spec.parent {
        parts.push(parent.name.clone());
    }
    if !spec.partition_by.is_empty() {
        parts.push(format!("PARTITION BY {}", list(&spec.partition_by)));
    }
    if !spec.order_by.is_empty() {
        let keys: Vec<String> = spec
            .order_by
            .iter()
            .map(|key| format!("{} {}", column_name(&key.expr), if key.descending { "DESC" } else { "ASC" }))
            .collect();
        parts.push(format!("ORDER BY {}", keys.join(", ")));
    }
    if let Some(frame) = &spec.frame {
        let bound = |bound: &FrameBound| match bound {
            FrameBound::UnboundedPreceding => "UNBOUNDED PRECEDING".to_owned(),
            FrameBound::UnboundedFollowing => "UNBOUNDED FOLLOWING".to_owned(),
            FrameBound::CurrentRow => "CURRENT ROW".to_owned(),
            FrameBound::Preceding(n) => format!("{} PRECEDING", column_name(n)),
            FrameBound::Following(n) => format!("{} FOLLOWING", column_name(n)),
        };
        let unit = match frame.unit {
            FrameUnit::Rows => "ROWS",
            FrameUnit::Range => "RANGE",
            FrameUnit::Groups => "GROUPS",
        };
        parts.push(format!("{unit} BETWEEN {} AND {}", bound(&frame.start), bound(&frame.end)));
    }
    parts.join(" ")
}
