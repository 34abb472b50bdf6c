//! The column names ClickHouse gives to expressions.

use kinglet_parser::ast::{Expr, ExprKind, Function, Literal, Syntax, Value};
use kinglet_types::quote_string;

/// How an identifier shows, where not as written.
type Shown<'a> = &'a dyn Fn(&kinglet_parser::ast::Path) -> Option<String>;

/// The name of an expression as a column: its alias, or the expression with all syntax as functions.
pub(crate) fn column_name(expr: &Expr) -> String {
    column_name_in(expr, &|_| None)
}

/// [`column_name`] with identifiers as `shown` says.
pub(crate) fn column_name_in(expr: &Expr, shown: Shown<'_>) -> String {
    if let Some(alias) = &expr.alias {
        return alias.name.clone();
    }
    match &expr.kind {
        ExprKind::Literal(literal) => self::literal(literal),
        ExprKind::Identifier(path) => shown(path).unwrap_or_else(|| path.full_name()),
        ExprKind::Function(function) => self::function(function, shown),
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
        Value::Float64(value) => float(*value),
        Value::String(bytes) => quote_string(&String::from_utf8_lossy(bytes)),
    }
}

/// A float as a literal: with a point where its digits have none.
fn float(value: f64) -> String {
    let mut out = Vec::new();
    crate::text::write_f64(value, &mut out);
    let text = String::from_utf8_lossy(&out).into_owned();
    if text.bytes().all(|b| b.is_ascii_digit() || b == b'-') { format!("{text}.") } else { text }
}

/// The elements of an array; whole numbers beside floats show as floats.
fn elements(exprs: &[Expr], shown: Shown<'_>) -> String {
    let value = |expr: &Expr| expr.as_literal().map(|literal| literal.value.clone());
    let floats = exprs.iter().all(|expr| value(expr).is_some())
        && exprs.iter().any(|expr| matches!(value(expr), Some(Value::Float64(_))));
    let one = |expr: &Expr| match value(expr) {
        Some(Value::UInt64(v)) if floats => float(v as f64),
        Some(Value::Int64(v)) if floats => float(v as f64),
        _ => column_name_in(expr, shown),
    };
    exprs.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn list(exprs: &[Expr], shown: Shown<'_>) -> String {
    exprs.iter().map(|expr| column_name_in(expr, shown)).collect::<Vec<_>>().join(", ")
}

fn function(function: &Function, shown: Shown<'_>) -> String {
    let args = &function.arguments;
    let of = |expr: &Expr| column_name_in(expr, shown);
    match (function.syntax, args.as_slice()) {
        (Syntax::Between, [x, low, high]) => {
            return format!(
                "and(greaterOrEquals({0}, {1}), lessOrEquals({0}, {2}))",
                of(x),
                of(low),
                of(high)
            );
        }
        (Syntax::NotBetween, [x, low, high]) => {
            return format!("or(less({0}, {1}), greater({0}, {2}))", of(x), of(low), of(high));
        }
        (Syntax::Lambda, [parameters, body]) => {
            let parameters = match &parameters.kind {
                ExprKind::Function(tuple) => list(&tuple.arguments, shown),
                _ => of(parameters),
            };
            return format!("lambda(tuple({parameters}), {})", of(body));
        }
        _ => {}
    }
    let name = function.effective_name();
    match name.as_ref() {
        "array" => return format!("[{}]", elements(args, shown)),
        "tuple" => return format!("({})", list(args, shown)),
        _ => {}
    }
    let parameters =
        function.parameters.as_ref().map(|p| format!("({})", list(p, shown))).unwrap_or_default();
    let arguments: Vec<String> = function
        .effective_arguments()
        .filter(|arg| !(matches!(arg.kind, ExprKind::Asterisk(_)) && name.eq_ignore_ascii_case("count")))
        .map(of)
        .collect();
    let over = match &function.over {
        None => String::new(),
        Some(kinglet_parser::ast::Over::Name(name)) => format!(" OVER {}", name.name),
        Some(kinglet_parser::ast::Over::Window(spec)) => format!(" OVER ({})", window(spec, shown)),
    };
    format!("{name}{parameters}({}){over}", arguments.join(", "))
}

fn window(spec: &kinglet_parser::ast::WindowSpec, shown: Shown<'_>) -> String {
    use kinglet_parser::ast::{FrameBound, FrameUnit};
    let mut parts = Vec::new();
    if let Some(parent) = &spec.parent {
        parts.push(parent.name.clone());
    }
    if !spec.partition_by.is_empty() {
        parts.push(format!("PARTITION BY {}", list(&spec.partition_by, shown)));
    }
    if !spec.order_by.is_empty() {
        let keys: Vec<String> = spec
            .order_by
            .iter()
            .map(|key| {
                format!(
                    "{} {}",
                    column_name_in(&key.expr, shown),
                    if key.descending { "DESC" } else { "ASC" }
                )
            })
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
