//! Taking the references to an outer query out of a subquery's plan, so that it can be joined.
//!
//! `inner = outer` conditions become keys of the join: the inner side is carried up through projections, and
//! aggregations group by it. Where that cannot be (another comparison below an aggregate, an outer value in the
//! projection), the plan is crossed with the distinct outer values first, and those are the keys: "Unnesting
//! Arbitrary Queries" (Neumann and Kemper, 2015), as ClickHouse does. As there, NULL among the outer values meets
//! nothing.

use std::sync::Arc;

use datafusion::common::JoinType;
use datafusion::common::tree_node::{Transformed, TreeNode, TreeNodeRecursion};
use datafusion::logical_expr::logical_plan::Join;
use datafusion::logical_expr::utils::split_conjunction_owned;
use datafusion::logical_expr::{Aggregate, BinaryExpr, Expr, LogicalPlan, LogicalPlanBuilder, Operator};
use kinglet_types::{Result, SqlError};

use super::resolve::plan_column;
use super::{Binder, planned, unsupported};
use crate::plan::{LimitBy, apply};

/// A plan without references to the outer query, and what its rows must meet for a row of that query.
pub(super) struct Lifted {
    pub(super) plan: LogicalPlan,
    pub(super) keys: Vec<Key>,
    /// Other conditions, over columns of the plan and outer references.
    pub(super) rest: Vec<Expr>,
    /// Whether there is at most one row per values of the keys.
    pub(super) single: bool,
}

/// A column of the inner plan that must equal an expression of the outer query.
#[derive(Clone)]
pub(super) struct Key {
    pub(super) inner: String,
    pub(super) outer: Expr,
}

/// Lifts plans of one subquery.
pub(super) struct Decorrelation<'a, 'b> {
    pub(super) binder: &'a Binder<'b>,
    /// The outer query's rows.
    pub(super) outer: &'a LogicalPlan,
    /// What each outer reference is over those rows.
    pub(super) values: &'a dyn Fn(Expr) -> Result<Expr>,
}

impl Decorrelation<'_, '_> {
    /// Lifts `plan`; with `strict` nothing but keys may be left to the join.
    ///
    /// # Errors
    /// 48 for a plan that cannot be lifted.
    pub(super) fn lift(&self, plan: LogicalPlan, strict: bool) -> Result<Lifted> {
        self.binder.nested(|| self.lift_node(plan, strict))
    }

    fn lift_node(&self, plan: LogicalPlan, strict: bool) -> Result<Lifted> {
        if !refers_out(&plan) {
            return Ok(Lifted { plan, keys: Vec::new(), rest: Vec::new(), single: false });
        }
        match plan {
            LogicalPlan::Filter(filter) => {
                let input = self.lift(Arc::unwrap_or_clone(filter.input), strict)?;
                self.conditions(input, split_conjunction_owned(filter.predicate), strict)
            }
            LogicalPlan::Projection(projection) => {
                let mut lifted = self.lift(Arc::unwrap_or_clone(projection.input), strict)?;
                let exprs = self.with_domain(&mut lifted, projection.expr)?;
                self.projected(lifted, exprs)
            }
            LogicalPlan::Aggregate(aggregate) => {
                let lifted = self.lift(Arc::unwrap_or_clone(aggregate.input), true)?;
                let mut group = aggregate.group_expr;
                let single = group.is_empty();
                for key in &lifted.keys {
                    let column = plan_column(&key.inner);
                    if !group.contains(&column) {
                        group.push(column);
                    }
                }
                let aggregate = Aggregate::try_new(Arc::new(lifted.plan), group, aggregate.aggr_expr);
                Ok(Lifted { plan: LogicalPlan::Aggregate(planned(aggregate)?), single, ..lifted })
            }
            LogicalPlan::Sort(sort) if sort.fetch.is_none() => {
                let lifted = self.lift(Arc::unwrap_or_clone(sort.input), strict)?;
                let plan = planned(planned(LogicalPlanBuilder::from(lifted.plan).sort(sort.expr))?.build())?;
                Ok(Lifted { plan, ..lifted })
            }
            LogicalPlan::Join(join) => self.joined(join, strict),
            LogicalPlan::Extension(extension) => Err(refused(extension.node.name())),
            other => Err(refused(step(&other))),
        }
    }

