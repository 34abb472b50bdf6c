//! The pieces of Python that tags hold: an expression, a statement, a condition, a loop head, an exception handler.

use std::sync::Arc;

use kinglet_diagnostic::Span;

use super::SyntaxError;
use super::ast::{BinaryOp, Expr, ExprKind};
use super::parse::{Parser, require_target};
use super::token::TokenKind;

/// What `{{ }}` holds.
pub(crate) struct ExpressionCode {
    pub(crate) value: Expr,
    /// Something that Tinybird accepts when it lists parameters and refuses when it renders.
    pub(crate) late: Option<SyntaxError>,
}

/// What `{% set %}` holds.
#[derive(Clone, Debug)]
pub(crate) enum Statement {
    Assign { targets: Vec<Expr>, value: Expr },
    Augment { target: Expr, op: BinaryOp, value: Expr },
    Expression(Expr),
}

impl Statement {
    /// The expressions of the statement, in the order Python visits them.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &Expr> {
        let (targets, value) = match self {
            Self::Assign { targets, value } => (targets.as_slice(), value),
            Self::Augment { target, value, .. } => (std::slice::from_ref(target), value),
            Self::Expression(value) => (&[] as &[Expr], value),
        };
        targets.iter().chain(std::iter::once(value))
    }
}

/// What `{% except %}` holds.
#[derive(Clone, Debug)]
pub(crate) struct Handler {
    pub(crate) class: Option<Expr>,
    pub(crate) name: Option<Arc<str>>,
}

/// Why a statement or a block head is not accepted.
pub(crate) enum Refusal {
    /// It is not Python.
    Syntax(SyntaxError),
    /// It is Python, but more than one statement or not a kind that is allowed.
    Kind,
}

impl From<SyntaxError> for Refusal {
    fn from(error: SyntaxError) -> Self {
        Self::Syntax(error)
    }
}

/// Words that start a statement which is never allowed, with the name of its syntax node.
const STATEMENTS: [(&str, &str); 18] = [
    ("assert", "Assert"),
    ("async", "AsyncFunctionDef"),
    ("break", "Break"),
    ("class", "ClassDef"),
    ("continue", "Continue"),
    ("def", "FunctionDef"),
    ("del", "Delete"),
    ("from", "ImportFrom"),
    ("for", "For"),
    ("global", "Global"),
    ("if", "If"),
    ("import", "Import"),
    ("nonlocal", "Nonlocal"),
    ("pass", "Pass"),
    ("raise", "Raise"),
    ("return", "Return"),
    ("try", "Try"),
    ("while", "While"),
];

