//! The order of inner joins, and which side of a join is the smaller one.
//!
//! Joined are always the two parts whose join has the fewest rows (greedy operator ordering, Fegaras 1998). A
//! column has as many values as the smallest table, before conditions, that it is equated with, directly or over
//! others. The smaller side comes left: it is the one a hash table is built of.

use std::collections::HashMap;
use std::sync::Arc;

use datafusion::common::tree_node::{Transformed, TreeNode, TreeNodeRecursion};
use datafusion::common::{Column, JoinType, NullEquality, Result};
use datafusion::logical_expr::logical_plan::{Join, JoinConstraint};
use datafusion::logical_expr::utils::{conjunction, split_conjunction_owned};
use datafusion::logical_expr::{BinaryExpr, Expr, LogicalPlan, LogicalPlanBuilder, Operator};
use datafusion::optimizer::{OptimizerConfig, OptimizerRule};

use super::cardinality::{base_rows, rows, selectivity};

/// Most tables that are put in order; more are joined as written.
const MOST: usize = 48;

/// The optimizer rule.
#[derive(Debug, Default)]
pub(crate) struct JoinOrder;

impl OptimizerRule for JoinOrder {
    fn name(&self) -> &str {
        "join_order"
    }

    fn rewrite(&self, plan: LogicalPlan, _: &dyn OptimizerConfig) -> Result<Transformed<LogicalPlan>> {
        plan.transform_down(|plan| match plan {
            LogicalPlan::Join(join) if is_plain(&join) => {
                // Its parts are put in order on the way.
                let plan = ordered(LogicalPlan::Join(join), self)?;
                Ok(Transformed::new(plan, true, TreeNodeRecursion::Jump))
            }
            LogicalPlan::Join(join) => Ok(Transformed::yes(LogicalPlan::Join(turned(join)?))),
            other => Ok(Transformed::no(other)),
        })
    }
}

impl JoinOrder {
    fn below(&self, plan: LogicalPlan) -> Result<LogicalPlan> {
        Ok(self.rewrite(plan, &datafusion::optimizer::OptimizerContext::new())?.data)
    }
}

/// An inner join that may be taken apart.
fn is_plain(join: &Join) -> bool {
    join.join_type == JoinType::Inner
        && join.null_equality == NullEquality::NullEqualsNothing
        && !join.null_aware
        && join.schema.iter().all(|(qualifier, _)| qualifier.is_none())
}

/// A join with its smaller side left.
fn turned(join: Join) -> Result<Join> {
    let kind = match join.join_type {
        JoinType::Left => JoinType::Right,
        JoinType::Right => JoinType::Left,
        JoinType::LeftSemi => JoinType::RightSemi,
        JoinType::RightSemi => JoinType::LeftSemi,
        JoinType::LeftAnti => JoinType::RightAnti,
        JoinType::RightAnti => JoinType::LeftAnti,
        JoinType::LeftMark => JoinType::RightMark,
        JoinType::RightMark => JoinType::LeftMark,
        other => other,
    };
    let plain = join.schema.iter().all(|(qualifier, _)| qualifier.is_none());
    if join.null_aware || !plain || rows(&join.left) <= rows(&join.right) {
        return Ok(join);
    }
    let on = join.on.into_iter().map(|(left, right)| (right, left)).collect();
    Join::try_new(
        join.right,
        join.left,
        on,
        join.filter,
        kind,
        join.join_constraint,
        join.null_equality,
        false,
    )
}

/// A tree of inner joins taken apart.
#[derive(Default)]
struct Parts {
    leaves: Vec<LogicalPlan>,
    conditions: Vec<Expr>,
}