    /// Applies conditions to lifted rows: those with outer references become keys or are left to the join.
    fn conditions(&self, input: Lifted, conditions: Vec<Expr>, strict: bool) -> Result<Lifted> {
        let mut lifted = input;
        let (outer, inner): (Vec<_>, Vec<_>) = conditions.into_iter().partition(Expr::contains_outer);
        if let Some(all) = super::special::balanced(&inner, Operator::And) {
            lifted.plan = planned(planned(LogicalPlanBuilder::from(lifted.plan).filter(all))?.build())?;
        }
        let mut crossed = Vec::new();
        for condition in outer {
            match key(&condition) {
                Some((inner, outer)) => {
                    let inner = match inner {
                        Expr::Column(column) => column.name,
                        expr => {
                            let id = self.binder.id();
                            lifted.plan = self.binder.extended(lifted.plan, vec![(expr, id.clone())])?;
                            id
                        }
                    };
                    lifted.keys.push(Key { inner, outer });
                }
                None if strict => crossed.push(condition),
                None => lifted.rest.push(condition),
            }
        }
        if !crossed.is_empty() {
            let crossed = self.with_domain(&mut lifted, crossed)?;
            if let Some(all) = super::special::balanced(&crossed, Operator::And) {
                lifted.plan = planned(planned(LogicalPlanBuilder::from(lifted.plan).filter(all))?.build())?;
            }
        }
        Ok(lifted)
    }

    /// The expressions with their outer references replaced by columns of the distinct outer values, with which
    /// the plan is crossed if need be.
    fn with_domain(&self, lifted: &mut Lifted, exprs: Vec<Expr>) -> Result<Vec<Expr>> {
        let mut references: Vec<Expr> = Vec::new();
        for expr in &exprs {
            let found = expr.apply(|expr| {
                if matches!(expr, Expr::OuterReferenceColumn(..)) && !references.contains(expr) {
                    references.push(expr.clone());
                }
                Ok(TreeNodeRecursion::Continue)
            });
            planned(found)?;
        }
        if references.is_empty() {
            return Ok(exprs);
        }
        let ids: Vec<String> = references.iter().map(|_| self.binder.id()).collect();
        let values = references
            .iter()
            .zip(&ids)
            .map(|(reference, id)| Ok((self.values)(reference.clone())?.alias(id)))
            .collect::<Result<Vec<_>>>()?;
        let domain = planned(LogicalPlanBuilder::from(self.outer.clone()).project(values))?;
        let domain = planned(domain.build())?;
        let schema = domain.schema().as_arrow().clone();
        let distinct = planned(apply(Arc::new(LimitBy::distinct(ids.len())), vec![domain], schema))?;
        let crossed = LogicalPlanBuilder::from(lifted.plan.clone()).cross_join(distinct);
        lifted.plan = planned(planned(crossed)?.build())?;
        lifted.single = lifted.single && lifted.keys.is_empty();
        for (reference, id) in references.iter().zip(&ids) {
            lifted.keys.push(Key { inner: id.clone(), outer: reference.clone() });
        }
        let replaced = exprs.into_iter().map(|expr| {
            let expr = expr.transform_up(|expr| {
                let at = references.iter().position(|reference| *reference == expr);
                Ok(match at.and_then(|at| ids.get(at)) {
                    Some(id) => Transformed::yes(plan_column(id)),
                    None => Transformed::no(expr),
                })
            });
            Ok(planned(expr)?.data)
        });
        replaced.collect()
    }

    /// A projection that also keeps what the join needs.
    fn projected(&self, lifted: Lifted, mut exprs: Vec<Expr>) -> Result<Lifted> {
        let mut needed: Vec<String> = lifted.keys.iter().map(|key| key.inner.clone()).collect();
        let columns = lifted.rest.iter().flat_map(|expr| expr.column_refs());
        needed.extend(columns.map(|column| column.name.clone()));
        for id in needed {
            let known = |expr: &Expr| match expr {
                Expr::Column(column) => column.name == id,
                Expr::Alias(alias) => alias.name == id,
                _ => false,
            };
            if !exprs.iter().any(known) {
                exprs.push(plan_column(&id));
            }
        }
        let plan = planned(planned(LogicalPlanBuilder::from(lifted.plan).project(exprs))?.build())?;
        Ok(Lifted { plan, ..lifted })
    }

