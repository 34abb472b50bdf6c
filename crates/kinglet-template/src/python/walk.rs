//! Visiting syntax trees level by level, in the order Python's `ast.walk` does.

use std::collections::VecDeque;
use std::sync::Arc;

use super::ast::{BinaryOp, Clause, Expr, ExprKind, Keyword, LambdaParam, Piece};

/// A node of a syntax tree.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Item<'a> {
    Expr(&'a Expr),
    /// `first op … op last` of a longer chain: what stands left of an operator.
    Chain(&'a Expr, &'a [(BinaryOp, Expr)]),
    Keyword(&'a Keyword),
    Clause(&'a Clause),
    Piece(&'a Piece),
    Pieces(&'a [Piece]),
    Params(&'a [LambdaParam]),
    /// The name that `:=` assigns.
    Target(&'a Arc<str>),
}

/// Calls `visit` on `roots` and everything below, level by level.
pub(crate) fn breadth_first<'a>(roots: impl IntoIterator<Item = Item<'a>>, mut visit: impl FnMut(Item<'a>)) {
    let mut queue: VecDeque<Item<'a>> = roots.into_iter().collect();
    while let Some(item) = queue.pop_front() {
        visit(item);
        children(item, &mut |child| queue.push_back(child));
    }
}

/// Calls `push` on the nodes right below `item`, in order.
pub(crate) fn children<'a>(item: Item<'a>, push: &mut impl FnMut(Item<'a>)) {
    match item {
        Item::Expr(expr) => expression_children(expr, push),
        Item::Chain(first, rest) => chain_children(first, rest, push),
        Item::Keyword(keyword) => push(Item::Expr(&keyword.value)),
        Item::Clause(clause) => {
            push(Item::Expr(&clause.target));
            push(Item::Expr(&clause.iter));
            clause.conditions.iter().for_each(|condition| push(Item::Expr(condition)));
        }
        Item::Piece(Piece::Field { value, spec, .. }) => {
            push(Item::Expr(value));
            if !spec.is_empty() {
                push(Item::Pieces(spec));
            }
        }
        Item::Pieces(pieces) => pieces.iter().for_each(|piece| push(Item::Piece(piece))),
        Item::Params(params) => {
            params
                .iter()
                .filter_map(|param| param.default.as_ref())
                .for_each(|default| push(Item::Expr(default)));
        }
        Item::Piece(Piece::Text(_)) | Item::Target(_) => {}
    }
}

fn chain_children<'a>(first: &'a Expr, rest: &'a [(BinaryOp, Expr)], push: &mut impl FnMut(Item<'a>)) {
    match rest.split_last() {
        Some(((_, last), [])) => {
            push(Item::Expr(first));
            push(Item::Expr(last));
        }
        Some(((_, last), before)) => {
            push(Item::Chain(first, before));
            push(Item::Expr(last));
        }
        None => push(Item::Expr(first)),
    }
}

fn expression_children<'a>(expr: &'a Expr, push: &mut impl FnMut(Item<'a>)) {
    match &expr.kind {
        ExprKind::Name(_) | ExprKind::Constant(_) => {}
        ExprKind::Joined(pieces) => pieces.iter().for_each(|piece| push(Item::Piece(piece))),
        ExprKind::List(items)
        | ExprKind::Tuple(items)
        | ExprKind::Set(items)
        | ExprKind::Refused(_, items) => {
            items.iter().for_each(|item| push(Item::Expr(item)));
        }
        ExprKind::Dict(pairs) => {
            pairs.iter().filter_map(|(key, _)| key.as_ref()).for_each(|key| push(Item::Expr(key)));
            pairs.iter().for_each(|(_, value)| push(Item::Expr(value)));
        }
        ExprKind::Comprehension { element, value, clauses, .. } => {
            push(Item::Expr(element));
            value.iter().for_each(|value| push(Item::Expr(value)));
            clauses.iter().for_each(|clause| push(Item::Clause(clause)));
        }
        ExprKind::Binary { first, rest } => chain_children(first, rest, push),
        ExprKind::Unary(_, value) | ExprKind::Attribute { value, .. } | ExprKind::Starred(value) => {
            push(Item::Expr(value));
        }
        ExprKind::Bool { operands, .. } => operands.iter().for_each(|operand| push(Item::Expr(operand))),
        ExprKind::Compare { first, rest } => {
            push(Item::Expr(first));
            rest.iter().for_each(|(_, operand)| push(Item::Expr(operand)));
        }
        ExprKind::Call { func, args, keywords } => {
            push(Item::Expr(func));
            args.iter().for_each(|arg| push(Item::Expr(arg)));
            keywords.iter().for_each(|keyword| push(Item::Keyword(keyword)));
        }
        ExprKind::Subscript { value, index } => {
            push(Item::Expr(value));
            push(Item::Expr(index));
        }
        ExprKind::Slice { lower, upper, step } => {
            [lower, upper, step].into_iter().flatten().for_each(|bound| push(Item::Expr(bound)));
        }
        ExprKind::Conditional { test, body, orelse } => {
            [test, body, orelse].into_iter().for_each(|part| push(Item::Expr(part)));
        }
        ExprKind::Lambda { params, body } => {
            push(Item::Params(params));
            push(Item::Expr(body));
        }
        ExprKind::Named { target, value } => {
            push(Item::Target(target));
            push(Item::Expr(value));
        }
    }
}
