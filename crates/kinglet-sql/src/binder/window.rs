//! Window functions.

use std::rc::Rc;

use datafusion::logical_expr::Expr;
use kinglet_parser::ast::{self, Function, Over};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::aggregate::{Aggregation, refers_to};
use super::expr::Context;
use super::resolve::plan_column;
use super::{Binder, Scope, Typed, window_frame};
use crate::aggregate::{Call, find_window};
use crate::plan::{Frame, WindowFunction};

/// A key of a window's ORDER BY.
#[derive(Clone, Debug)]
pub(crate) struct WindowKey {
    pub(crate) value: Typed,
    pub(crate) descending: bool,
    pub(crate) nulls_first: bool,
}

/// A window call to be computed after aggregation.
#[derive(Clone)]
pub(crate) struct PendingWindow {
    pub(crate) id: String,
    pub(crate) function: WindowFunction,
    pub(crate) args: Vec<Typed>,
    pub(crate) result: ChType,
    pub(crate) partition: Vec<Typed>,
    pub(crate) order: Vec<WindowKey>,
    pub(crate) frame: Frame,
}

impl PendingWindow {
    /// The same over the columns of an aggregation.
    pub(super) fn replaced(
        &self,
        aggregation: &mut Aggregation,
        binder: &Binder<'_>,
        scope: &Scope,
    ) -> Result<Self> {
        let mut all = |typed: &Typed| aggregation.replaced(typed, binder, scope);
        let order = self
            .order
            .iter()
            .map(|key| Ok(WindowKey { value: all(&key.value)?, ..key.clone() }))
            .collect::<Result<Vec<_>>>()?;
        let args = self.args.iter().map(&mut all).collect::<Result<Vec<_>>>()?;
        let partition = self.partition.iter().map(&mut all).collect::<Result<Vec<_>>>()?;
        Ok(Self { args, partition, order, ..self.clone() })
    }

    /// The same with every expression replaced.
    pub(super) fn rewrite(&mut self, replace: &dyn Fn(Expr) -> Result<Expr>) -> Result<()> {
        let order = self.order.iter_mut().map(|key| &mut key.value);
        for typed in self.args.iter_mut().chain(&mut self.partition).chain(order) {
            *typed = typed.with_expr(replace(typed.expr.clone())?);
        }
        Ok(())
    }

    /// Whether an argument or key refers to a column.
    pub(super) fn refers_to(&self, id: &str) -> bool {
        let order = self.order.iter().map(|key| &key.value);
        self.args.iter().chain(&self.partition).chain(order).any(|typed| refers_to(&typed.expr, id))
    }

    /// Whether both are computed over rows sorted alike.
    pub(super) fn same_window(&self, other: &Self) -> bool {
        let exprs = |list: &[Typed]| list.iter().map(Typed::value).collect::<Vec<_>>();
        exprs(&self.partition) == exprs(&other.partition)
            && self.order.len() == other.order.len()
            && self.order.iter().zip(&other.order).all(|(a, b)| {
                a.value.expr == b.value.expr && a.descending == b.descending && a.nulls_first == b.nulls_first
            })
    }
}

impl Binder<'_> {
    pub(super) fn window_call(
        &self,
        scope: &Rc<Scope>,
        function: &Function,
        context: Context,
    ) -> Result<Typed> {
        if !context.windows {
            let message =
                format!("Window function {} is not allowed in {}", function.name.name, context.clause);
            return Err(SqlError::new(ErrorCode::ILLEGAL_AGGREGATION, message).at(function.name.span));
        }
        let spec = match &function.over {
            Some(Over::Window(spec)) => spec.as_ref().clone(),
            Some(Over::Name(name)) => self.named_window(scope, &name.name)?.as_ref().clone(),
            None => return Err(SqlError::new(ErrorCode::LOGICAL_ERROR, "a window call without OVER")),
        };
        let spec = self.inherited(scope, spec)?;
        let inner = Context { windows: false, ..context };
        let name = function.effective_name();
        let (implementation, args, result) = match find_window(&name) {
            Some(window) => {
                let args = self.exprs(scope, &function.arguments, inner)?;
                let types: Vec<ChType> =
                    args.iter().map(|arg| arg.ty.without_low_cardinality().clone()).collect();
                let call =
                    Call { name: &name, parameters: &[], types: &types, environment: &self.environment };
                let result = window.result_type(&call).map_err(|e| e.at(function.name.span))?;
                (WindowFunction::Window(window), args, result)
            }
            None => {
                let call =
                    self.bound_aggregate(scope, function, inner).map_err(|error| match error.code {
                        ErrorCode::UNKNOWN_AGGREGATE_FUNCTION => {
                            super::call::unknown_function(&name).at(function.name.span)
                        }
                        _ => error,
                    })?;
                let result = call.bound.result_type();
                (WindowFunction::Aggregate(call.bound), call.args, result)
            }
        };
        let partition = self.exprs(scope, &spec.partition_by, inner)?;
        let mut order = Vec::new();
        for key in &spec.order_by {
            let value = self.expr(scope, &key.expr, inner)?;
            let nulls_first = key.nulls == Some(ast::NullsOrder::First);
            order.push(WindowKey { value, descending: key.descending, nulls_first });
        }
        let frame = self.frame(scope, &spec, inner)?;
        window_frame::expect_fitting(&name, &spec, frame)?;
        let id = self.id();
        scope.windows.borrow_mut().push(PendingWindow {
            id: id.clone(),
            function: implementation,
            args,
            result: result.clone(),
            partition,
            order,
            frame,
        });
        Ok(Typed::new(plan_column(&id), result))
    }

    fn named_window(&self, scope: &Rc<Scope>, name: &str) -> Result<Rc<ast::WindowSpec>> {
        scope
            .named_windows
            .borrow()
            .get(name)
            .cloned()
            .ok_or_else(|| SqlError::new(ErrorCode::BAD_ARGUMENTS, format!("Window '{name}' is not defined")))
    }

    /// The specification with what its parent says filled in.
    fn inherited(&self, scope: &Rc<Scope>, spec: ast::WindowSpec) -> Result<ast::WindowSpec> {
        let Some(parent) = &spec.parent else { return Ok(spec) };
        let parent = self.named_window(scope, &parent.name)?;
        let parent = self.nested(|| self.inherited(scope, parent.as_ref().clone()))?;
        let order_by = if spec.order_by.is_empty() { parent.order_by } else { spec.order_by };
        Ok(ast::WindowSpec { parent: None, partition_by: parent.partition_by, order_by, ..spec })
    }
}
