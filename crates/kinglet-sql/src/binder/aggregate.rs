//! Aggregates: binding calls, and replacing them by columns once they are computed.

use std::rc::Rc;
use std::sync::Arc;

use datafusion::common::tree_node::{Transformed, TreeNode, TreeNodeRecursion};
use datafusion::logical_expr::expr::AggregateFunction;
use datafusion::logical_expr::{Cast, Expr, lit};
use kinglet_parser::ast::{ExprKind, Function, NullsAction};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::expr::Context;
use super::resolve::plan_column;
use super::{Binder, Scope, Typed, planned};
use crate::aggregate::{Bound, Call, Parameter, bind, udaf};
use crate::fault::to_datafusion;

/// A bound aggregate call before it becomes an expression.
pub(super) struct BoundCall {
    pub(super) bound: Arc<dyn Bound>,
    pub(super) args: Vec<Typed>,
    /// Name and parameters.
    pub(super) label: String,
}

impl Binder<'_> {
    pub(super) fn aggregate_call(
        &self,
        scope: &Rc<Scope>,
        function: &Function,
        context: Context,
    ) -> Result<Typed> {
        let name = &function.name.name;
        if !context.aggregates || context.in_aggregate {
            let place = if context.in_aggregate { "another aggregate function" } else { context.clause };
            let message = format!("Aggregate function {name} is found inside {place} in query");
            return Err(SqlError::new(ErrorCode::ILLEGAL_AGGREGATION, message).at(function.name.span));
        }
        let inner =
            Context { aggregates: false, windows: false, in_aggregate: true, clause: "aggregate function" };
        let call = self.bound_aggregate(scope, function, inner)?;
        scope.aggregated.set(true);
        let types = call.args.iter().map(|arg| arg.ty.clone()).collect();
        let ty = simple_state(&call).unwrap_or_else(|| call.bound.result_type());
        let udaf = udaf(call.label, types, call.bound);
        let mut args: Vec<Expr> = call.args.iter().map(Typed::value).collect();
        if args.is_empty() {
            args.push(lit(1_u8));
        }
        let expr = AggregateFunction::new_udf(Arc::new(udaf), args, false, None, Vec::new(), None);
        Ok(Typed::new(Expr::AggregateFunction(expr), ty))
    }

    /// Binds name, parameters and arguments of an aggregate.
    pub(super) fn bound_aggregate(
        &self,
        scope: &Rc<Scope>,
        function: &Function,
        context: Context,
    ) -> Result<BoundCall> {
        let name = aggregate_name(function);
        let mut parameters: Vec<Parameter> = Vec::new();
        for parameter in function.parameters.iter().flatten() {
            let bound = self.expr(scope, parameter, Context { aggregates: false, ..context })?;
            let constant = bound.constant.ok_or_else(|| {
                let message = format!("Parameters of aggregate function {name} must be constants");
                SqlError::new(ErrorCode::BAD_ARGUMENTS, message).at(parameter.span)
            })?;
            parameters.push(constant);
        }
        let mut args = Vec::new();
        for argument in function.effective_arguments() {
            match &argument.kind {
                ExprKind::Asterisk(_) if name.to_ascii_lowercase().starts_with("count") => {}
                ExprKind::Asterisk(_) | ExprKind::Columns(_) => {
                    args.extend(self.expanded(scope, argument, context)?.into_iter().map(|(_, typed)| typed));
                }
                _ => args.push(self.expr(scope, argument, context)?),
            }
        }
        let args: Vec<Typed> = args
            .into_iter()
            .map(|arg| match arg.ty {
                ChType::Tuple(_) => {
                    let ty = arg.ty.without_low_cardinality_deep();
                    arg.retyped(ty)
                }
                _ => arg,
            })
            .collect();
        let types: Vec<ChType> = args.iter().map(|arg| arg.ty.clone()).collect();
        let bound = bind(&Call {
            name: &name,
            parameters: &parameters,
            types: &types,
            environment: &self.environment,
        });
        let bound = bound.map_err(|error| error.at(function.name.span))?;
        let shown: Vec<String> = parameters.iter().map(|p| format!("{:?}", p.to_scalar())).collect();
        Ok(BoundCall { bound, args, label: format!("{name}({})", shown.join(", ")) })
    }
}

