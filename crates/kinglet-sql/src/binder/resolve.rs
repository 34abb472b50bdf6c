//! Identifiers.

use std::rc::Rc;

use datafusion::common::Column as PlanColumn;
use datafusion::logical_expr::Expr;
use kinglet_parser::ast::{Path, Quote};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::expr::Context;
use super::{Binder, Scope, ScopeColumn, Typed};
use crate::function::Column;

/// The column of a plan by its internal name.
pub(crate) fn plan_column(id: &str) -> Expr {
    Expr::Column(PlanColumn::new_unqualified(id))
}

/// Error 207.
pub(super) fn ambiguous(name: &str) -> SqlError {
    let code = ErrorCode::from_name("AMBIGUOUS_IDENTIFIER").unwrap_or(ErrorCode::UNKNOWN_IDENTIFIER);
    SqlError::new(code, format!("Ambiguous identifier '{name}': several of the joined tables have it"))
}

/// A value of the query around, as the query inside sees it.
fn outer_reference(around: &Scope, found: &Typed) -> Result<Typed> {
    use datafusion::common::tree_node::{Transformed, TreeNode};
    let columns = around.columns.borrow();
    let expr = found.expr.clone().transform_up(|expr| {
        Ok(match expr {
            Expr::Column(column) => {
                let known = columns.iter().find(|known| known.id == column.name);
                let ty = known.map_or(&found.ty, |known| &known.ty);
                let field = std::sync::Arc::new(crate::arrow_field(&column.name, ty));
                Transformed::yes(Expr::OuterReferenceColumn(field, column))
            }
            other => Transformed::no(other),
        })
    });
    Ok(found.with_expr(super::planned(expr)?.data))
}

