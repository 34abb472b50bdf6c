//! What templates may not do: the strict list of `{{ }}` and the loose one of `{% %}`.

use super::SyntaxError;
use super::ast::{BinaryOp, Constant, Expr, ExprKind, Piece, UnaryOp};
use super::walk::{Item, children};

/// Functions that `{{ }}` may call.
const FUNCTIONS: [&str; 53] = [
    "Array",
    "Boolean",
    "Date",
    "DateTime",
    "DateTime64",
    "Float32",
    "Float64",
    "Int",
    "Int128",
    "Int16",
    "Int256",
    "Int32",
    "Int64",
    "Int8",
    "Integer",
    "JSON",
    "String",
    "TABLE",
    "UInt128",
    "UInt16",
    "UInt256",
    "UInt32",
    "UInt64",
    "UInt8",
    "activate",
    "backend_hint",
    "cache_ttl",
    "column",
    "columns",
    "custom_error",
    "date_diff_in_days",
    "date_diff_in_hours",
    "date_diff_in_minutes",
    "date_diff_in_seconds",
    "day_diff",
    "defined",
    "disable",
    "enumerate_with_last",
    "error",
    "float",
    "int",
    "len",
    "list",
    "max",
    "max_threads",
    "min",
    "split_to_array",
    "sql_and",
    "sql_unescape",
    "symbol",
    "table",
    "tb_secret",
    "tb_var",
];

/// Methods that `{{ }}` may call.
const METHODS: [&str; 4] = ["get", "join", "replace", "split"];

/// Functions that nothing may call.
const REFUSED_FUNCTIONS: [&str; 22] = [
    "eval",
    "exec",
    "compile",
    "getattr",
    "setattr",
    "delattr",
    "globals",
    "locals",
    "vars",
    "dir",
    "breakpoint",
    "help",
    "memoryview",
    "type",
    "object",
    "super",
    "classmethod",
    "staticmethod",
    "property",
    "exit",
    "quit",
    "__import__",
];

/// Attributes that nothing may use.
const REFUSED_ATTRIBUTES: [&str; 22] = [
    "format",
    "format_map",
    "mro",
    "gi_frame",
    "gi_code",
    "gi_yieldfrom",
    "gi_running",
    "cr_frame",
    "cr_code",
    "cr_await",
    "cr_origin",
    "ag_frame",
    "ag_code",
    "ag_await",
    "f_globals",
    "f_locals",
    "f_builtins",
    "f_code",
    "f_back",
    "tb_frame",
    "tb_next",
    "func_globals",
];

fn is_dunder(name: &str) -> bool {
    name.len() >= 4 && name.starts_with("__") && name.ends_with("__")
}

fn refused<T>(expr: &Expr, message: String) -> Result<T, SyntaxError> {
    Err(SyntaxError::new(expr.span, message))
}

/// Refuses an assigned or loop name that nothing may use.
pub(crate) fn name(name: &str, at: &Expr) -> Result<(), SyntaxError> {
    if is_dunder(name) { refused(at, format!("Invalid name: {name}")) } else { Ok(()) }
}