impl Parts {
    /// Takes `plan` apart; answers what its columns are called in the leaves.
    fn take(&mut self, plan: LogicalPlan, rule: &JoinOrder) -> Result<HashMap<String, String>> {
        match plan {
            LogicalPlan::Join(join) if is_plain(&join) => {
                let mut names = self.take(Arc::unwrap_or_clone(join.left), rule)?;
                names.extend(self.take(Arc::unwrap_or_clone(join.right), rule)?);
                let keys = join.on.into_iter().map(|(left, right)| left.eq(right));
                let others = join.filter.into_iter().flat_map(split_conjunction_owned);
                for condition in keys.chain(others) {
                    self.conditions.push(renamed(condition, &names)?);
                }
                Ok(names)
            }
            LogicalPlan::Filter(filter) if is_joined(&filter.input) => {
                let names = self.take(Arc::unwrap_or_clone(filter.input), rule)?;
                for condition in split_conjunction_owned(filter.predicate) {
                    self.conditions.push(renamed(condition, &names)?);
                }
                Ok(names)
            }
            LogicalPlan::Projection(projection)
                if is_joined(&projection.input)
                    && projection.expr.iter().all(|expr| source(expr).is_some()) =>
            {
                let names = self.take(Arc::unwrap_or_clone(projection.input), rule)?;
                let shown = projection.expr.iter().filter_map(|expr| {
                    let name = expr.schema_name().to_string();
                    Some((name, names.get(source(expr)?)?.clone()))
                });
                Ok(shown.collect())
            }
            other => {
                let leaf = rule.below(other)?;
                let fields = leaf.schema().fields().iter();
                let names = fields.map(|field| (field.name().clone(), field.name().clone())).collect();
                self.leaves.push(leaf);
                Ok(names)
            }
        }
    }
}

/// The column a projected expression only gives another name.
fn source(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Column(column) if column.relation.is_none() => Some(&column.name),
        Expr::Alias(alias) if alias.relation.is_none() => source(&alias.expr),
        _ => None,
    }
}

/// Whether a plan is an inner join, perhaps filtered or with its columns renamed.
fn is_joined(plan: &LogicalPlan) -> bool {
    match plan {
        LogicalPlan::Join(join) => is_plain(join),
        LogicalPlan::Filter(filter) => is_joined(&filter.input),
        LogicalPlan::Projection(projection) => {
            projection.expr.iter().all(|expr| source(expr).is_some()) && is_joined(&projection.input)
        }
        _ => false,
    }
}

fn renamed(expr: Expr, names: &HashMap<String, String>) -> Result<Expr> {
    let renamed = expr.transform_up(|expr| match &expr {
        Expr::Column(column) => match names.get(&column.name) {
            Some(name) if *name != column.name => {
                Ok(Transformed::yes(Expr::Column(Column::new_unqualified(name))))
            }
            _ => Ok(Transformed::no(expr)),
        },
        _ => Ok(Transformed::no(expr)),
    });
    Ok(renamed?.data)
}

/// A condition and the leaves it is about, a bit for each.
struct Condition {
    expr: Expr,
    leaves: u64,
    /// Sides of an equality of different leaves.
    sides: Option<(u64, u64)>,
    /// Number of values the sides have.
    values: f64,
    done: bool,
}

/// Leaves joined so far.
struct Part {
    plan: LogicalPlan,
    leaves: u64,
    rows: f64,
    base: f64,
}

fn ordered(plan: LogicalPlan, rule: &JoinOrder) -> Result<LogicalPlan> {
    let schema = Arc::clone(plan.schema());
    let mut parts = Parts::default();
    let original = plan.clone();
    let names = parts.take(plan, rule)?;
    let leaves = parts.leaves.len();
    let unqualified = |leaf: &LogicalPlan| leaf.schema().iter().all(|(qualifier, _)| qualifier.is_none());
    if leaves > MOST || !parts.leaves.iter().all(unqualified) {
        return Ok(original);
    }
    let joined = Ordering::new(parts)?.joined()?;
    let columns = schema.fields().iter().map(|field| {
        let name = names.get(field.name()).unwrap_or(field.name());
        let column = Expr::Column(Column::new_unqualified(name));
        if name == field.name() { column } else { column.alias(field.name()) }
    });
    LogicalPlanBuilder::from(joined).project(columns)?.build()
}

