//! Higher-order functions: lambda bodies compiled over captured columns and parameters.

use std::rc::Rc;
use std::sync::Arc;

use arrow::datatypes::Schema;
use datafusion::common::DFSchema;
use datafusion::common::tree_node::{Transformed, TreeNode, TreeNodeRecursion};
use datafusion::logical_expr::Expr;
use datafusion::logical_expr::execution_props::ExecutionProps;
use datafusion::logical_expr::physical_planning_context::PhysicalPlanningContext;
use datafusion::physical_expr::create_physical_expr;
use kinglet_diagnostic::Span;
use kinglet_parser::ast;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::expr::Context;
use super::resolve::plan_column;
use super::scope::Parameter;
use super::{Binder, Scope, Typed, planned};
use crate::arrow_field;
use crate::function::{ArgType, Args, Function, Lambda};

impl Binder<'_> {
    /// A call with at least one lambda among its arguments.
    pub(super) fn higher_order(
        &self,
        scope: &Rc<Scope>,
        function: &'static dyn Function,
        call: &ast::Function,
        context: Context,
        span: Span,
    ) -> Result<Typed> {
        let name = call.name.name.as_str();
        let mut args: Vec<Option<Typed>> = Vec::new();
        for argument in &call.arguments {
            let is_lambda = argument.as_function().is_some_and(|f| f.as_lambda().is_some());
            args.push(if is_lambda { None } else { Some(self.expr(scope, argument, context)?) });
        }
        let list: Vec<ArgType> = args
            .iter()
            .map(|arg| arg.as_ref().map_or_else(|| ArgType::new(ChType::Nothing), bare_arg))
            .collect();
        let environment = &self.environment;
        let parameters =
            function.lambda_parameters(&Args { name, list: &list, environment }).map_err(|e| e.at(span))?;
        let Some(types) = parameters else {
            let message = format!("Function {name} takes no lambda");
            return Err(SqlError::new(ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT, message));
        };
        let mut values = Vec::new();
        let mut lambdas = Vec::new();
        for (argument, arg) in call.arguments.iter().zip(args) {
            match (arg, argument.as_function().and_then(ast::Function::as_lambda)) {
                (Some(value), _) => {
                    values.push(value);
                    lambdas.push(None);
                }
                (None, Some((names, body))) => {
                    let bound = self.lambda(scope, &names, body, &types, context, name)?;
                    values.push(Typed::new(plan_column("lambda"), bound.0.result.clone()));
                    lambdas.push(Some(bound));
                }
                (None, None) => {}
            }
        }
        self.call_function(function, name, values, lambdas, span)
    }

    /// Binds a body and finds what it captures.
    fn lambda(
        &self,
        scope: &Rc<Scope>,
        names: &[&ast::Ident],
        body: &ast::Expr,
        types: &[ChType],
        context: Context,
        function: &str,
    ) -> Result<(Lambda, Vec<Typed>)> {
        let types = spread(names.len(), types).ok_or_else(|| {
            let message = format!(
                "A lambda of function {function} needs {} parameters, not {}",
                types.len(),
                names.len()
            );
            SqlError::new(ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT, message)
        })?;
        let depth = scope.lambdas.borrow().len();
        let parameters: Vec<Parameter> = names
            .iter()
            .zip(&types)
            .enumerate()
            .map(|(at, (name, ty))| Parameter {
                name: name.name.clone(),
                // By place alone, so that equal lambdas are equal expressions.
                id: format!("l{depth}_{at}"),
                ty: ty.clone(),
                value: None,
            })
            .collect();
        scope.lambdas.borrow_mut().push(parameters.clone());
        let bound = self.expr(scope, body, context);
        scope.lambdas.borrow_mut().pop();
        let bound = bound?;
        let mut captures: Vec<Typed> = Vec::new();
        let mut fields = Vec::new();
        let expr = captured(bound.value(), &parameters, scope, self, &mut captures, &mut fields)?;
        fields.extend(parameters.iter().map(|p| arrow_field(&p.id, &p.ty)));
        let schema = Arc::new(Schema::new(fields));
        let named = planned(DFSchema::try_from(Arc::clone(&schema)))?;
        let planning = PhysicalPlanningContext::default();
        let compiled = planned(create_physical_expr(&expr, &named, &ExecutionProps::new(), &planning))?;
        let lambda = Lambda {
            result: bound.ty,
            parameters: parameters.len(),
            body: expr,
            compiled,
            schema,
            captures: Vec::new(),
        };
        Ok((lambda, captures))
    }
}

/// An argument as lambda_parameters sees it: without LowCardinality, and without Nullable around it.
fn bare_arg(typed: &Typed) -> ArgType {
    ArgType { ty: typed.ty.bare().without_low_cardinality_deep(), ..typed.arg() }
}

/// The types for the given number of names: as they are, or the elements of the one tuple.
fn spread(names: usize, types: &[ChType]) -> Option<Vec<ChType>> {
    if names == types.len() {
        return Some(types.to_vec());
    }
    match types {
        [ChType::Tuple(fields)] if fields.len() == names => {
            Some(fields.iter().map(|(_, ty)| ty.clone()).collect())
        }
        _ => None,
    }
}

/// Replaces what does not depend on the parameters by columns of the lambda's schema: columns, aggregates and
/// subqueries of the query around.
fn captured(
    body: Expr,
    parameters: &[Parameter],
    scope: &Scope,
    binder: &Binder<'_>,
    captures: &mut Vec<Typed>,
    fields: &mut Vec<arrow::datatypes::Field>,
) -> Result<Expr> {
    let replaced = body.transform_down(|expr| {
        let outer = match &expr {
            Expr::Column(column) => !parameters.iter().any(|p| p.id == column.name),
            Expr::AggregateFunction(_) | Expr::Placeholder(_) => true,
            _ => false,
        };
        if !outer {
            return Ok(Transformed::no(expr));
        }
        let ty = binder.type_of_outer(scope, &expr).map_err(crate::fault::to_datafusion)?;
        let at = match captures.iter().position(|known| known.expr == expr) {
            Some(at) => at,
            None => {
                captures.push(Typed::new(expr.clone(), ty.clone()));
                fields.push(arrow_field(&format!("k{}", captures.len()), &ty));
                captures.len() - 1
            }
        };
        let name = fields.get(at).map_or("", |field| field.name().as_str());
        Ok(Transformed::new(plan_column(name), true, TreeNodeRecursion::Jump))
    });
    Ok(planned(replaced)?.data)
}