/// Refuses what `{{ }}` may not hold.
pub(crate) fn strict(expr: &Expr) -> Result<(), SyntaxError> {
    match &expr.kind {
        ExprKind::Name(found) => name(found, expr),
        ExprKind::Constant(Constant::Bytes | Constant::Complex | Constant::Ellipsis) => {
            refused(expr, "Invalid Constant: Constant(...)".to_owned())
        }
        ExprKind::Constant(_) => Ok(()),
        ExprKind::Joined(pieces) => strict_pieces(pieces),
        ExprKind::List(items) | ExprKind::Tuple(items) | ExprKind::Set(items) => {
            items.iter().try_for_each(strict)
        }
        ExprKind::Dict(pairs) => {
            for (key, value) in pairs {
                match key {
                    Some(key) => strict(key)?,
                    None => return refused(expr, "Invalid expression type: None".to_owned()),
                }
                strict(value)?;
            }
            Ok(())
        }
        ExprKind::Binary { first, rest } => {
            let last = rest
                .iter()
                .rev()
                .find(|(operator, _)| !matches!(operator, BinaryOp::Add | BinaryOp::Sub | BinaryOp::Mult));
            if let Some((operator, _)) = last {
                return refused(expr, format!("Invalid BinOp: {}()", operator.node_name()));
            }
            strict(first)?;
            rest.iter().try_for_each(|(_, operand)| strict(operand))
        }
        ExprKind::Unary(operator, operand) => match operator {
            UnaryOp::Minus | UnaryOp::Not => strict(operand),
            UnaryOp::Plus => refused(expr, "Invalid UnaryOp: UAdd()".to_owned()),
            UnaryOp::Invert => refused(expr, "Invalid UnaryOp: Invert()".to_owned()),
        },
        ExprKind::Conditional { test, body, orelse } => {
            strict(test)?;
            strict(body)?;
            strict(orelse)
        }
        ExprKind::Subscript { value, index } => {
            strict(value)?;
            strict_index(index)
        }
        ExprKind::Call { func, args, keywords } => {
            strict_function(func, expr)?;
            args.iter().try_for_each(strict)?;
            keywords.iter().try_for_each(|keyword| loose(&keyword.value))
        }
        _ => refused(expr, format!("Invalid expression type: {}(...)", expr.node_name())),
    }
}

fn strict_pieces(pieces: &[Piece]) -> Result<(), SyntaxError> {
    pieces.iter().try_for_each(|piece| match piece {
        Piece::Text(_) => Ok(()),
        Piece::Field { value, spec, .. } => {
            strict(value)?;
            strict_pieces(spec)
        }
    })
}

fn strict_index(index: &Expr) -> Result<(), SyntaxError> {
    match &index.kind {
        ExprKind::Constant(_) => Ok(()),
        ExprKind::Subscript { .. } => strict(index),
        ExprKind::Slice { lower, upper, step } => {
            [lower, upper, step].into_iter().flatten().try_for_each(|bound| strict(bound))
        }
        _ => refused(index, format!("Invalid Slice expression: {}(...)", index.node_name())),
    }
}

fn strict_function(func: &Expr, call: &Expr) -> Result<(), SyntaxError> {
    match &func.kind {
        ExprKind::Name(found) if FUNCTIONS.contains(&&**found) => Ok(()),
        ExprKind::Name(found) => refused(func, format!("Invalid function name: {found}")),
        ExprKind::Attribute { value, name } => {
            if !METHODS.contains(&&**name) {
                return refused(func, format!("Invalid method name: {name}"));
            }
            strict(value)
        }
        ExprKind::Call { .. } => strict(func),
        _ => refused(call, "Invalid function: Call(...)".to_owned()),
    }
}

/// Refuses what no tag may hold.
pub(crate) fn loose(expr: &Expr) -> Result<(), SyntaxError> {
    match &expr.kind {
        ExprKind::Name(found) => name(found, expr)?,
        ExprKind::Attribute { name, .. }
            if name.starts_with('_') || REFUSED_ATTRIBUTES.contains(&&**name) =>
        {
            return refused(expr, format!("Invalid attribute: {name}"));
        }
        ExprKind::Call { func, .. } => {
            if let ExprKind::Name(found) = &func.kind
                && REFUSED_FUNCTIONS.contains(&&**found)
                && !is_dunder(found)
            {
                return refused(func, format!("Invalid function name: {found}"));
            }
        }
        ExprKind::Refused(node, _) => return refused(expr, format!("Invalid expression type: {node}(...)")),
        ExprKind::Named { target, .. } => name(target, expr)?,
        ExprKind::Binary { first, rest } => {
            loose(first)?;
            return rest.iter().try_for_each(|(_, operand)| loose(operand));
        }
        _ => {}
    }
    let mut found = Ok(());
    loose_below(Item::Expr(expr), &mut found);
    found
}

fn loose_below(item: Item<'_>, found: &mut Result<(), SyntaxError>) {
    children(item, &mut |child| {
        if found.is_ok() {
            match child {
                Item::Expr(expr) => *found = loose(expr),
                other => loose_below(other, found),
            }
        }
    });
}
