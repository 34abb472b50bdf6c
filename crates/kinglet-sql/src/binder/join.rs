//! Joins.

use std::collections::HashSet;
use std::rc::Rc;
use std::sync::Arc;

use datafusion::common::tree_node::TreeNode;
use datafusion::common::{JoinType, NullEquality};
use datafusion::logical_expr::logical_plan::JoinConstraint as PlanConstraint;
use datafusion::logical_expr::{Expr, Join as PlanJoin, LogicalPlan, LogicalPlanBuilder, Operator};
use kinglet_parser::ast::{self, Join, JoinConstraint, JoinKind, JoinStrictness};
use kinglet_types::{ChType, ErrorCode, Result, SqlError, supertype};

use super::expr::Context;
use super::from::Source;
use super::resolve::plan_column;
use super::{Binder, Scope, ScopeColumn, Typed, planned};
use crate::ColumnBuilder;
use crate::function::{Column, Functions, udf};
use crate::plan::{LimitBy, Paste, apply};

/// Conditions of a join, taken apart.
#[derive(Default)]
pub(super) struct Conditions {
    /// Equal pairs: left, right.
    pub(super) keys: Vec<(Typed, Typed)>,
    /// Everything else.
    rest: Vec<Expr>,
    /// What of that is about one side alone.
    of_left: Vec<Expr>,
    of_right: Vec<Expr>,
    /// Whether one is a comparison between both sides that is no equality.
    unequal: bool,
    /// USING: name, left and right column.
    pub(super) using: Vec<(String, ScopeColumn, ScopeColumn)>,
}

