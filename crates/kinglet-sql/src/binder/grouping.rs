//! Grouping sets, `grouping(keys)` (which keys a set leaves out), and the row of WITH TOTALS.

use std::sync::Arc;

use datafusion::common::{JoinType, NullEquality};
use datafusion::logical_expr::logical_plan::{Join, JoinConstraint};
use datafusion::logical_expr::{Aggregate, Expr, LogicalPlan, LogicalPlanBuilder, lit};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::resolve::plan_column;
use super::select::Clauses;
use super::{Binder, Scope, Typed, planned};

/// A call; its value is a constant of each grouping set, which becomes the column `id`.
#[derive(Clone)]
pub(crate) struct PendingGrouping {
    pub(crate) id: String,
    keys: Vec<Expr>,
}

impl PendingGrouping {
    /// Positions of the arguments among the keys.
    ///
    /// # Errors
    /// 36 when one is no key.
    fn places(&self, keys: &[Typed]) -> Result<Vec<usize>> {
        let place = |wanted: &Expr| keys.iter().position(|key| key.expr == *wanted);
        self.keys.iter().map(place).collect::<Option<_>>().ok_or_else(|| {
            let message = "Argument of GROUPING function is not a part of GROUP BY clause";
            SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
        })
    }

    /// The value in a grouping set: a bit for each argument, the last one lowest, set where the key is left out.
    ///
    /// # Errors
    /// As [`PendingGrouping::places`].
    pub(super) fn value(&self, keys: &[Typed], set: &[usize]) -> Result<u64> {
        let places = self.places(keys)?;
        Ok(places.iter().fold(0, |bits, place| bits << 1 | u64::from(!set.contains(place))))
    }
}

impl Binder<'_> {
    /// A call of `grouping`.
    pub(super) fn grouping(&self, scope: &Scope, keys: Vec<Typed>) -> Typed {
        let keys: Vec<Expr> = keys.into_iter().map(|key| key.expr).collect();
        let mut pending = scope.groupings.borrow_mut();
        let id = match pending.iter().find(|known| known.keys == keys) {
            Some(known) => known.id.clone(),
            None => {
                let id = self.id();
                pending.push(PendingGrouping { id: id.clone(), keys });
                id
            }
        };
        Typed::new(plan_column(&id), ChType::UInt64)
    }
}