    fn joined(&self, join: Join, strict: bool) -> Result<Lifted> {
        let (left_out, right_out) = (refers_out(&join.left), refers_out(&join.right));
        let possible = match join.join_type {
            JoinType::Inner => true,
            JoinType::Left | JoinType::LeftSemi | JoinType::LeftAnti | JoinType::LeftMark => !right_out,
            JoinType::Right | JoinType::RightSemi | JoinType::RightAnti | JoinType::RightMark => !left_out,
            JoinType::Full => false,
        };
        let own = join.on.iter().any(|(l, r)| l.contains_outer() || r.contains_outer())
            || join.filter.as_ref().is_some_and(Expr::contains_outer);
        if !possible || own && join.join_type != JoinType::Inner {
            return Err(refused("Join"));
        }
        let left = self.lift(Arc::unwrap_or_clone(join.left), strict)?;
        let right = self.lift(Arc::unwrap_or_clone(join.right), strict)?;
        let (mut on, mut above) = (Vec::new(), Vec::new());
        for (l, r) in join.on {
            if l.contains_outer() || r.contains_outer() {
                above.push(l.eq(r));
            } else {
                on.push((l, r));
            }
        }
        let filter = match join.filter {
            Some(filter) if filter.contains_outer() => {
                let (outer, inner): (Vec<_>, Vec<_>) =
                    split_conjunction_owned(filter).into_iter().partition(Expr::contains_outer);
                above.extend(outer);
                super::special::balanced(&inner, Operator::And)
            }
            other => other,
        };
        let plan = Join::try_new(
            Arc::new(left.plan),
            Arc::new(right.plan),
            on,
            filter,
            join.join_type,
            join.join_constraint,
            join.null_equality,
            join.null_aware,
        );
        let mut lifted = Lifted {
            plan: LogicalPlan::Join(planned(plan)?),
            keys: left.keys,
            rest: left.rest,
            single: false,
        };
        lifted.keys.extend(right.keys);
        lifted.rest.extend(right.rest);
        if above.is_empty() { Ok(lifted) } else { self.conditions(lifted, above, strict) }
    }
}

/// `inner = outer` as its two sides.
fn key(condition: &Expr) -> Option<(Expr, Expr)> {
    let Expr::BinaryExpr(BinaryExpr { left, op: Operator::Eq, right }) = condition else { return None };
    let outside = |expr: &Expr| expr.contains_outer() && !expr.any_column_refs();
    if outside(left) && !right.contains_outer() && right.any_column_refs() {
        return Some((right.as_ref().clone(), left.as_ref().clone()));
    }
    if outside(right) && !left.contains_outer() && left.any_column_refs() {
        return Some((left.as_ref().clone(), right.as_ref().clone()));
    }
    None
}

/// Names of the outer columns a plan refers to.
pub(super) fn outer_references(plan: &LogicalPlan) -> Vec<String> {
    let mut found = Vec::new();
    let _ = plan.apply(|node| {
        node.apply_expressions(|expr| {
            expr.apply(|expr| {
                if let Expr::OuterReferenceColumn(_, column) = expr
                    && !found.contains(&column.name)
                {
                    found.push(column.name.clone());
                }
                Ok(TreeNodeRecursion::Continue)
            })
        })
    });
    found
}

fn refers_out(plan: &LogicalPlan) -> bool {
    !outer_references(plan).is_empty()
}

fn refused(step: &str) -> SqlError {
    unsupported(format!("Cannot decorrelate query, because '{step}' step is not supported"))
}

fn step(plan: &LogicalPlan) -> &'static str {
    match plan {
        LogicalPlan::Limit(_) | LogicalPlan::Sort(_) => "Limit",
        LogicalPlan::Distinct(_) => "Distinct",
        LogicalPlan::Union(_) => "Union",
        LogicalPlan::Window(_) => "Window",
        _ => "Read",
    }
}