impl Binder<'_> {
    /// What an identifier means: a lambda parameter, an alias, a column, or one of the query around.
    pub(super) fn identifier(&self, scope: &Rc<Scope>, path: &Path, context: Context) -> Result<Typed> {
        let parts: Vec<String> = path.parts.iter().map(|part| self.part_name(part)).collect::<Result<_>>()?;
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        if let Some(found) = self.lookup(scope, &parts, context)? {
            return Ok(found);
        }
        let mut outer = scope.parent.clone();
        while let Some(around) = outer {
            if let Some(found) = self.outer_alias(&around, &parts, context)? {
                return Ok(found);
            }
            if let Some(found) = self.column(&around, &parts)? {
                return outer_reference(&around, &found);
            }
            outer = around.parent.clone();
        }
        let message = format!("Unknown expression identifier `{}`", path.full_name());
        Err(SqlError::new(ErrorCode::UNKNOWN_IDENTIFIER, message).at(path.span))
    }

    pub(super) fn part_name(&self, part: &kinglet_parser::ast::Ident) -> Result<String> {
        match part.quote {
            Quote::Parameter => {}
            Quote::JsonType => return Ok(format!(":`{}`", part.name)),
            Quote::JsonObject => return Ok(format!("^`{}`", part.name)),
            _ => return Ok(part.name.clone()),
        }
        self.parameter(&part.name).ok_or_else(|| {
            SqlError::new(
                ErrorCode::UNKNOWN_QUERY_PARAMETER,
                format!("Substitution `{}` is not set", part.name),
            )
        })
    }

    fn lookup(&self, scope: &Rc<Scope>, parts: &[&str], context: Context) -> Result<Option<Typed>> {
        let Some(first) = parts.first() else { return Ok(None) };
        if let Some(parameter) = scope.parameter(first) {
            let column = Typed::new(plan_column(&parameter.id), parameter.ty);
            let typed = parameter.value.unwrap_or(column);
            return self.members(typed, &parts[1..]).map(Some);
        }
        if self.settings.borrow().flag("prefer_column_name_to_alias", false)
            && let Some(found) = self.column(scope, parts)?
        {
            return Ok(Some(found));
        }
        // A name with dots may be an alias in backticks.
        let joined = parts.join(".");
        for (name, rest) in [(joined.as_str(), &parts[parts.len()..]), (*first, &parts[1..])] {
            if let Some(found) = self.alias(scope, name, context)? {
                return match self.members(found, rest) {
                    Ok(found) => Ok(Some(found)),
                    // `t.a` where t is both an alias and a table.
                    Err(error) => match self.column(scope, parts)? {
                        Some(column) => Ok(Some(column)),
                        None => Err(error),
                    },
                };
            }
        }
        self.column(scope, parts)
    }

    fn alias(&self, scope: &Rc<Scope>, name: &str, context: Context) -> Result<Option<Typed>> {
        let expr = scope.aliases.borrow().get(name).cloned();
        let expr = expr.or_else(|| scope.with_aliases.borrow().get(name).cloned());
        let Some(expr) = expr else { return Ok(None) };
        if scope.resolving.borrow().iter().any(|known| known == name) {
            return Ok(None);
        }
        let key = format!("{name}\u{0}{}{}", context.aggregates, context.in_aggregate);
        if scope.lambdas.borrow().is_empty()
            && let Some(found) = scope.bound_aliases.borrow().get(&key)
        {
            return Ok(Some(found.clone()));
        }
        scope.resolving.borrow_mut().push(name.to_owned());
        // The alias was written outside of the lambdas around its use.
        let lambdas = std::mem::take(&mut *scope.lambdas.borrow_mut());
        let bound = self.expr(scope, &expr, context);
        let top_level = lambdas.is_empty();
        *scope.lambdas.borrow_mut() = lambdas;
        scope.resolving.borrow_mut().pop();
        let bound = bound?;
        if top_level && scope.resolving.borrow().is_empty() {
            scope.bound_aliases.borrow_mut().insert(key, bound.clone());
        }
        Ok(Some(bound))
    }

    /// An alias of WITH in a query around this one.
    fn outer_alias(&self, scope: &Rc<Scope>, parts: &[&str], context: Context) -> Result<Option<Typed>> {
        let Some(first) = parts.first() else { return Ok(None) };
        let expr = scope.with_aliases.borrow().get(*first).cloned();
        let Some(expr) = expr else { return Ok(None) };
        // Its names are those of the query it was written in; only what needs no row can be used here.
        let detached = Scope::inside(scope.parent.as_ref());
        *detached.with_aliases.borrow_mut() = scope.with_aliases.borrow().clone();
        detached.with_aliases.borrow_mut().remove(*first);
        *detached.ctes.borrow_mut() = scope.ctes.borrow().clone();
        let bound = self.expr(&detached, &expr, Context { aggregates: false, ..context })?;
        self.members(bound, &parts[1..]).map(Some)
    }

    /// The column a path names, or an element of one.
    pub(super) fn column(&self, scope: &Rc<Scope>, parts: &[&str]) -> Result<Option<Typed>> {
        let columns = scope.columns.borrow();
        for rest in 0..parts.len() {
            let (head, members) = parts.split_at(parts.len() - rest);
            let found: Vec<&ScopeColumn> = columns.iter().filter(|column| column.matches(head)).collect();
            let visible: Vec<&&ScopeColumn> =
                found.iter().filter(|column| head.len() > 1 || !column.shadowed).collect();
            let chosen = match visible.as_slice() {
                [] => match found.first() {
                    Some(column) => *column,
                    None => continue,
                },
                // Of two tables' columns the first table's is meant, as in ClickHouse.
                [_, _, ..] if head.len() == 1 && scope.tables.get() > 2 => {
                    return Err(ambiguous(&head.join(".")));
                }
                [first, ..] => **first,
            };
            let chosen = chosen.clone();
            drop(columns);
            let typed = match &chosen.alias {
                Some(expr) => {
                    let bound = self.expr(scope, &expr.clone(), Context::rows("ALIAS"))?;
                    self.coerce(&bound, &chosen.ty)?
                }
                None => Typed::new(plan_column(&chosen.id), chosen.ty.clone()),
            };
            return self.members(typed, members).map(Some);
        }
        // `nested` alone: the array of tuples of its columns.
        let joined = parts.join(".");
        let prefix = format!("{joined}.");
        let members: Vec<ScopeColumn> = columns
            .iter()
            .filter(|column| column.name.starts_with(&prefix) && !column.shadowed)
            .cloned()
            .collect();
        drop(columns);
        if members.is_empty() {
            return Ok(None);
        }
        self.nested_tuple(&members, &prefix).map(Some)
    }

    fn nested_tuple(&self, members: &[ScopeColumn], prefix: &str) -> Result<Typed> {
        let arrays: Vec<Typed> =
            members.iter().map(|column| Typed::new(plan_column(&column.id), column.ty.clone())).collect();
        let fields = members
            .iter()
            .filter_map(|column| {
                let name = column.name.strip_prefix(prefix)?;
                Some((Some(name.into()), column.ty.element()?))
            })
            .collect();
        let zipped = self.call("arrayZip", arrays, Default::default())?;
        Ok(zipped.retyped(ChType::array(ChType::Tuple(fields))))
    }

    /// `value.a.b`: elements of tuples, and the parts ClickHouse stores columns in.
    pub(super) fn members(&self, value: Typed, members: &[&str]) -> Result<Typed> {
        let mut value = value;
        for (at, member) in members.iter().enumerate() {
            value = match (value.ty.bare(), *member) {
                (ChType::Map(..), "keys") => self.call("mapKeys", vec![value], Default::default())?,
                (ChType::Map(..), "values") => self.call("mapValues", vec![value], Default::default())?,
                (ChType::Array(_) | ChType::Map(..), "size0") | (ChType::String, "size") => {
                    self.call("length", vec![value], Default::default())?
                }
                (_, "null") if value.ty.is_nullable() && !matches!(value.ty, ChType::Dynamic(_)) => {
                    Typed::boolean(Expr::IsNull(Box::new(value.value())), false)
                }
                (bare, _) if holds_paths(bare) => {
                    let path = members.get(at..).unwrap_or_default().join(".");
                    return self.subcolumn(value, &path);
                }
                _ => {
                    let name = Typed::constant(Column { constant: true, ..Column::of_texts([*member]) })?;
                    self.call("tupleElement", vec![value, name], Default::default())
                        .map_err(|error| SqlError { code: ErrorCode::UNKNOWN_IDENTIFIER, ..error })?
                }
            };
        }
        Ok(value)
    }

    /// `json.a.b`, `dynamic.String` and the like.
    fn subcolumn(&self, value: Typed, path: &str) -> Result<Typed> {
        let path = Typed::constant(Column { constant: true, ..Column::of_texts([path]) })?;
        self.call("getSubcolumn", vec![value, path], Default::default())
            .map_err(|error| SqlError { code: ErrorCode::UNKNOWN_IDENTIFIER, ..error })
    }
}

/// Whether a value, or the elements of an array, have paths of their own.
fn holds_paths(ty: &ChType) -> bool {
    match ty.bare() {
        ChType::Array(element) => holds_paths(element),
        bare => bare.is_tagged() || matches!(bare, ChType::Json(_)),
    }
}

impl ScopeColumn {
    /// Whether `head` names this column: `column`, `table.column` or `database.table.column`.
    pub(super) fn matches(&self, head: &[&str]) -> bool {
        let name = |parts: &[&str]| match parts {
            [one] => *one == self.name,
            many => many.join(".") == self.name,
        };
        if name(head) {
            return true;
        }
        if let (Some(original), [first, rest @ ..]) = (self.original.as_deref(), head)
            && !rest.is_empty()
            && *first == original
            && name(rest)
        {
            return true;
        }
        let (Some(table), [first, rest @ ..]) = (self.table.as_deref(), head) else { return false };
        if !rest.is_empty() && *first == table && name(rest) {
            return true;
        }
        match (self.database.as_deref(), rest) {
            (Some(database), [second, rest @ ..]) => {
                *first == database && *second == table && !rest.is_empty() && name(rest)
            }
            _ => false,
        }
    }
}