fn statement_word(parser: &Parser<'_>) -> Option<&'static str> {
    STATEMENTS.iter().find(|(word, _)| parser.is_word(word)).map(|(_, node)| *node)
}

/// Reads the code of `{{ }}`.
pub(crate) fn expression(source: &str, span: Span) -> Result<ExpressionCode, SyntaxError> {
    let mut parser = Parser::new(source, span)?;
    if let Some(node) = statement_word(&parser) {
        let value = Expr::new(ExprKind::Refused(node, Vec::new()), span);
        return Ok(ExpressionCode { value, late: None });
    }
    let value = parser.expression_list(true)?;
    let mut late = None;
    if matches!(value.kind, ExprKind::Tuple(_)) && !value.span.text(source).starts_with('(') {
        late = Some(SyntaxError::invalid(value.span));
    }
    match parser.peek() {
        TokenKind::End => {}
        TokenKind::Comment => {
            let rest = Span { start: parser.span().start, end: span.end };
            late = Some(SyntaxError::new(rest, "'(' was never closed"));
        }
        TokenKind::Op(";") => late = Some(parser.unexpected()),
        TokenKind::Op("=") => {
            let value = Expr::new(ExprKind::Refused("Assign", vec![value]), span);
            return Ok(ExpressionCode { value, late });
        }
        TokenKind::Op(operator) if augmented(operator).is_some() => {
            let value = Expr::new(ExprKind::Refused("AugAssign", vec![value]), span);
            return Ok(ExpressionCode { value, late });
        }
        _ => return Err(parser.unexpected()),
    }
    Ok(ExpressionCode { value, late })
}

fn augmented(operator: &str) -> Option<BinaryOp> {
    Some(match operator {
        "+=" => BinaryOp::Add,
        "-=" => BinaryOp::Sub,
        "*=" => BinaryOp::Mult,
        "/=" => BinaryOp::Div,
        "//=" => BinaryOp::FloorDiv,
        "%=" => BinaryOp::Mod,
        "**=" => BinaryOp::Pow,
        "<<=" => BinaryOp::LShift,
        ">>=" => BinaryOp::RShift,
        "&=" => BinaryOp::BitAnd,
        "|=" => BinaryOp::BitOr,
        "^=" => BinaryOp::BitXor,
        "@=" => BinaryOp::MatMult,
        _ => return None,
    })
}

/// Reads the code of `{% set %}`.
pub(crate) fn statement(source: &str, span: Span) -> Result<Statement, Refusal> {
    let mut parser = Parser::new(source, span)?;
    if statement_word(&parser).is_some() || parser.is_word("with") {
        return Err(Refusal::Kind);
    }
    let first = parser.expression_list(true)?;
    let statement = match parser.peek() {
        TokenKind::Op("=") => {
            let mut parts = vec![first];
            while parser.take_op("=") {
                parts.push(parser.expression_list(true)?);
            }
            let value = parts.pop().ok_or(Refusal::Kind)?;
            parts.iter().try_for_each(require_target)?;
            if parts.iter().any(|part| matches!(part.kind, ExprKind::Starred(_))) {
                let message = "starred assignment target must be in a list or tuple";
                return Err(SyntaxError::new(span, message).into());
            }
            Statement::Assign { targets: parts, value }
        }
        TokenKind::Op(":") => return Err(Refusal::Kind),
        TokenKind::Op(operator) => match augmented(operator) {
            Some(op) => {
                parser.advance();
                let value = parser.expression_list(false)?;
                require_target(&first)?;
                if matches!(first.kind, ExprKind::Tuple(_) | ExprKind::List(_) | ExprKind::Starred(_)) {
                    let message = "illegal expression for augmented assignment";
                    return Err(SyntaxError::new(first.span, message).into());
                }
                Statement::Augment { target: first, op, value }
            }
            None => Statement::Expression(first),
        },
        _ => Statement::Expression(first),
    };
    statement_end(&mut parser)?;
    Ok(statement)
}

/// Only separators and comments may follow; another statement is refused.
fn statement_end(parser: &mut Parser<'_>) -> Result<(), Refusal> {
    let mut separated = false;
    loop {
        match parser.peek() {
            TokenKind::End => return Ok(()),
            TokenKind::Newline | TokenKind::Comment => separated = true,
            TokenKind::Op(";") if !separated => separated = true,
            _ if separated => return Err(Refusal::Kind),
            _ => return Err(parser.unexpected().into()),
        }
        parser.advance();
    }
}

/// Nothing may follow the head of a block; a colon with a body would be more than one statement.
fn head_end(parser: &mut Parser<'_>) -> Result<(), Refusal> {
    if matches!(parser.peek(), TokenKind::End) {
        return Ok(());
    }
    let error = parser.unexpected();
    if !parser.take_op(":") || matches!(parser.peek(), TokenKind::End) {
        return Err(error.into());
    }
    Err(Refusal::Kind)
}

/// Reads the condition after `if`, `elif` or `while`.
pub(crate) fn condition(source: &str, span: Span) -> Result<Expr, Refusal> {
    let mut parser = Parser::new(source, span)?;
    let value = parser.named()?;
    head_end(&mut parser)?;
    Ok(value)
}

/// Reads `targets in iterable` after `for`.
pub(crate) fn loop_head(source: &str, span: Span) -> Result<(Expr, Expr), Refusal> {
    let mut parser = Parser::new(source, span)?;
    let target = parser.targets()?;
    if !parser.take_word("in") {
        return Err(parser.unexpected().into());
    }
    let iter = parser.expression_list(true)?;
    head_end(&mut parser)?;
    Ok((target, iter))
}

/// Reads what follows `except`.
pub(crate) fn handler(source: &str, span: Span) -> Result<Handler, Refusal> {
    let mut parser = Parser::new(source, span)?;
    if matches!(parser.peek(), TokenKind::End) {
        return Ok(Handler { class: None, name: None });
    }
    let class = parser.expression()?;
    let name = if parser.take_word("as") { Some(parser.identifier()?) } else { None };
    head_end(&mut parser)?;
    Ok(Handler { class: Some(class), name })
}
