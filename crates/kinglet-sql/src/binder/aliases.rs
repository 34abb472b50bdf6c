//! Collecting the aliases of a SELECT, wherever they are written.

use std::collections::HashMap;
use std::rc::Rc;

use kinglet_parser::ast::{Expr, ExprKind, GroupByItems, Select, TableElement, Transformer, WithItem};
use kinglet_parser::expr_to_string;
use kinglet_types::{ErrorCode, Result, SqlError};

type Aliases = HashMap<String, Rc<Expr>>;

/// All aliases of `select` that its expressions may use.
///
/// # Errors
/// 179 when one name stands for different expressions.
pub(super) fn collect(select: &Select) -> Result<Aliases> {
    let mut aliases = Aliases::new();
    for expr in expressions(select) {
        visit(expr, &mut aliases)?;
    }
    Ok(aliases)
}

/// The aliases of scalar WITH items.
///
/// # Errors
/// As [`collect`].
pub(super) fn of_with(select: &Select) -> Result<Aliases> {
    let mut aliases = Aliases::new();
    for item in select.with.iter().flat_map(|with| &with.items) {
        if let WithItem::Expr(expr) = item {
            visit(expr, &mut aliases)?;
        }
    }
    Ok(aliases)
}

fn expressions(select: &Select) -> Vec<&Expr> {
    let mut all: Vec<&Expr> = select.projection.iter().collect();
    all.extend(select.prewhere.iter().chain(&select.filter).chain(&select.having).chain(&select.qualify));
    if let Some(group_by) = &select.group_by {
        match &group_by.items {
            GroupByItems::Exprs(exprs) => all.extend(exprs),
            GroupByItems::GroupingSets(sets) => all.extend(sets.iter().flatten()),
            _ => {}
        }
    }
    if let Some(order_by) = &select.order_by {
        all.extend(order_by.items.iter().map(|item| &item.expr));
    }
    if let Some(limit_by) = &select.limit_by {
        all.extend(&limit_by.by);
    }
    for element in &select.from {
        if let TableElement::Table { join: Some(join), .. } = element
            && let Some(kinglet_parser::ast::JoinConstraint::On(on)) = &join.constraint
        {
            all.push(on);
        }
    }
    all
}

fn visit(expr: &Expr, aliases: &mut Aliases) -> Result<()> {
    if let Some(alias) = &expr.alias {
        // `a AS a` names what is there already.
        let same =
            expr.as_identifier().and_then(|path| path.as_single()).is_some_and(|i| i.name == alias.name);
        let plain = plain(expr);
        if let Some(other) = aliases.get(&alias.name)
            && expr_to_string(other) != expr_to_string(&plain)
        {
            let message = format!("Multiple expressions for alias {}", alias.name);
            return Err(SqlError::new(ErrorCode::MULTIPLE_EXPRESSIONS_FOR_ALIAS, message).at(alias.span));
        }
        if !same {
            aliases.insert(alias.name.clone(), Rc::new(plain));
        }
    }
    if let ExprKind::Asterisk(star) = &expr.kind {
        // What REPLACE puts in place of a column is an alias too.
        for transformer in &star.transformers {
            let Transformer::Replace { items, .. } = transformer else { continue };
            for item in items {
                let mut named = item.expr.clone();
                named.alias = Some(Box::new(item.name.clone()));
                visit(&named, aliases)?;
            }
        }
    }
    if let ExprKind::Function(function) = &expr.kind {
        if function.as_lambda().is_some() {
            return Ok(());
        }
        for argument in function.arguments.iter().chain(function.filter.as_deref()) {
            visit(argument, aliases)?;
        }
    }
    Ok(())
}

/// The expression without its own alias.
pub(super) fn plain(expr: &Expr) -> Expr {
    let mut plain = expr.clone();
    plain.alias = None;
    plain
}
