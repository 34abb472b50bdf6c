//! Subqueries that refer to the query around them, joined to its rows.
//!
//! As in ClickHouse a scalar subquery answers NULL where it has no row, also for `count()`, and the first of
//! several rows. EXISTS as a condition of its own becomes a semi or anti join.

use std::rc::Rc;
use std::sync::Arc;

use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::common::{JoinType, NullEquality};
use datafusion::logical_expr::logical_plan::{Join, JoinConstraint};
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, Operator};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::aggregate::refers_to;
use super::decorrelate::{Decorrelation, Lifted, outer_references};
use super::expr::Context;
use super::resolve::plan_column;
use super::{Binder, Relation, Scope, Typed, planned, unsupported};

/// A correlated subquery whose value will be the column `id`.
#[derive(Clone)]
pub(crate) struct PendingCorrelated {
    pub(crate) id: String,
    plan: LogicalPlan,
    /// Column and type of the value; none for EXISTS.
    value: Option<(String, ChType)>,
    /// The outer columns it refers to, and what they are where it is joined.
    pub(crate) outer: Vec<(String, Typed)>,
}

/// How a subquery is joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attachment {
    /// Its value becomes a column.
    Value,
    /// Its value becomes a column; rows for which it is NULL are of no use.
    NotNull,
    /// Rows for which EXISTS holds stay.
    Semi,
    /// Rows for which EXISTS does not hold stay.
    Anti,
}

impl PendingCorrelated {
    /// Type of the value.
    pub(crate) fn ty(&self) -> ChType {
        self.value.as_ref().map_or(ChType::UInt8, |(_, ty)| ty.clone())
    }
}

impl Binder<'_> {
    /// Whether a subquery bound inside `scope` refers to that query's columns.
    ///
    /// # Errors
    /// 48 when it refers to a query further out, or stands where it cannot be joined.
    pub(super) fn is_correlated(&self, scope: &Scope, plan: &LogicalPlan, context: Context) -> Result<bool> {
        let references = outer_references(plan);
        if references.is_empty() {
            return Ok(false);
        }
        if context.clause == "JOIN ON" {
            return Err(unsupported("Correlated subqueries in join expression are not supported"));
        }
        let columns = scope.columns.borrow();
        match references.iter().find(|id| !columns.iter().any(|column| column.id == **id)) {
            None => Ok(true),
            Some(_) => Err(unsupported(
                "Correlated subquery is not supported yet, because it references a column from a scope beyond the immediate outer query",
            )),
        }
    }

    /// The value of a correlated scalar subquery.
    pub(super) fn correlated_scalar(&self, scope: &Rc<Scope>, relation: Relation) -> Result<Typed> {
        let [column] = relation.columns.as_slice() else {
            let count = relation.columns.len();
            let message = format!(
                "A correlated subquery used as an expression must return exactly one column, but it returns {count}"
            );
            let code = ErrorCode::from_name("NUMBER_OF_COLUMNS_DOESNT_MATCH");
            return Err(SqlError::new(code.unwrap_or(ErrorCode::BAD_ARGUMENTS), message));
        };
        let ty = column.ty.clone().nullable();
        let value = Some((column.id.clone(), ty.clone()));
        let id = self.correlate(scope, relation.plan, value);
        Ok(Typed::new(plan_column(&id), ty))
    }

    /// Whether a correlated subquery has rows.
    pub(super) fn correlated_exists(&self, scope: &Rc<Scope>, relation: Relation) -> Typed {
        let id = self.correlate(scope, relation.plan, None);
        Typed::boolean(plan_column(&id), false)
    }

    fn correlate(&self, scope: &Rc<Scope>, plan: LogicalPlan, value: Option<(String, ChType)>) -> String {
        let id = self.id();
        let columns = scope.columns.borrow();
        let outer = outer_references(&plan)
            .into_iter()
            .filter_map(|id| {
                let column = columns.iter().find(|column| column.id == id)?;
                let typed = Typed::new(plan_column(&id), column.ty.clone());
                Some((id, typed))
            })
            .collect();
        scope.correlated.borrow_mut().push(PendingCorrelated { id: id.clone(), plan, value, outer });
        id
    }

    /// The rows of `plan` that meet a condition, with the subqueries it uses joined; those whose value is then a
    /// column leave `pending`.
    pub(super) fn filtered(
        &self,
        plan: LogicalPlan,
        condition: Expr,
        pending: &mut Vec<PendingCorrelated>,
    ) -> Result<LogicalPlan> {
        let keep = |plan: LogicalPlan, condition: Expr| {
            planned(planned(LogicalPlanBuilder::from(plan).filter(condition))?.build())
        };
        let uses = |expr: &Expr| pending.iter().any(|one| refers_to(expr, &one.id));
        let (with, without): (Vec<_>, Vec<_>) =
            super::conditions::conjuncts(condition).into_iter().partition(|part| uses(part));
        let mut plan = match super::special::balanced(&without, Operator::And) {
            Some(all) => keep(plan, all)?,
            None => plan,
        };
        let mut others = Vec::new();
        for part in with {
            let (column, how) = match &part {
                Expr::Not(inner) => (inner.as_ref(), Attachment::Anti),
                other => (other, Attachment::Semi),
            };
            let exists = match column {
                Expr::Column(column) => {
                    pending.iter().find(|one| one.value.is_none() && one.id == column.name)
                }
                _ => None,
            };
            match exists {
                Some(one) => plan = self.attached(plan, one, how)?,
                None => others.push(part),
            }
        }
        for part in others {
            let (used, rest) = std::mem::take(pending).into_iter().partition(|one| refers_to(&part, &one.id));
            *pending = rest;
            let used: Vec<PendingCorrelated> = used;
            for one in used {
                let how = if rejects_null(&part, &one.id) { Attachment::NotNull } else { Attachment::Value };
                plan = self.attached(plan, &one, how)?;
            }
            plan = keep(plan, part)?;
        }
        Ok(plan)
    }

    /// Joins the subqueries of `pending` that `used` says are used, and takes them out of it.
    pub(super) fn with_correlated(
        &self,
        plan: LogicalPlan,
        pending: &mut Vec<PendingCorrelated>,
        used: impl Fn(&str) -> bool,
    ) -> Result<LogicalPlan> {
        let (now, later): (Vec<_>, Vec<_>) =
            std::mem::take(pending).into_iter().partition(|one| used(&one.id));
        *pending = later;
        now.iter().try_fold(plan, |plan, one| self.attached(plan, one, Attachment::Value))
    }

    fn attached(&self, plan: LogicalPlan, one: &PendingCorrelated, how: Attachment) -> Result<LogicalPlan> {
        let values = |expr: Expr| over_outer(expr, one);
        let decorrelation = Decorrelation { binder: self, outer: &plan, values: &values };
        let mut lifted = decorrelation.lift(one.plan.clone(), one.value.is_some())?;
        let mut needed: Vec<String> = lifted.keys.iter().map(|key| key.inner.clone()).collect();
        let rest = lifted.rest.iter().flat_map(|expr| expr.column_refs());
        needed.extend(rest.map(|column| column.name.clone()));
        needed.sort();
        needed.dedup();
        let mut exprs: Vec<Expr> = needed.iter().map(|id| plan_column(id)).collect();
        if let Some((column, _)) = &one.value {
            if !lifted.single {
                lifted.plan = self.first_of_keys(lifted.plan, &lifted.keys)?;
            }
            exprs.push(plan_column(column).alias(&one.id));
        }
        lifted.plan = planned(planned(LogicalPlanBuilder::from(lifted.plan).project(exprs))?.build())?;
        let kind = match (how, &one.value) {
            (Attachment::Semi, _) => JoinType::LeftSemi,
            (Attachment::Anti, _) => JoinType::LeftAnti,
            (Attachment::NotNull, Some(_)) => JoinType::Inner,
            (Attachment::Value, Some(_)) => JoinType::Left,
            (_, None) => JoinType::LeftMark,
        };
        let mut kept: Vec<Expr> =
            plan.schema().fields().iter().map(|field| plan_column(field.name())).collect();
        let plan = join(plan, lifted, kind, &values)?;
        match (kind, &one.value) {
            (JoinType::LeftMark, _) => kept.push(plan_column("mark").alias(&one.id)),
            (JoinType::Left, Some((_, ty))) if !ty.is_nullable() => {
                kept.push(self.fill_default(plan_column(&one.id), ty)?.alias(&one.id));
            }
            (JoinType::Left | JoinType::Inner, _) => kept.push(plan_column(&one.id)),
            _ => return Ok(plan),
        }
        planned(planned(LogicalPlanBuilder::from(plan).project(kept))?.build())
    }

    /// The first row of each group of equal keys.
    fn first_of_keys(&self, plan: LogicalPlan, keys: &[super::decorrelate::Key]) -> Result<LogicalPlan> {
        let schema = plan.schema().as_arrow().clone();
        let places = keys.iter().filter_map(|key| schema.index_of(&key.inner).ok()).collect();
        let operator = crate::plan::LimitBy { keys: places, offset: 0, count: 1 };
        planned(crate::plan::apply(Arc::new(operator), vec![plan], schema))
    }
}