impl Binder<'_> {
    pub(super) fn join(&self, scope: &Rc<Scope>, left: Source, right: Source, join: &Join) -> Result<Source> {
        let natural = join.natural.then(|| with_common_names(&left, &right, join));
        let join = natural.as_ref().unwrap_or(join);
        let mut conditions = self.conditions(scope, &left, &right, join)?;
        let default = match self.settings.borrow().text("join_default_strictness") {
            Some("ANY") => Some(JoinStrictness::Any),
            _ => None,
        };
        let strictness = join.strictness.or(default);
        match (join.kind, strictness) {
            (JoinKind::Comma | JoinKind::Cross, _) => {
                let plan =
                    planned(planned(LogicalPlanBuilder::from(left.plan).cross_join(right.plan))?.build())?;
                let mut columns = left.columns;
                columns.extend(right.columns);
                return Ok(Source { plan, columns });
            }
            (JoinKind::Paste, _) => return self.pasted(left, right),
            (kind, Some(JoinStrictness::Asof)) => {
                let keep = kind == JoinKind::Left;
                let plan = self.asof_join(scope, &left, &right, join, &mut conditions, keep)?;
                let kind = if keep { JoinType::Left } else { JoinType::Inner };
                return self.filled_join(plan, left, right, kind, None, conditions);
            }
            _ => {}
        }
        let kind = match join.kind {
            JoinKind::Left => JoinType::Left,
            JoinKind::Right => JoinType::Right,
            JoinKind::Full => JoinType::Full,
            _ => JoinType::Inner,
        };
        if kind != JoinType::Inner && conditions.keys.is_empty() && conditions.unequal {
            let message =
                "Cannot determine join keys in JOIN ... ON expression: an outer join needs an equality";
            return Err(SqlError::new(ErrorCode::INVALID_JOIN_ON_EXPRESSION, message).at(join.span));
        }
        let (mut left, mut right) = (left, right);
        let keys = conditions.keys.clone();
        let left_keys: Vec<Typed> = keys.iter().map(|(l, _)| l.clone()).collect();
        let right_keys: Vec<Typed> = keys.iter().map(|(_, r)| r.clone()).collect();
        let mut plan_kind = kind;
        // The one row that is looked for is among those that meet the conditions on their side.
        if matches!(strictness, Some(JoinStrictness::Any | JoinStrictness::Semi)) {
            let keep = |plan: LogicalPlan, conditions: &[Expr]| match super::special::balanced(
                conditions,
                Operator::And,
            ) {
                Some(all) => planned(planned(LogicalPlanBuilder::from(plan).filter(all))?.build()),
                None => Ok(plan),
            };
            if kind != JoinType::Right {
                right.plan = keep(right.plan, &conditions.of_right)?;
            }
            if kind == JoinType::Right || kind == JoinType::Inner {
                left.plan = keep(left.plan, &conditions.of_left)?;
            }
        }
        let semi = strictness == Some(JoinStrictness::Semi);
        match strictness {
            Some(JoinStrictness::Any) => match kind {
                JoinType::Right => left.plan = self.first_by(left.plan, &left_keys)?,
                JoinType::Inner => {
                    left.plan = self.first_by(left.plan, &left_keys)?;
                    right.plan = self.first_by(right.plan, &right_keys)?;
                }
                _ => right.plan = self.first_by(right.plan, &right_keys)?,
            },
            Some(JoinStrictness::Semi) => {
                plan_kind = JoinType::Inner;
                match kind {
                    JoinType::Right => left.plan = self.first_by(left.plan, &left_keys)?,
                    _ => right.plan = self.first_by(right.plan, &right_keys)?,
                }
            }
            Some(JoinStrictness::Anti) => {
                plan_kind = if kind == JoinType::Right { JoinType::RightAnti } else { JoinType::LeftAnti };
            }
            _ => {}
        }
        let on = keys.iter().map(|(l, r)| (l.value(), r.value())).collect();
        let filter = super::special::balanced(&conditions.rest, Operator::And);
        let plan = planned(PlanJoin::try_new(
            Arc::new(left.plan.clone()),
            Arc::new(right.plan.clone()),
            on,
            filter,
            plan_kind,
            PlanConstraint::On,
            NullEquality::NullEqualsNothing,
            false,
        ))?;
        self.filled_join(LogicalPlan::Join(plan), left, right, plan_kind, semi.then_some(kind), conditions)
    }

    /// Rows side by side.
    fn pasted(&self, left: Source, right: Source) -> Result<Source> {
        let own = |source: &Source| source.plan.schema().fields().iter().cloned().collect::<Vec<_>>();
        let mut fields = own(&left);
        fields.extend(own(&right));
        let schema = arrow::datatypes::Schema::new(fields);
        let plan = planned(apply(Arc::new(Paste), vec![left.plan, right.plan], schema))?;
        let mut columns = left.columns;
        columns.extend(right.columns);
        Ok(Source { plan, columns })
    }

    /// The first row of each group of equal keys.
    fn first_by(&self, plan: LogicalPlan, keys: &[Typed]) -> Result<LogicalPlan> {
        let ids: Vec<String> = keys.iter().map(|_| self.id()).collect();
        let before: Vec<String> = plan.schema().fields().iter().map(|field| field.name().clone()).collect();
        let extra = keys.iter().zip(&ids).map(|(key, id)| (key.value(), id.clone())).collect();
        let input = self.extended(plan, extra)?;
        let schema = input.schema().as_arrow().clone();
        let places = (before.len()..before.len() + ids.len()).collect();
        let operator = LimitBy { keys: places, offset: 0, count: 1 };
        let limited = planned(apply(Arc::new(operator), vec![input], schema))?;
        let kept = before.iter().map(|name| plan_column(name));
        planned(planned(LogicalPlanBuilder::from(limited).project(kept))?.build())
    }

    /// Columns after the join: defaults where nothing matched, one column per USING name. `semi` is the kind of a
    /// SEMI JOIN, whose other side is Nullable where a missing one would be.
    fn filled_join(
        &self,
        plan: LogicalPlan,
        left: Source,
        right: Source,
        kind: JoinType,
        semi: Option<JoinType>,
        conditions: Conditions,
    ) -> Result<Source> {
        let use_nulls = self.settings.borrow().flag("join_use_nulls", false);
        let named = semi.unwrap_or(kind);
        let optional_left = matches!(kind, JoinType::Right | JoinType::Full);
        let optional_right = matches!(kind, JoinType::Left | JoinType::Full);
        let missing_left = kind == JoinType::RightAnti;
        let missing_right = kind == JoinType::LeftAnti;
        let mut exprs: Vec<Expr> = Vec::new();
        let mut columns: Vec<ScopeColumn> = Vec::new();
        let sides = [
            (left.columns, left.plan, optional_left, missing_left, true),
            (right.columns, right.plan, optional_right, missing_right, false),
        ];
        let mut merged: Vec<ScopeColumn> = Vec::new();
        for (name, l, r) in &conditions.using {
            let ty = self.using_type(l, r);
            let value = |column: &ScopeColumn| self.coerce_raw(&column.id, &column.ty, &ty);
            let expr = match named {
                JoinType::Right | JoinType::RightAnti => value(r)?,
                JoinType::Full => {
                    let case = datafusion::logical_expr::Case {
                        expr: None,
                        when_then_expr: vec![(
                            Box::new(Expr::IsNotNull(Box::new(plan_column(&l.id)))),
                            Box::new(value(l)?),
                        )],
                        else_expr: Some(Box::new(value(r)?)),
                    };
                    Expr::Case(case)
                }
                _ => value(l)?,
            };
            let id = self.id();
            let ty = ty.nullable_if(use_nulls && kind == JoinType::Full);
            exprs.push(expr.alias(&id));
            merged.push(ScopeColumn {
                name: name.clone(),
                ty,
                id,
                shadowed: false,
                plain: false,
                merged: true,
                ..l.clone()
            });
        }
        for (side, plan, optional, missing, is_left) in sides {
            let nested: HashSet<String> = plan.schema().fields().iter().map(|f| f.name().clone()).collect();
            for column in side {
                if column.alias.is_some() {
                    columns.push(column);
                    continue;
                }
                let using = conditions
                    .using
                    .iter()
                    .find(|(_, l, r)| if is_left { l.id == column.id } else { r.id == column.id });
                let semi = match semi {
                    Some(JoinType::Right) => is_left,
                    Some(_) => !is_left,
                    None => false,
                };
                let own = using.map_or_else(|| column.ty.clone(), |(_, l, r)| self.using_type(l, r));
                let ty = own.clone().nullable_if(use_nulls && (optional || missing || semi));
                let raw = match column.ty == own {
                    true => plan_column(&column.id),
                    false if optional => self.coerce_raw(&column.id, &column.ty, &own)?,
                    false => {
                        self.coerce(&Typed::new(plan_column(&column.id), column.ty.clone()), &own)?.value()
                    }
                };
                let expr = match (missing, optional) {
                    (true, _) => self.default_value(&ty)?.value(),
                    (_, true) if !ty.is_nullable() => self.fill_default(raw, &ty)?,
                    _ => raw,
                };
                debug_assert!(nested.contains(&column.id));
                let id = self.id();
                exprs.push(expr.alias(&id));
                let mut column = ScopeColumn { id, ty, ..column };
                match using.and_then(|(name, ..)| merged.iter().find(|m| m.name == *name)) {
                    Some(one) if is_left => {
                        // The merged column stands in the left one's place; `left.name` is the same.
                        let same = matches!(named, JoinType::Left | JoinType::Inner | JoinType::LeftAnti);
                        if same && column.ty == one.ty {
                            column.id.clone_from(&one.id);
                            column.merged = true;
                            columns.push(column);
                        } else {
                            columns.push(ScopeColumn { table: None, database: None, ..one.clone() });
                            column.shadowed = true;
                            column.hidden = false;
                            column.plain = named == JoinType::Full;
                            columns.push(column);
                        }
                    }
                    Some(_) => {
                        column.shadowed = true;
                        columns.push(column);
                    }
                    None => columns.push(column),
                }
            }
        }
        let plan = planned(planned(LogicalPlanBuilder::from(plan).project(exprs))?.build())?;
        Ok(Source { plan, columns })
    }

    /// The type both columns of a USING name have after the join.
    fn using_type(&self, left: &ScopeColumn, right: &ScopeColumn) -> ChType {
        supertype(&[left.ty.clone(), right.ty.clone()]).unwrap_or_else(|| left.ty.clone())
    }

    fn coerce_raw(&self, id: &str, from: &ChType, to: &ChType) -> Result<Expr> {
        // Values may be NULL here that were not before the join.
        let raw = Typed::new(plan_column(id), from.clone().nullable());
        Ok(if from == to { raw.expr } else { self.coerce(&raw, &to.clone().nullable())?.value() })
    }

    pub(super) fn fill_default(&self, raw: Expr, ty: &ChType) -> Result<Expr> {
        let Some(fill) = Functions::get().find("__fillDefault") else {
            return Err(super::unsupported("filling of defaults"));
        };
        let ty = &stored_default(ty);
        let udf = udf(fill, "__fillDefault", vec![ty.clone()], vec![None], ty.clone(), &self.environment);
        Ok(udf.call(vec![raw]))
    }

    /// The default of a type as a constant.
    pub(super) fn default_value(&self, ty: &ChType) -> Result<Typed> {
        let mut builder = ColumnBuilder::new(&stored_default(ty));
        builder.append_default();
        Typed::constant(Column::constant(ty.clone(), builder.finish()?))
    }

    fn conditions(
        &self,
        scope: &Rc<Scope>,
        left: &Source,
        right: &Source,
        join: &Join,
    ) -> Result<Conditions> {
        let mut found = Conditions::default();
        match &join.constraint {
            None => match join.kind {
                JoinKind::Comma | JoinKind::Cross | JoinKind::Paste => {}
                _ => {
                    let message = "JOIN needs ON or USING";
                    return Err(SqlError::new(ErrorCode::INVALID_JOIN_ON_EXPRESSION, message).at(join.span));
                }
            },
            Some(JoinConstraint::Using(names)) => {
                for name in names {
                    let Some(path) = name.as_identifier() else {
                        return Err(super::unsupported("an expression in USING").at(name.span));
                    };
                    let label = path.full_name();
                    let find = |side: &Source, which: &str| {
                        let mut named = side.columns.iter().filter(|c| c.name == label && !c.shadowed);
                        let column = named.next().cloned();
                        if named.next().is_some() {
                            return Err(super::resolve::ambiguous(&label).at(name.span));
                        }
                        column.ok_or_else(|| {
                            let message = format!("JOIN using identifier '{label}' cannot be resolved from {which} table expression");
                            SqlError::new(ErrorCode::UNKNOWN_IDENTIFIER, message).at(name.span)
                        })
                    };
                    let (l, r) = (find(left, "left")?, find(right, "right")?);
                    let typed = |column: &ScopeColumn| Typed::new(plan_column(&column.id), column.ty.clone());
                    found.keys.push(self.key_pair(&typed(&l), &typed(&r))?);
                    found.using.push((label, l, r));
                }
            }
            Some(JoinConstraint::On(on)) => {
                if on.as_identifier().is_some() {
                    let message = "Cannot determine join keys: JOIN ON needs a condition between both tables";
                    return Err(SqlError::new(ErrorCode::INVALID_JOIN_ON_EXPRESSION, message).at(on.span));
                }
                let mut all = left.columns.clone();
                all.extend(right.columns.iter().cloned());
                *scope.columns.borrow_mut() = all;
                scope.bound_aliases.borrow_mut().clear();
                self.on(scope, on, left, right, &mut found)?;
                scope.bound_aliases.borrow_mut().clear();
            }
        }
        Ok(found)
    }

    fn on(
        &self,
        scope: &Rc<Scope>,
        on: &ast::Expr,
        left: &Source,
        right: &Source,
        found: &mut Conditions,
    ) -> Result<()> {
        if let Some(function) = on.as_function() {
            if function.name.name.eq_ignore_ascii_case("and") {
                for part in &function.arguments {
                    self.on(scope, part, left, right, found)?;
                }
                return Ok(());
            }
            if let ("equals" | "isNotDistinctFrom", [a, b]) =
                (function.name.name.as_str(), function.arguments.as_slice())
            {
                let context = Context::rows("JOIN ON");
                let (a, b) = (self.expr(scope, a, context)?, self.expr(scope, b, context)?);
                let (in_left, in_right) = (side(&a, left, right), side(&b, left, right));
                if function.name.name == "equals" {
                    match (in_left, in_right) {
                        (Side::Left, Side::Right) => {
                            found.keys.push(self.key_pair(&a, &b)?);
                            return Ok(());
                        }
                        (Side::Right, Side::Left) => {
                            let (b, a) = self.key_pair(&b, &a)?;
                            found.keys.push((b, a));
                            return Ok(());
                        }
                        _ => {}
                    }
                }
            }
        }
        let bound = self.expr(scope, on, Context::rows("JOIN ON"))?;
        let condition = bound.condition()?;
        match side(&bound, left, right) {
            Side::Left => found.of_left.push(condition.clone()),
            Side::Right => found.of_right.push(condition.clone()),
            Side::Both => {
                let name = on.as_function().map_or("", |function| function.name.name.as_str());
                let comparisons = ["less", "greater", "lessOrEquals", "greaterOrEquals", "notEquals"];
                found.unequal |= comparisons.contains(&name);
            }
            Side::None => {}
        }
        found.rest.push(condition);
        Ok(())
    }

    /// Both keys in their common type.
    pub(super) fn key_pair(&self, left: &Typed, right: &Typed) -> Result<(Typed, Typed)> {
        let (a, b) = (left.ty.bare(), right.ty.bare());
        if matches!(a, ChType::Dynamic(_)) || matches!(b, ChType::Dynamic(_)) {
            let message = "JOIN on keys with Dynamic type is not supported. Cast the key to another type";
            return Err(SqlError::new(ErrorCode::ILLEGAL_COLUMN, message));
        }
        if a == b {
            return Ok((left.clone(), right.clone()));
        }
        let whole = a.is_integer() && b.is_integer();
        let common =
            supertype(&[a.clone(), b.clone()]).or(whole.then_some(ChType::Int256)).ok_or_else(|| {
                let message = format!(
                    "Types of columns to JOIN by are different: {} at left, {} at right",
                    left.ty, right.ty
                );
                SqlError::new(ErrorCode::NO_COMMON_TYPE, message)
            })?;
        let typed = |t: &Typed| self.coerce(t, &common.clone().nullable_if(t.ty.is_nullable()));
        Ok((typed(left)?, typed(right)?))
    }
}