/// The name to look up: `count(DISTINCT x)` is `uniqExact(x)`, `RESPECT NULLS` a suffix.
fn aggregate_name(function: &Function) -> String {
    let mut name = function.effective_name().into_owned();
    if name.get(..13).is_some_and(|head| head.eq_ignore_ascii_case("countDistinct")) {
        let rest = name.split_off(13);
        name = format!("uniqExact{rest}");
    }
    if function.nulls == Some(NullsAction::Respect) {
        name.push_str("_respect_nulls");
    }
    name
}

/// Keys and aggregates of one aggregation, and the columns that stand for them afterwards.
#[derive(Default)]
pub(super) struct Aggregation {
    /// Expression and column.
    pub(super) keys: Vec<(Expr, Expr)>,
    /// Aggregate and internal name.
    pub(super) aggregates: Vec<(Expr, String)>,
    /// Columns that exist afterwards: of windows and array joins.
    pub(super) known: Vec<String>,
}

impl Aggregation {
    /// Makes `key` a column named `id`.
    pub(super) fn add_key(&mut self, key: &Typed, id: &str) {
        self.keys.push((key.value(), plan_column(id)));
        if key.is_boolean() {
            let flag = Cast::new(Box::new(plan_column(id)), arrow::datatypes::DataType::Boolean);
            self.keys.push((key.expr.clone(), Expr::Cast(flag)));
        } else if let Some(condition) = crate::function::as_condition(&key.expr) {
            let flag = Cast::new(Box::new(plan_column(id)), arrow::datatypes::DataType::Boolean);
            self.keys.push((condition, Expr::Cast(flag)));
        }
    }

    /// The expression over keys and aggregates.
    ///
    /// # Errors
    /// 215 for a column that is neither.
    pub(super) fn replaced(&mut self, typed: &Typed, binder: &Binder<'_>, scope: &Scope) -> Result<Typed> {
        let expr = self.replace(typed.expr.clone(), binder, scope)?;
        Ok(typed.with_expr(expr))
    }

    fn replace(&mut self, expr: Expr, binder: &Binder<'_>, scope: &Scope) -> Result<Expr> {
        let done = expr.transform_down(|expr| {
            if let Some((_, column)) = self.keys.iter().find(|(key, _)| *key == expr) {
                return Ok(Transformed::new(column.clone(), true, TreeNodeRecursion::Jump));
            }
            match &expr {
                Expr::AggregateFunction(_) => {
                    let id = match self.aggregates.iter().find(|(known, _)| *known == expr) {
                        Some((_, id)) => id.clone(),
                        None => {
                            let id = binder.id();
                            self.aggregates.push((expr.clone(), id.clone()));
                            id
                        }
                    };
                    Ok(Transformed::new(plan_column(&id), true, TreeNodeRecursion::Jump))
                }
                Expr::Column(column) if !self.known.contains(&column.name) => {
                    let columns = scope.columns.borrow();
                    let name = columns.iter().find(|c| c.id == column.name).map_or("?", |c| c.name.as_str());
                    let message =
                        format!("Column {name} is not under aggregate function and not in GROUP BY keys");
                    Err(to_datafusion(SqlError::new(ErrorCode::NOT_AN_AGGREGATE, message)))
                }
                _ => Ok(Transformed::no(expr)),
            }
        });
        Ok(planned(done)?.data)
    }
}

/// Whether an expression holds an aggregate.
pub(super) fn has_aggregate(expr: &Expr) -> bool {
    expr.exists(|e| Ok(matches!(e, Expr::AggregateFunction(_)))).unwrap_or(false)
}

/// Whether an expression refers to a column.
pub(super) fn refers_to(expr: &Expr, id: &str) -> bool {
    expr.exists(|e| Ok(matches!(e, Expr::Column(column) if column.name == id))).unwrap_or(false)
}

/// `max` of a `SimpleAggregateFunction(max, T)` is of that type again, as are `min`, `any` and `anyLast`.
fn simple_state(call: &BoundCall) -> Option<ChType> {
    let name = call.label.split('(').next()?;
    match call.args.first().map(|arg| &arg.ty) {
        Some(ty @ ChType::SimpleAggregateFunction(of))
            if ["max", "min", "any", "anyLast"].contains(&name)
                && of.arguments.first().is_some_and(|ty| !ty.is_nullable())
                && of.arguments.first() == Some(&call.bound.result_type()) =>
        {
            Some(ty.clone())
        }
        _ => None,
    }
}