struct Ordering {
    parts: Vec<Part>,
    conditions: Vec<Condition>,
}

impl Ordering {
    fn new(taken: Parts) -> Result<Self> {
        let mut places: HashMap<String, usize> = HashMap::new();
        for (at, leaf) in taken.leaves.iter().enumerate() {
            places.extend(leaf.schema().fields().iter().map(|field| (field.name().clone(), at)));
        }
        let bases: Vec<f64> = taken.leaves.iter().map(base_rows).collect();
        let mask = |expr: &Expr| {
            let columns = expr.column_refs();
            columns.iter().filter_map(|c| places.get(&c.name)).fold(0_u64, |mask, at| mask | 1 << at)
        };
        let mut classes = Classes::default();
        let mut conditions: Vec<Condition> = Vec::new();
        for expr in taken.conditions {
            if conditions.iter().any(|known| known.expr == expr) {
                continue;
            }
            let sides = match &expr {
                Expr::BinaryExpr(BinaryExpr { left, op: Operator::Eq, right }) => {
                    let (left, right) = (mask(left), mask(right));
                    (left != 0 && right != 0 && left & right == 0).then_some((left, right))
                }
                _ => None,
            };
            if let (Some(_), Some((left, right))) = (sides, column_pair(&expr)) {
                classes.join(left, right);
            }
            conditions.push(Condition { leaves: mask(&expr), expr, sides, values: 1.0, done: false });
        }
        let base_of = |leaves: u64| {
            let bits = bases.iter().enumerate().filter(|(at, _)| leaves >> at & 1 == 1);
            bits.map(|(_, base)| *base).fold(1.0, f64::max)
        };
        for condition in &mut conditions {
            let Some((left, right)) = condition.sides else { continue };
            condition.values = match column_pair(&condition.expr) {
                Some((column, _)) => {
                    let members = classes.of(column);
                    let sizes = members.iter().filter_map(|name| bases.get(*places.get(name)?));
                    sizes.copied().fold(f64::INFINITY, f64::min)
                }
                None => base_of(left).min(base_of(right)),
            };
        }
        let parts = taken.leaves.into_iter().enumerate().map(|(at, plan)| {
            let mine: Vec<Expr> = conditions
                .iter_mut()
                .filter(|condition| condition.leaves == 1 << at)
                .map(|condition| {
                    condition.done = true;
                    condition.expr.clone()
                })
                .collect();
            let base = bases.get(at).copied().unwrap_or(1.0);
            let plan = match conjunction(mine) {
                Some(filter) => LogicalPlanBuilder::from(plan).filter(filter)?.build()?,
                None => plan,
            };
            Ok(Part { leaves: 1 << at, rows: rows(&plan), base, plan })
        });
        let parts = parts.collect::<Result<Vec<_>>>()?;
        Ok(Self { parts, conditions })
    }

    /// Rows of the join of two parts, and whether a key joins them.
    fn estimate(&self, a: &Part, b: &Part) -> (f64, bool) {
        let (mut values, mut other, mut keyed) = (1.0_f64, 1.0_f64, false);
        let mut met: Vec<f64> = Vec::new();
        for condition in self.conditions.iter().filter(|condition| !condition.done) {
            if condition.leaves & !(a.leaves | b.leaves) != 0 {
                continue;
            }
            match condition.sides {
                Some((l, r)) if crosses(l, r, a.leaves, b.leaves) => {
                    keyed = true;
                    met.push(condition.values);
                    values *= condition.values.max(1.0);
                }
                _ => other *= selectivity(&condition.expr),
            }
        }
        let most = a.base.min(b.base);
        let values = if met.len() > 1 {
            values.min(most.max(met.iter().copied().fold(1.0, f64::max)))
        } else {
            values
        };
        ((a.rows * b.rows / values.max(1.0) * other).max(1.0), keyed)
    }

