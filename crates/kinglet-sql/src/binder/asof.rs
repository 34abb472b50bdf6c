//! ASOF JOIN: equal keys and one ordered pair.

use std::rc::Rc;
use std::sync::Arc;

use datafusion::logical_expr::LogicalPlan;
use kinglet_parser::ast::{self, Join, JoinConstraint};
use kinglet_types::{ErrorCode, Result, SqlError};

use super::expr::Context;
use super::from::Source;
use super::join::{Conditions, Side, side};
use super::{Binder, Scope, Typed, planned};
use crate::plan::{Asof, Nearest, apply};

impl Binder<'_> {
    /// The plan of an ASOF JOIN: columns of both sides, the right ones NULL where nothing is near.
    pub(super) fn asof_join(
        &self,
        scope: &Rc<Scope>,
        left: &Source,
        right: &Source,
        join: &Join,
        conditions: &mut Conditions,
        keep: bool,
    ) -> Result<LogicalPlan> {
        let wrong = || {
            let message = "ASOF JOIN needs equal keys and one inequality between both sides";
            SqlError::new(ErrorCode::INVALID_JOIN_ON_EXPRESSION, message).at(join.span)
        };
        let mut ordered: Option<(Typed, Typed, Nearest)> = None;
        match &join.constraint {
            Some(JoinConstraint::Using(_)) => {
                let (l, r) = conditions.keys.pop().ok_or_else(wrong)?;
                ordered = Some((l, r, Nearest::GreaterOrEqual));
                // The ordered column is not merged: each side keeps its own.
                conditions.using.pop();
            }
            Some(JoinConstraint::On(on)) => {
                let mut all = left.columns.clone();
                all.extend(right.columns.iter().cloned());
                *scope.columns.borrow_mut() = all;
                scope.bound_aliases.borrow_mut().clear();
                self.inequality(scope, on, left, right, &mut ordered)?;
            }
            None => {}
        }
        let (l, r, nearest) = ordered.ok_or_else(wrong)?;
        if conditions.keys.is_empty() {
            let message = "ASOF JOIN needs at least one equality beside its inequality";
            return Err(super::unsupported(message).at(join.span));
        }
        if kinglet_types::supertype(&[l.ty.clone(), r.ty.clone()]).is_none() {
            let message = format!("There is no supertype for types {}, {}", l.ty, r.ty);
            return Err(SqlError::new(ErrorCode::NO_COMMON_TYPE, message).at(join.span));
        }
        let (l, r) = self.key_pair(&l, &r)?;
        let add = |plan: &LogicalPlan, keys: Vec<&Typed>| {
            let base = plan.schema().fields().len();
            let extra = keys.iter().map(|key| (key.value(), self.id())).collect::<Vec<_>>();
            let places: Vec<usize> = (base..base + extra.len()).collect();
            Ok::<_, SqlError>((self.extended(plan.clone(), extra)?, places))
        };
        let (left_plan, mut left_keys) =
            add(&left.plan, conditions.keys.iter().map(|(l, _)| l).chain([&l]).collect())?;
        let (right_plan, mut right_keys) =
            add(&right.plan, conditions.keys.iter().map(|(_, r)| r).chain([&r]).collect())?;
        let (Some(left_value), Some(right_value)) = (left_keys.pop(), right_keys.pop()) else {
            return Err(wrong());
        };
        let fields = left_plan.schema().fields().iter().cloned().chain(
            right_plan
                .schema()
                .fields()
                .iter()
                .map(|field| Arc::new(field.as_ref().clone().with_nullable(true))),
        );
        let schema = arrow::datatypes::Schema::new(fields.collect::<Vec<_>>());
        let operator = Asof { left_keys, right_keys, left_value, right_value, nearest, keep };
        planned(apply(Arc::new(operator), vec![left_plan, right_plan], schema))
    }

    fn inequality(
        &self,
        scope: &Rc<Scope>,
        on: &ast::Expr,
        left: &Source,
        right: &Source,
        found: &mut Option<(Typed, Typed, Nearest)>,
    ) -> Result<()> {
        let Some(function) = on.as_function() else { return Ok(()) };
        if function.name.name.eq_ignore_ascii_case("and") {
            for part in &function.arguments {
                self.inequality(scope, part, left, right, found)?;
            }
            return Ok(());
        }
        let (nearest, flipped) = match function.name.name.as_str() {
            "greaterOrEquals" => (Nearest::GreaterOrEqual, Nearest::LessOrEqual),
            "greater" => (Nearest::Greater, Nearest::Less),
            "lessOrEquals" => (Nearest::LessOrEqual, Nearest::GreaterOrEqual),
            "less" => (Nearest::Less, Nearest::Greater),
            _ => return Ok(()),
        };
        let [a, b] = function.arguments.as_slice() else { return Ok(()) };
        let context = Context::rows("JOIN ON");
        let (a, b) = (self.expr(scope, a, context)?, self.expr(scope, b, context)?);
        match (side(&a, left, right), side(&b, left, right)) {
            (Side::Left, Side::Right) => *found = Some((a, b, nearest)),
            (Side::Right, Side::Left) => *found = Some((b, a, flipped)),
            _ => {}
        }
        Ok(())
    }
}