impl Binder<'_> {
    /// A key that is a float as the number of its bits: 0.0 and -0.0 are two groups, all equal NaNs are one.
    pub(super) fn float_bits(&self, key: &Typed) -> Result<Typed> {
        let name = match key.ty.without_low_cardinality().bare() {
            ChType::Float64 if key.constant.is_none() => "reinterpretAsUInt64",
            ChType::Float32 if key.constant.is_none() => "reinterpretAsUInt32",
            _ => return Ok(key.clone()),
        };
        self.call(name, vec![key.clone()], Default::default())
    }

    /// The groups with the keys of [`Binder::float_bits`] as floats.
    fn floats_again(
        &self,
        plan: LogicalPlan,
        ids: &[String],
        set: &[usize],
        clauses: &Clauses,
    ) -> Result<LogicalPlan> {
        let mut back: Vec<(String, Expr)> = Vec::new();
        for (at, (key, id)) in clauses.keys.iter().zip(ids).enumerate() {
            let bits = self.float_bits(key)?;
            if !set.contains(&at) || bits.ty == key.ty {
                continue;
            }
            let name = match bits.ty.bare() {
                ChType::UInt32 => "reinterpretAsFloat32",
                _ => "reinterpretAsFloat64",
            };
            let float = self.call(name, vec![Typed::new(plan_column(id), bits.ty)], Default::default())?;
            back.push((id.clone(), self.coerce(&float, &key.ty)?.value()));
        }
        if back.is_empty() {
            return Ok(plan);
        }
        let exprs: Vec<Expr> = plan
            .schema()
            .fields()
            .iter()
            .map(|field| match back.iter().find(|(id, _)| id == field.name()) {
                Some((id, float)) => float.clone().alias(id),
                None => plan_column(field.name()),
            })
            .collect();
        planned(planned(LogicalPlanBuilder::from(plan).project(exprs))?.build())
    }

    /// One grouping set: its keys, and defaults (or NULLs) for the others.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn one_set(
        &self,
        input: &LogicalPlan,
        ids: &[String],
        set: &[usize],
        calls: &[Expr],
        clauses: &Clauses,
        several: bool,
        use_nulls: bool,
        groupings: &[PendingGrouping],
        counted: Option<&str>,
        totals: bool,
    ) -> Result<LogicalPlan> {
        // A key written twice is one.
        let mut places: Vec<usize> = set.to_vec();
        places.sort_unstable();
        places.dedup();
        let group: Vec<Expr> =
            places.iter().filter_map(|at| ids.get(*at)).map(|id| plan_column(id)).collect();
        let plan = if group.is_empty() && calls.is_empty() {
            // Grouping by nothing with no aggregates: one row.
            planned(LogicalPlanBuilder::empty(true).build())?
        } else {
            LogicalPlan::Aggregate(planned(Aggregate::try_new(
                Arc::new(input.clone()),
                group,
                calls.to_vec(),
            ))?)
        };
        let plan = if totals { plan } else { self.floats_again(plan, ids, set, clauses)? };
        let groupings = groupings.iter().map(|grouping| {
            let value = grouping.value(&clauses.keys, set)?;
            Ok((lit(value), grouping.id.clone()))
        });
        let groupings = groupings.collect::<Result<Vec<_>>>()?;
        if !several {
            return self.extended(plan, groupings);
        }
        // The total of no rows at all is no row.
        let plan = match (set.is_empty(), counted) {
            (true, Some(id)) => {
                let some = plan_column(id).gt(lit(0_u64));
                planned(planned(LogicalPlanBuilder::from(plan).filter(some))?.build())?
            }
            _ => plan,
        };
        let mut exprs = Vec::new();
        for (at, (key, id)) in clauses.keys.iter().zip(ids).enumerate() {
            let ty = if use_nulls { key.ty.clone().nullable() } else { key.ty.clone() };
            if set.contains(&at) {
                let typed = Typed::new(plan_column(id), key.ty.clone());
                exprs.push(self.coerce(&typed, &ty)?.value().alias(id));
            } else {
                exprs.push(self.default_value(&ty)?.value().alias(id));
            }
        }
        let aggregates = calls.iter().filter_map(|call| match call {
            Expr::Alias(alias) => Some(plan_column(&alias.name)),
            _ => None,
        });
        exprs.extend(aggregates);
        exprs.extend(groupings.into_iter().map(|(value, id)| value.alias(id)));
        planned(planned(LogicalPlanBuilder::from(plan).project(exprs))?.build())
    }

    /// The plan of the totals row: the aggregates over everything, defaults for keys.
    pub(super) fn totals(
        &self,
        input: &LogicalPlan,
        ids: &[String],
        calls: &[Expr],
        clauses: &Clauses,
    ) -> Result<()> {
        // Only the outermost query answers totals.
        if self.is_nested() {
            return Ok(());
        }
        let rows = match &clauses.having {
            None => input.clone(),
            Some(_) if self.settings.borrow().text("totals_mode") == Some("before_having") => input.clone(),
            Some(having) => self.of_kept_groups(input, ids, calls, having)?,
        };
        let all = match calls.is_empty() {
            // No aggregates: one row.
            true => planned(LogicalPlanBuilder::empty(true).build())?,
            false => LogicalPlan::Aggregate(planned(Aggregate::try_new(
                Arc::new(rows),
                Vec::new(),
                calls.to_vec(),
            ))?),
        };
        let mut extra = Vec::new();
        for (key, id) in clauses.keys.iter().zip(ids) {
            extra.push((self.default_value(&key.ty)?.value(), id.clone()));
        }
        let all = self.extended(all, extra)?;
        let exprs: Vec<Expr> =
            clauses.items.iter().map(|(_, value)| value.value().alias(self.id())).collect();
        let plan = planned(planned(LogicalPlanBuilder::from(all).project(exprs))?.build())?;
        *self.totals.borrow_mut() = Some(plan);
        Ok(())
    }

    /// The rows whose group HAVING keeps: `totals_mode = 'after_having_exclusive'`, ClickHouse's default.
    fn of_kept_groups(
        &self,
        input: &LogicalPlan,
        ids: &[String],
        calls: &[Expr],
        having: &Typed,
    ) -> Result<LogicalPlan> {
        let keys: Vec<Expr> = ids.iter().map(|id| plan_column(id)).collect();
        let groups = planned(Aggregate::try_new(Arc::new(input.clone()), keys, calls.to_vec()))?;
        let groups = LogicalPlanBuilder::from(LogicalPlan::Aggregate(groups));
        let pairs: Vec<(String, String)> = ids.iter().map(|id| (id.clone(), self.id())).collect();
        let kept = pairs.iter().map(|(id, fresh)| plan_column(id).alias(fresh));
        let kept = planned(planned(planned(groups.filter(having.condition()?))?.project(kept))?.build())?;
        let on = pairs.iter().map(|(id, fresh)| (plan_column(id), plan_column(fresh))).collect();
        let join = Join::try_new(
            Arc::new(input.clone()),
            Arc::new(kept),
            on,
            None,
            JoinType::LeftSemi,
            JoinConstraint::On,
            NullEquality::NullEqualsNull,
            false,
        );
        Ok(LogicalPlan::Join(planned(join)?))
    }
}