/// The expression with outer references replaced by what they are where the subquery is joined.
fn over_outer(expr: Expr, one: &PendingCorrelated) -> Result<Expr> {
    let replaced = expr.transform_up(|expr| {
        let Expr::OuterReferenceColumn(_, column) = &expr else { return Ok(Transformed::no(expr)) };
        match one.outer.iter().find(|(id, _)| *id == column.name) {
            Some((_, typed)) => Ok(Transformed::yes(typed.value())),
            None => Ok(Transformed::no(expr)),
        }
    });
    Ok(planned(replaced)?.data)
}

fn join(
    plan: LogicalPlan,
    lifted: Lifted,
    kind: JoinType,
    values: &dyn Fn(Expr) -> Result<Expr>,
) -> Result<LogicalPlan> {
    let on = lifted
        .keys
        .iter()
        .map(|key| Ok((values(key.outer.clone())?, plan_column(&key.inner))))
        .collect::<Result<Vec<_>>>()?;
    let filter: Vec<Expr> = lifted.rest.into_iter().map(values).collect::<Result<_>>()?;
    let filter = super::special::balanced(&filter, Operator::And);
    let joined = Join::try_new(
        Arc::new(plan),
        Arc::new(lifted.plan),
        on,
        filter,
        kind,
        JoinConstraint::On,
        NullEquality::NullEqualsNothing,
        false,
    );
    Ok(LogicalPlan::Join(planned(joined)?))
}

/// Whether a condition cannot hold where the column `id` is NULL.
fn rejects_null(expr: &Expr, id: &str) -> bool {
    match expr {
        Expr::Column(column) => column.name == id,
        Expr::Cast(cast) => rejects_null(&cast.expr, id),
        Expr::BinaryExpr(binary) => {
            !matches!(
                binary.op,
                Operator::And | Operator::Or | Operator::IsDistinctFrom | Operator::IsNotDistinctFrom
            ) && (rejects_null(&binary.left, id) || rejects_null(&binary.right, id))
        }
        Expr::ScalarFunction(function) => {
            crate::function::propagates_null(&function.func)
                && function.args.iter().any(|arg| rejects_null(arg, id))
        }
        _ => false,
    }
}