/// A natural join as one over all names that both sides have; over none it is a cross join.
fn with_common_names(left: &Source, right: &Source, join: &Join) -> Join {
    let visible = |column: &&ScopeColumn| !column.hidden && !column.shadowed;
    let common: Vec<ast::Expr> = left
        .columns
        .iter()
        .filter(visible)
        .filter(|column| right.columns.iter().filter(visible).any(|other| other.name == column.name))
        .map(|column| {
            let name = ast::Ident::new(column.name.as_str(), join.span);
            ast::Expr::new(ast::ExprKind::Identifier(ast::Path::single(name)), join.span)
        })
        .collect();
    match common.is_empty() {
        true => Join { kind: JoinKind::Cross, natural: false, constraint: None, ..join.clone() },
        false => Join { natural: false, constraint: Some(JoinConstraint::Using(common)), ..join.clone() },
    }
}

/// The type whose default stands where a row is missing: the stored zero, which is 1970 for Date32 too.
fn stored_default(ty: &ChType) -> ChType {
    match ty {
        ChType::Date32 => ChType::Date,
        other => other.clone(),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
    Both,
    None,
}

/// Which side's columns an expression refers to.
pub(super) fn side(typed: &Typed, left: &Source, right: &Source) -> Side {
    let (mut in_left, mut in_right) = (false, false);
    let _ = typed.expr.exists(|expr| {
        if let Expr::Column(column) = expr {
            in_left |= left.columns.iter().any(|c| c.id == column.name);
            in_right |= right.columns.iter().any(|c| c.id == column.name);
        }
        Ok(false)
    });
    match (in_left, in_right) {
        (true, true) => Side::Both,
        (true, false) => Side::Left,
        (false, true) => Side::Right,
        (false, false) => Side::None,
    }
}