    fn joined(mut self) -> Result<LogicalPlan> {
        while self.parts.len() > 1 {
            let mut best: Option<(bool, f64, f64, usize, usize)> = None;
            for (i, a) in self.parts.iter().enumerate() {
                for (j, b) in self.parts.iter().enumerate().skip(i + 1) {
                    let (rows, keyed) = self.estimate(a, b);
                    let sum = a.rows + b.rows;
                    let better = best.is_none_or(|(known, least, least_sum, ..)| {
                        (keyed && !known)
                            || keyed == known && (rows < least || rows <= least && sum < least_sum)
                    });
                    if better {
                        best = Some((keyed, rows, sum, i, j));
                    }
                }
            }
            let Some((_, rows, _, i, j)) = best else { break };
            let second = self.parts.remove(j);
            let first = self.parts.remove(i);
            let part = self.pair(first, second, rows)?;
            self.parts.push(part);
        }
        let rest = self.conditions.into_iter().filter(|condition| !condition.done);
        let rest = conjunction(rest.map(|condition| condition.expr));
        let plan = match self.parts.pop() {
            Some(part) => part.plan,
            None => LogicalPlanBuilder::empty(true).build()?,
        };
        match rest {
            Some(filter) => LogicalPlanBuilder::from(plan).filter(filter)?.build(),
            None => Ok(plan),
        }
    }

    fn pair(&mut self, a: Part, b: Part, rows: f64) -> Result<Part> {
        let (small, large) = if a.rows <= b.rows { (a, b) } else { (b, a) };
        let leaves = small.leaves | large.leaves;
        let (mut on, mut filter) = (Vec::new(), Vec::new());
        for condition in self.conditions.iter_mut().filter(|condition| !condition.done) {
            if condition.leaves == 0 || condition.leaves & !leaves != 0 {
                continue;
            }
            condition.done = true;
            match (condition.sides, &condition.expr) {
                (Some((l, r)), Expr::BinaryExpr(BinaryExpr { left, right, .. }))
                    if crosses(l, r, small.leaves, large.leaves) =>
                {
                    let (left, right) = (left.as_ref().clone(), right.as_ref().clone());
                    on.push(if l & !small.leaves == 0 { (left, right) } else { (right, left) });
                }
                (_, expr) => filter.push(expr.clone()),
            }
        }
        let join = Join::try_new(
            Arc::new(small.plan),
            Arc::new(large.plan),
            on,
            conjunction(filter),
            JoinType::Inner,
            JoinConstraint::On,
            NullEquality::NullEqualsNothing,
            false,
        )?;
        Ok(Part { plan: LogicalPlan::Join(join), leaves, rows, base: small.base.max(large.base) })
    }
}

/// Whether one side is within `a` and the other within `b`.
fn crosses(left: u64, right: u64, a: u64, b: u64) -> bool {
    left & !a == 0 && right & !b == 0 || left & !b == 0 && right & !a == 0
}

/// The columns of `column = column`.
fn column_pair(expr: &Expr) -> Option<(&str, &str)> {
    let Expr::BinaryExpr(BinaryExpr { left, right, .. }) = expr else { return None };
    match (left.as_ref(), right.as_ref()) {
        (Expr::Column(left), Expr::Column(right)) => Some((&left.name, &right.name)),
        _ => None,
    }
}

/// Columns that are equal to each other.
#[derive(Default)]
struct Classes(Vec<Vec<String>>);

impl Classes {
    fn join(&mut self, left: &str, right: &str) {
        let mut merged = vec![left.to_owned(), right.to_owned()];
        self.0.retain(|class| {
            let apart = !class.iter().any(|name| name == left || name == right);
            if !apart {
                merged.extend(class.iter().cloned());
            }
            apart
        });
        merged.sort();
        merged.dedup();
        self.0.push(merged);
    }

    fn of(&self, name: &str) -> &[String] {
        self.0.iter().find(|class| class.iter().any(|member| member == name)).map_or(&[], Vec::as_slice)
    }
}
