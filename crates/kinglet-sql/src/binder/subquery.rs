//! Subqueries as values. They run before the query that uses them.

use std::rc::Rc;
use std::sync::Arc;

use datafusion::logical_expr::expr::Placeholder;
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder};
use kinglet_parser::ast::{self, ExprKind};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::expr::Context;
use super::{Binder, Scope, Typed, planned};
use crate::arrow_field;
use crate::plan::SetSource;

/// A subquery to run before the query.
pub(crate) struct Pending {
    pub(crate) plan: LogicalPlan,
    pub(crate) kind: PendingKind,
}

/// What becomes of a subquery's rows.
pub(crate) enum PendingKind {
    /// The one row replaces a placeholder; several columns make a tuple.
    Scalar { placeholder: String, columns: Vec<ChType>, ty: ChType },
    /// Whether there is a row replaces a placeholder.
    Exists { placeholder: String },
    /// The rows, converted, become a set; `nulls` says that NULL is equal to NULL.
    Set { target: SetSource, from: Vec<ChType>, to: Vec<ChType>, nulls: bool },
}

impl Binder<'_> {
    pub(super) fn scalar_subquery(
        &self,
        scope: &Rc<Scope>,
        query: &ast::Query,
        context: Context,
    ) -> Result<Typed> {
        let key = (Rc::as_ptr(scope) as usize, kinglet_parser::query_to_string(query));
        if let Some(known) = self.bound_subqueries.borrow().get(&key) {
            return Ok(known.clone());
        }
        let relation = self.query(Some(scope), query)?;
        if self.is_correlated(scope, &relation.plan, context)? {
            let typed = self.correlated_scalar(scope, relation)?;
            self.bound_subqueries.borrow_mut().insert(key, typed.clone());
            return Ok(typed);
        }
        let columns: Vec<ChType> = relation.columns.iter().map(|column| column.ty.clone()).collect();
        let ty = match columns.as_slice() {
            [one] => one.clone().nullable(),
            many => ChType::Tuple(
                relation
                    .columns
                    .iter()
                    .zip(many)
                    .map(|(column, ty)| (Some(column.name.as_str().into()), ty.clone()))
                    .collect(),
            ),
        };
        let placeholder = format!("${}", self.id());
        self.pending.borrow_mut().push(Pending {
            plan: relation.plan,
            kind: PendingKind::Scalar { placeholder: placeholder.clone(), columns, ty: ty.clone() },
        });
        let field = Arc::new(arrow_field(&placeholder, &ty));
        let typed = Typed::new(Expr::Placeholder(Placeholder::new_with_field(placeholder, Some(field))), ty);
        self.bound_subqueries.borrow_mut().insert(key, typed.clone());
        Ok(typed)
    }

    pub(super) fn exists(&self, scope: &Rc<Scope>, subquery: &ast::Expr, context: Context) -> Result<Typed> {
        let ExprKind::Subquery(query) = &subquery.kind else {
            return Err(SqlError::new(ErrorCode::SYNTAX_ERROR, "EXISTS needs a subquery"));
        };
        let relation = self.query(Some(scope), query)?;
        if self.is_correlated(scope, &relation.plan, context)? {
            self.subqueries.correlate(subquery);
            // An aggregation of everything has a row whatever it is about.
            return match one_row_always(&relation.plan) {
                true => super::special::number(1),
                false => Ok(self.correlated_exists(scope, relation)),
            };
        }
        let plan = planned(planned(LogicalPlanBuilder::from(relation.plan).limit(0, Some(1)))?.build())?;
        let placeholder = format!("${}", self.id());
        self.pending
            .borrow_mut()
            .push(Pending { plan, kind: PendingKind::Exists { placeholder: placeholder.clone() } });
        let field = Arc::new(arrow_field(&placeholder, &ChType::UInt8));
        Ok(Typed::new(
            Expr::Placeholder(Placeholder::new_with_field(placeholder, Some(field))),
            ChType::UInt8,
        ))
    }

    /// The type of something a lambda captures.
    pub(super) fn type_of_outer(&self, scope: &Scope, expr: &Expr) -> Result<ChType> {
        match expr {
            Expr::Column(column) => {
                let columns = scope.columns.borrow();
                if let Some(found) = columns.iter().find(|known| known.id == column.name) {
                    return Ok(found.ty.clone());
                }
                let lambdas = scope.lambdas.borrow();
                if let Some(found) = lambdas.iter().flatten().find(|known| known.id == column.name) {
                    return Ok(found.ty.clone());
                }
                if let Some(found) = scope.array_joins.borrow().iter().find(|known| known.id == column.name) {
                    return Ok(found.element.clone());
                }
                if let Some(found) = scope.random.borrow().iter().find(|known| known.id == column.name) {
                    return Ok(found.value.ty.clone());
                }
                if let Some(found) = scope.windows.borrow().iter().find(|known| known.id == column.name) {
                    return Ok(found.result.clone());
                }
                if let Some(found) = scope.correlated.borrow().iter().find(|known| known.id == column.name) {
                    return Ok(found.ty());
                }
            }
            Expr::OuterReferenceColumn(_, column) => {
                let mut around = scope.parent.clone();
                while let Some(scope) = around {
                    if let Some(found) = scope.columns.borrow().iter().find(|known| known.id == column.name) {
                        return Ok(found.ty.clone());
                    }
                    around = scope.parent.clone();
                }
            }
            Expr::Placeholder(placeholder) => {
                let pending = self.pending.borrow();
                for other in pending.iter() {
                    match &other.kind {
                        PendingKind::Scalar { placeholder: id, ty, .. } if *id == placeholder.id => {
                            return Ok(ty.clone());
                        }
                        PendingKind::Exists { placeholder: id } if *id == placeholder.id => {
                            return Ok(ChType::UInt8);
                        }
                        _ => {}
                    }
                }
            }
            Expr::AggregateFunction(function) => {
                if let Some(ty) = crate::aggregate::result_of(&function.func) {
                    return Ok(ty);
                }
            }
            _ => {}
        }
        Err(SqlError::new(ErrorCode::LOGICAL_ERROR, format!("The type of {expr} is not known")))
    }
}

/// Whether a plan has one row over any input.
fn one_row_always(plan: &LogicalPlan) -> bool {
    match plan {
        LogicalPlan::Projection(projection) => one_row_always(&projection.input),
        LogicalPlan::Aggregate(aggregate) => aggregate.group_expr.is_empty(),
        _ => false,
    }
}
