//! One SELECT: its clauses bound, then put together in the order they are computed.

use std::rc::Rc;
use std::sync::Arc;

use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder};
use kinglet_parser::ast::{self, Distinct, GroupByItems, GroupByModifier, Select, WithItem};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::aggregate::{Aggregation, has_aggregate, refers_to};
use super::correlated::PendingCorrelated;
use super::expr::Context;
use super::order::{Extent, Key, sort_expr};
use super::projection::Item;
use super::resolve::plan_column;
use super::scope::{Cte, PendingArrayJoin};
use super::window::PendingWindow;
use super::{Binder, Relation, RelationColumn, Scope, Typed, aliases, planned};
use crate::arrow_field;
use crate::plan::{Concat, Fill, FillKey, LimitBy, SortKey, Tail, WindowCall, WindowOperator, apply};

/// The clauses of a SELECT, bound.
pub(super) struct Clauses {
    filter: Option<Typed>,
    pub(super) items: Vec<Item>,
    pub(super) keys: Vec<Typed>,
    /// Which keys each grouping set holds; one set of all keys without modifiers.
    sets: Vec<Vec<usize>>,
    grouped: bool,
    pub(super) having: Option<Typed>,
    qualify: Option<Typed>,
    order: Vec<Key>,
    limit_by: Option<(Vec<Typed>, u64, u64)>,
    limit: Option<(Extent, Option<Extent>)>,
    interpolate: Vec<(usize, crate::engine::RowExpression)>,
}

impl Clauses {
    /// Whether anything computed after filtering and grouping refers to a column.
    fn refer_to(&self, id: &str) -> bool {
        let values = self.items.iter().map(|(_, value)| value).chain(&self.qualify);
        let order = self.order.iter().map(|key| &key.value);
        let limit_by = self.limit_by.iter().flat_map(|(keys, ..)| keys);
        values.chain(order).chain(limit_by).any(|value| refers_to(&value.expr, id))
    }
}

/// What is joined to the rows after they are grouped.
struct Late {
    joins: Vec<PendingArrayJoin>,
    correlated: Vec<PendingCorrelated>,
}

impl Binder<'_> {
    pub(super) fn select(&self, outer: Option<&Rc<Scope>>, select: &Select) -> Result<Relation> {
        // The settings of an inner query hold for it alone.
        let around = self.settings.borrow().clone();
        self.settings.borrow_mut().add(&select.settings)?;
        let bound = self.select_inside(outer, select);
        if self.is_nested() {
            *self.settings.borrow_mut() = around;
        }
        bound
    }

    fn select_inside(&self, outer: Option<&Rc<Scope>>, select: &Select) -> Result<Relation> {
        let scope = Scope::inside(outer);
        self.with(&scope, select)?;
        *scope.aliases.borrow_mut() = aliases::collect(select)?;
        for window in &select.windows {
            let spec = Rc::new(window.window.clone());
            scope.named_windows.borrow_mut().insert(window.name.name.clone(), spec);
        }
        let plan = self.from(&scope, &select.from)?;
        let clauses = self.clauses(&scope, select)?;
        self.assembled(&scope, plan, clauses, select)
    }

    /// Makes the names of WITH known in `scope`.
    pub(super) fn with(&self, scope: &Rc<Scope>, select: &Select) -> Result<()> {
        let scalars = aliases::of_with(select)?;
        scope.with_aliases.borrow_mut().extend(scalars);
        for item in select.with.iter().flat_map(|with| &with.items) {
            let WithItem::Query { name, columns, query, .. } = item else { continue };
            // A query sees the items before it.
            let around = Scope::inside(scope.parent.as_ref());
            *around.ctes.borrow_mut() = scope.ctes.borrow().clone();
            *around.with_aliases.borrow_mut() = scope.with_aliases.borrow().clone();
            let recursive =
                select.with.as_ref().is_some_and(|with| with.recursive) && mentions(query, &name.name);
            let cte = Cte {
                query: Rc::new(query.as_ref().clone()),
                columns: columns.clone(),
                scope: around,
                recursive,
            };
            scope.ctes.borrow_mut().insert(name.name.clone(), Rc::new(cte));
        }
        Ok(())
    }

    fn clauses(&self, scope: &Rc<Scope>, select: &Select) -> Result<Clauses> {
        if let (Some(prewhere), Some(ast::TableElement::Table { table, .. })) =
            (&select.prewhere, select.from.first())
            && matches!(table.source, ast::TableSource::Subquery(_))
        {
            let message = "PREWHERE is only possible for tables";
            return Err(SqlError::new(ErrorCode::ILLEGAL_PREWHERE, message).at(prewhere.span));
        }
        let mut filter = None;
        for clause in [("PREWHERE", &select.prewhere), ("WHERE", &select.filter)] {
            if let (name, Some(expr)) = clause {
                let bound = self.expr(scope, expr, Context::rows(name))?;
                bound.condition().map_err(|error| error.at(expr.span))?;
                filter = Some(match filter {
                    None => bound,
                    Some(other) => {
                        self.logic(&[other, bound], datafusion::logical_expr::Operator::And, "and")?
                    }
                });
            }
        }
        let items = self.projection(scope, &select.projection, Context::all("SELECT"))?;
        if items.is_empty() {
            let message = "Empty list of columns in projection";
            return Err(SqlError::new(ErrorCode::EMPTY_LIST_OF_COLUMNS_QUERIED, message).at(select.span));
        }
        let (keys, sets, grouped) = self.group_keys(scope, select, &items)?;
        let items = match sets.len() > 1 && self.settings.borrow().flag("group_by_use_nulls", false) {
            true => self.over_nullable_keys(scope, select, &keys)?,
            false => items,
        };
        let clause = |expr: &Option<ast::Expr>, context| {
            expr.as_ref()
                .map(|expr| {
                    let bound = self.expr(scope, expr, context)?;
                    bound.condition().map_err(|error| error.at(expr.span))?;
                    Ok(bound)
                })
                .transpose()
        };
        let having = clause(&select.having, Context { windows: false, ..Context::all("HAVING") })?;
        let qualify = clause(&select.qualify, Context::all("QUALIFY"))?;
        let order = match &select.order_by {
            Some(order_by) => self.order_keys(scope, order_by, &items)?,
            None => Vec::new(),
        };
        let limit_by = match (&select.limit_by, &select.distinct) {
            (Some(limit_by), _) => {
                let keys = if limit_by.all {
                    items.iter().map(|(_, value)| value.clone()).collect()
                } else {
                    self.positional_or_bound(scope, &limit_by.by, &items)?
                };
                let offset =
                    limit_by.offset.as_ref().map(|e| self.limit_number(scope, e)).transpose()?.unwrap_or(0);
                Some((keys, offset, self.limit_number(scope, &limit_by.count)?))
            }
            (None, Some(Distinct::On(by))) => Some((self.positional_or_bound(scope, by, &items)?, 0, 1)),
            _ => None,
        };
        let limit = match &select.limit {
            Some(limit) => {
                if limit.range.is_some() {
                    let message = "LIMIT with AFTER or UNTIL is not supported";
                    return Err(SqlError::new(ErrorCode::NOT_IMPLEMENTED, message));
                }
                if limit.with_ties && select.order_by.is_none() {
                    let code = ErrorCode::from_name("WITH_TIES_WITHOUT_ORDER_BY")
                        .unwrap_or(ErrorCode::BAD_ARGUMENTS);
                    return Err(SqlError::new(code, "LIMIT WITH TIES needs ORDER BY").at(select.span));
                }
                let offset = limit.offset.as_ref().map(|e| self.signed_limit(scope, e)).transpose()?;
                let offset = offset.unwrap_or(Extent::Rows(0));
                let count = limit.count.as_ref().map(|e| self.signed_limit(scope, e)).transpose()?;
                Some((offset, count))
            }
            None => None,
        };
        let interpolate = match &select.order_by {
            Some(order_by) if order.iter().any(|key| key.fill.is_some()) => {
                self.interpolation(order_by, &items)?
            }
            _ => Vec::new(),
        };
        Ok(Clauses {
            filter,
            items,
            keys,
            sets,
            grouped,
            having,
            qualify,
            order,
            limit_by,
            limit,
            interpolate,
        })
    }

    /// The select list again, where the keys of GROUP BY are Nullable.
    fn over_nullable_keys(&self, scope: &Rc<Scope>, select: &Select, keys: &[Typed]) -> Result<Vec<Item>> {
        let keys = keys.iter().filter(|key| key.constant.is_none()).map(|key| key.expr.clone());
        scope.nullable_keys.borrow_mut().extend(keys);
        *scope.nullable_texts.borrow_mut() = written_keys(scope, select);
        scope.bound_aliases.borrow_mut().clear();
        scope.windows.borrow_mut().clear();
        scope.groupings.borrow_mut().clear();
        self.projection(scope, &select.projection, Context::all("SELECT"))
    }

    fn positional_or_bound(
        &self,
        scope: &Rc<Scope>,
        exprs: &[ast::Expr],
        items: &[Item],
    ) -> Result<Vec<Typed>> {
        exprs
            .iter()
            .map(|expr| match self.positional(expr, items)? {
                Some(value) => Ok(value),
                None => self.expr(scope, expr, Context::all("LIMIT BY")),
            })
            .collect()
    }

    /// The keys of GROUP BY and the grouping sets over them.
    fn group_keys(
        &self,
        scope: &Rc<Scope>,
        select: &Select,
        items: &[Item],
    ) -> Result<(Vec<Typed>, Vec<Vec<usize>>, bool)> {
        let Some(group_by) = &select.group_by else { return Ok((Vec::new(), vec![Vec::new()], false)) };
        let mut keys: Vec<Typed> = Vec::new();
        let bind = |expr: &ast::Expr| match self.positional(expr, items)? {
            Some(value) if has_aggregate(&value.expr) => {
                let message = "Aggregate functions are not allowed in GROUP BY";
                Err(SqlError::new(ErrorCode::ILLEGAL_AGGREGATION, message).at(expr.span))
            }
            Some(value) => Ok(value),
            None => self.expr(scope, expr, Context::rows("GROUP BY")),
        };
        let bind = |expr: &ast::Expr| {
            let key = bind(expr)?;
            let setting = "allow_suspicious_types_in_group_by";
            self.refuse_variant(&key.ty, "GROUP BY", setting).map_err(|error| error.at(expr.span))?;
            Ok::<_, SqlError>(key)
        };
        let mut place = |key: Typed| match keys.iter().position(|known| known.expr == key.expr) {
            Some(at) => at,
            None => {
                keys.push(key);
                keys.len() - 1
            }
        };
        let mut sets: Vec<Vec<usize>> = Vec::new();
        match &group_by.items {
            GroupByItems::None => sets.push(Vec::new()),
            GroupByItems::All => {
                let all: Vec<usize> = items
                    .iter()
                    .filter(|(_, value)| !has_aggregate(&value.expr))
                    .map(|(_, value)| place(value.clone()))
                    .collect();
                sets.push(all);
            }
            GroupByItems::Exprs(exprs) => {
                let mut all = Vec::new();
                for expr in exprs {
                    // `GROUP BY (a, b)` groups by both.
                    let tuple =
                        expr.as_function().filter(|f| f.syntax == ast::Syntax::Tuple && expr.alias.is_none());
                    match tuple {
                        Some(tuple) => {
                            for part in &tuple.arguments {
                                all.push(place(bind(part)?));
                            }
                        }
                        None => all.push(place(bind(expr)?)),
                    }
                }
                // A key written twice is one.
                let mut seen = std::collections::BTreeSet::new();
                all.retain(|key| seen.insert(*key));
                sets.push(all);
            }
            GroupByItems::GroupingSets(lists) => {
                for list in lists {
                    let set = list.iter().map(|expr| Ok(place(bind(expr)?))).collect::<Result<Vec<_>>>()?;
                    sets.push(set);
                }
            }
        }
        let all = sets.first().cloned().unwrap_or_default();
        match group_by.modifier {
            Some(GroupByModifier::Rollup) => {
                sets = (0..=all.len()).rev().map(|len| all.get(..len).unwrap_or_default().to_vec()).collect();
            }
            Some(GroupByModifier::Cube) => {
                let count = 1_usize << all.len().min(16);
                sets = (0..count)
                    .rev()
                    .map(|mask| {
                        let last = all.len().saturating_sub(1);
                        all.iter()
                            .enumerate()
                            .filter(|(at, _)| mask >> (last - at) & 1 == 1)
                            .map(|(_, k)| *k)
                            .collect()
                    })
                    .collect();
            }
            None => {}
        }
        Ok((keys, sets, true))
    }

    fn assembled(
        &self,
        scope: &Rc<Scope>,
        plan: LogicalPlan,
        mut clauses: Clauses,
        select: &Select,
    ) -> Result<Relation> {
        let mut plan = self.with_random(scope, plan, &mut clauses)?;
        let joins = scope.array_joins.borrow().clone();
        let mut correlated = scope.correlated.borrow().clone();
        let mut done: Vec<String> = Vec::new();
        if let Some(filter) = &clauses.filter {
            let early = self.needed(&joins, std::slice::from_ref(filter), &done);
            plan = self.array_joined(plan, early, &mut done)?;
            plan = self.filtered(plan, filter.condition()?, &mut correlated)?;
            // An EXISTS that was a condition is not needed again, unless it is a value too.
            correlated.retain(|one| {
                clauses.refer_to(&one.id)
                    || self.below_aggregation(&one.id, &clauses)
                    || clauses.having.as_ref().is_some_and(|having| refers_to(&having.expr, &one.id))
                    || scope.windows.borrow().iter().any(|window| window.refers_to(&one.id))
            });
        }
        let aggregated = clauses.grouped || scope.aggregated.get();
        if !aggregated && !scope.groupings.borrow().is_empty() {
            let message = "GROUPING function is found in SELECT without GROUP BY in query";
            return Err(SqlError::new(ErrorCode::ILLEGAL_AGGREGATION, message).at(select.span));
        }
        let mut windows = scope.windows.borrow().clone();
        if aggregated {
            let early: Vec<PendingArrayJoin> = joins
                .iter()
                .filter(|join| {
                    !done.contains(&join.id)
                        && !has_aggregate(&join.array.expr)
                        && self.below_aggregation(&join.id, &clauses)
                })
                .cloned()
                .collect();
            plan = self.array_joined(plan, early, &mut done)?;
            plan = self.with_correlated(plan, &mut correlated, |id| self.below_aggregation(id, &clauses))?;
            let joins = joins.iter().filter(|join| !done.contains(&join.id)).cloned().collect();
            let mut late = Late { joins, correlated };
            plan = self.aggregated(scope, plan, &mut clauses, &mut windows, &mut late, select)?;
            correlated = late.correlated;
            plan = self.array_joined(plan, late.joins, &mut done)?;
        } else {
            let late = joins.iter().filter(|join| !done.contains(&join.id)).cloned().collect();
            plan = self.array_joined(plan, late, &mut done)?;
        }
        if let Some(having) = &clauses.having {
            plan = self.filtered(plan, having.condition()?, &mut correlated)?;
        }
        let used = |id: &str| windows.iter().any(|window| window.refers_to(id)) || clauses.refer_to(id);
        plan = self.with_correlated(plan, &mut correlated, used)?;
        plan = self.windowed(plan, windows)?;
        if let Some(qualify) = &clauses.qualify {
            plan = planned(planned(LogicalPlanBuilder::from(plan).filter(qualify.condition()?))?.build())?;
        }
        self.finished(plan, clauses, select)
    }

    /// Random calls that several places share as columns of the rows; any other stands where it is used.
    fn with_random(
        &self,
        scope: &Rc<Scope>,
        plan: LogicalPlan,
        clauses: &mut Clauses,
    ) -> Result<LogicalPlan> {
        use datafusion::common::tree_node::{Transformed, TreeNode};
        let calls = scope.random.take();
        if calls.is_empty() {
            return Ok(plan);
        }
        let aggregated = clauses.grouped || scope.aggregated.get();
        let uses = |id: &str| {
            let items = clauses.items.iter().map(|(_, value)| value);
            let order = clauses.order.iter().map(|key| &key.value);
            let limits = clauses.limit_by.iter().flat_map(|(keys, ..)| keys);
            let conditions = clauses.filter.iter().chain(&clauses.having).chain(&clauses.qualify);
            let all = items.chain(order).chain(limits).chain(conditions).chain(&clauses.keys);
            all.map(|typed| times(&typed.expr, id)).sum::<usize>()
        };
        let (shared, single): (Vec<_>, Vec<_>) =
            calls.into_iter().partition(|call| !aggregated && uses(&call.id) > 1);
        let restored = |expr: Expr| -> Result<Expr> {
            let done = expr.transform_up(|expr| {
                let Expr::Column(column) = &expr else { return Ok(Transformed::no(expr)) };
                match single.iter().find(|call| call.id == column.name) {
                    Some(call) => Ok(Transformed::yes(call.value.value())),
                    None => Ok(Transformed::no(expr)),
                }
            });
            Ok(planned(done)?.data)
        };
        if !single.is_empty() {
            let keys = clauses.keys.iter_mut().chain(clauses.order.iter_mut().map(|key| &mut key.value));
            let conditions = clauses.filter.iter_mut().chain(&mut clauses.having).chain(&mut clauses.qualify);
            let items = clauses.items.iter_mut().map(|(_, value)| value);
            let limits = clauses.limit_by.iter_mut().flat_map(|(keys, ..)| keys);
            for typed in keys.chain(conditions).chain(items).chain(limits) {
                *typed = typed.with_expr(restored(typed.expr.clone())?);
            }
            for join in scope.array_joins.borrow_mut().iter_mut() {
                join.array = join.array.with_expr(restored(join.array.expr.clone())?);
            }
            for window in scope.windows.borrow_mut().iter_mut() {
                window.rewrite(&restored)?;
            }
        }
        let extra = shared.iter().map(|call| (call.value.value(), call.id.clone())).collect();
        self.extended(plan, extra)
    }

    /// Array joins that `exprs` use and that are not done yet.
    fn needed(&self, joins: &[PendingArrayJoin], exprs: &[Typed], done: &[String]) -> Vec<PendingArrayJoin> {
        joins
            .iter()
            .filter(|join| !done.contains(&join.id) && exprs.iter().any(|e| refers_to(&e.expr, &join.id)))
            .cloned()
            .collect()
    }

    /// Whether a column is used by a key or inside an aggregate.
    fn below_aggregation(&self, id: &str, clauses: &Clauses) -> bool {
        use datafusion::common::tree_node::TreeNode;
        let inside = |expr: &Expr| {
            expr.exists(|e| {
                Ok(matches!(e, Expr::AggregateFunction(f) if f.params.args.iter().any(|arg| refers_to(arg, id))))
            })
            .unwrap_or(false)
        };
        let values = clauses.items.iter().map(|(_, value)| value).chain(&clauses.having);
        clauses.keys.iter().any(|key| refers_to(&key.expr, id))
            || values.map(|value| &value.expr).any(inside)
            || clauses.order.iter().any(|key| inside(&key.value.expr))
    }

    fn array_joined(
        &self,
        plan: LogicalPlan,
        joins: Vec<PendingArrayJoin>,
        done: &mut Vec<String>,
    ) -> Result<LogicalPlan> {
        let mut plan = plan;
        for join in joins {
            done.push(join.id.clone());
            plan = self.unfolded(plan, vec![(join.array, join.id, join.element)], false)?;
        }
        Ok(plan)
    }

    /// Groups and aggregates; every later expression is then over their columns.
    fn aggregated(
        &self,
        scope: &Rc<Scope>,
        plan: LogicalPlan,
        clauses: &mut Clauses,
        windows: &mut [PendingWindow],
        late: &mut Late,
        select: &Select,
    ) -> Result<LogicalPlan> {
        let use_nulls = self.settings.borrow().flag("group_by_use_nulls", false);
        let several = clauses.sets.len() > 1;
        let mut aggregation = Aggregation::default();
        let ids: Vec<String> = clauses.keys.iter().map(|_| self.id()).collect();
        for (key, id) in clauses.keys.iter().zip(&ids) {
            if key.constant.is_none() {
                aggregation.add_key(key, id);
            }
        }
        aggregation.known.extend(windows.iter().map(|window| window.id.clone()));
        aggregation.known.extend(late.joins.iter().map(|join| join.id.clone()));
        aggregation.known.extend(late.correlated.iter().map(|one| one.id.clone()));
        let groupings = scope.groupings.borrow().clone();
        aggregation.known.extend(groupings.iter().map(|grouping| grouping.id.clone()));
        for window in windows.iter_mut() {
            *window = window.replaced(&mut aggregation, self, scope)?;
        }
        for join in &mut late.joins {
            join.array = aggregation.replaced(&join.array, self, scope)?;
        }
        for (_, outer) in late.correlated.iter_mut().flat_map(|one| &mut one.outer) {
            *outer = aggregation.replaced(outer, self, scope)?;
        }
        for (_, value) in &mut clauses.items {
            *value = aggregation.replaced(value, self, scope)?;
        }
        for value in clauses.having.iter_mut().chain(&mut clauses.qualify) {
            *value = aggregation.replaced(value, self, scope)?;
        }
        for key in &mut clauses.order {
            key.value = aggregation.replaced(&key.value, self, scope)?;
        }
        if let Some((keys, ..)) = &mut clauses.limit_by {
            for key in keys {
                *key = aggregation.replaced(key, self, scope)?;
            }
        }
        // Keys and arguments become columns first, so that each is computed once.
        let mut extra: Vec<(Expr, String)> = Vec::new();
        let totals = select.group_by.as_ref().is_some_and(|group_by| group_by.totals);
        for (key, id) in clauses.keys.iter().zip(&ids) {
            let value = if totals { key.value() } else { self.float_bits(key)?.value() };
            extra.push((value, id.clone()));
        }
        let mut calls = Vec::new();
        for (expr, id) in &aggregation.aggregates {
            let Expr::AggregateFunction(function) = expr else { continue };
            let mut function = function.clone();
            for arg in &mut function.params.args {
                if matches!(arg, Expr::Column(_) | Expr::Literal(..)) {
                    continue;
                }
                let known = extra.iter().find(|(other, _)| other == arg).map(|(_, id)| id.clone());
                let place = known.unwrap_or_else(|| {
                    let place = self.id();
                    extra.push((arg.clone(), place.clone()));
                    place
                });
                *arg = plan_column(&place);
            }
            calls.push(Expr::AggregateFunction(function).alias(id));
        }
        let input = self.extended(plan, extra)?;
        if totals {
            self.totals(&input, &ids, &calls, clauses)?;
        }
        let counted = self.id();
        let rolled = select.group_by.as_ref().is_some_and(|group_by| group_by.modifier.is_some());
        if several {
            let environment = &self.environment;
            let call = crate::aggregate::Call { name: "count", parameters: &[], types: &[], environment };
            let count =
                crate::aggregate::udaf("count()".to_owned(), Vec::new(), crate::aggregate::bind(&call)?);
            calls.push(count.call(vec![datafusion::logical_expr::lit(1_u8)]).alias(&counted));
        }
        let mut parts = Vec::new();
        for set in &clauses.sets {
            parts.push(self.one_set(
                &input,
                &ids,
                set,
                &calls,
                clauses,
                several,
                use_nulls,
                &groupings,
                rolled.then_some(counted.as_str()),
                totals,
            )?);
        }
        if parts.len() == 1
            && let Some(one) = parts.pop()
        {
            return Ok(one);
        }
        let schema = parts.first().map(|part| relaxed(part.schema().as_arrow()));
        let schema = schema.ok_or_else(|| super::unsupported("GROUP BY without grouping sets"))?;
        planned(apply(Arc::new(Concat), parts, schema))
    }

    /// Computes window functions, those over equal windows together.
    fn windowed(&self, plan: LogicalPlan, windows: Vec<PendingWindow>) -> Result<LogicalPlan> {
        let mut plan = plan;
        let mut rest = windows;
        while let Some(first) = rest.first().cloned() {
            let (same, other): (Vec<_>, Vec<_>) =
                rest.into_iter().partition(|window| window.same_window(&first));
            rest = other;
            plan = self.one_window(plan, &same)?;
        }
        Ok(plan)
    }

    fn one_window(&self, plan: LogicalPlan, windows: &[PendingWindow]) -> Result<LogicalPlan> {
        let Some(first) = windows.first() else { return Ok(plan) };
        let base = plan.schema().fields().len();
        let mut extra: Vec<(Expr, String)> = Vec::new();
        let mut place = |typed: &Typed| {
            extra.push((typed.value(), self.id()));
            base + extra.len() - 1
        };
        let partition: Vec<usize> = first.partition.iter().map(&mut place).collect();
        let order: Vec<SortKey> = first
            .order
            .iter()
            .map(|key| SortKey {
                column: place(&key.value),
                descending: key.descending,
                nulls_first: key.nulls_first,
            })
            .collect();
        let calls: Vec<WindowCall> = windows
            .iter()
            .map(|window| WindowCall {
                function: window.function.clone(),
                arguments: match window.args.is_empty() {
                    true => vec![place(&Typed::new(datafusion::logical_expr::lit(1_u8), ChType::UInt8))],
                    false => window.args.iter().map(&mut place).collect(),
                },
                types: window.args.iter().map(|arg| arg.ty.without_low_cardinality().clone()).collect(),
                result: window.result.clone(),
                frame: window.frame,
            })
            .collect();
        let input = self.extended(plan, extra)?;
        let mut fields: Vec<_> = input.schema().fields().iter().map(|field| field.as_ref().clone()).collect();
        fields.extend(windows.iter().map(|window| arrow_field(&window.id, &window.result)));
        let operator = WindowOperator { partition, order, calls };
        planned(apply(Arc::new(operator), vec![input], arrow::datatypes::Schema::new(fields)))
    }

    /// Projection, DISTINCT, ORDER BY, LIMIT BY, LIMIT.
    fn finished(&self, plan: LogicalPlan, clauses: Clauses, select: &Select) -> Result<Relation> {
        let mut exprs: Vec<Expr> = Vec::new();
        let mut columns = Vec::new();
        for (name, value) in &clauses.items {
            let id = self.id();
            exprs.push(value.value().alias(&id));
            columns.push(RelationColumn { name: name.clone(), ty: value.ty.clone(), id });
        }
        // Sort keys that are no column of the result are computed beside it.
        let place = |value: &Typed, exprs: &mut Vec<Expr>| {
            let known = clauses.items.iter().position(|(_, item)| item.expr == value.expr);
            match known.and_then(|at| columns.get(at)) {
                Some(column) => column.id.clone(),
                None => {
                    let id = self.id();
                    exprs.push(value.value().alias(&id));
                    id
                }
            }
        };
        let order: Vec<(String, &Key)> =
            clauses.order.iter().map(|key| (place(&key.value, &mut exprs), key)).collect();
        let limit_by = clauses.limit_by.as_ref().map(|(keys, offset, count)| {
            let ids: Vec<String> = keys.iter().map(|key| place(key, &mut exprs)).collect();
            (ids, *offset, *count)
        });
        let extra = exprs.len() > columns.len();
        let mut plan = planned(planned(LogicalPlanBuilder::from(plan).project(exprs))?.build())?;
        if matches!(select.distinct, Some(Distinct::Distinct)) {
            let schema = plan.schema().as_arrow().clone();
            plan = planned(apply(Arc::new(LimitBy::distinct(columns.len())), vec![plan], schema))?;
        }
        if !order.is_empty() {
            let keys: Vec<_> = order.iter().map(|(id, key)| sort_expr(plan_column(id), key)).collect();
            plan = planned(planned(LogicalPlanBuilder::from(plan).sort(keys))?.build())?;
        }
        if let Some((ids, offset, count)) = limit_by {
            let schema = plan.schema().as_arrow().clone();
            let keys = ids.iter().filter_map(|id| schema.index_of(id).ok()).collect();
            plan = planned(apply(Arc::new(LimitBy { keys, offset, count }), vec![plan], schema))?;
        }
        if order.iter().any(|(_, key)| key.fill.is_some()) {
            plan = self.with_fill(plan, &order, &clauses)?;
        }
        if let Some((skipped, kept)) = clauses.limit {
            let ties = select.limit.as_ref().is_some_and(|limit| limit.with_ties);
            let (offset, count) = (skipped.rows(), kept.map(Extent::rows));
            let (offset_share, count_share) = (skipped.share(), kept.and_then(Extent::share));
            let shares = offset_share.is_some() || count_share.is_some();
            if ties || shares || offset < 0 || count.is_some_and(|count| count < 0) {
                let schema = plan.schema().as_arrow().clone();
                let keys =
                    order.iter().filter(|_| ties).filter_map(|(id, _)| schema.index_of(id).ok()).collect();
                let tail = Tail { offset, count, offset_share, count_share, ties: keys };
                plan = planned(apply(Arc::new(tail), vec![plan], schema))?;
            } else {
                let count = count.map(|n| usize::try_from(n).unwrap_or(usize::MAX));
                let offset = usize::try_from(offset).unwrap_or(usize::MAX);
                plan = planned(planned(LogicalPlanBuilder::from(plan).limit(offset, count))?.build())?;
            }
        }
        if extra {
            let kept = columns.iter().map(|column| plan_column(&column.id));
            plan = planned(planned(LogicalPlanBuilder::from(plan).project(kept))?.build())?;
        }
        Ok(Relation { plan, columns })
    }
}

impl Binder<'_> {
    /// Fills the sequences of ORDER BY .. WITH FILL.
    fn with_fill(
        &self,
        plan: LogicalPlan,
        order: &[(String, &Key)],
        clauses: &Clauses,
    ) -> Result<LogicalPlan> {
        let schema = relaxed(plan.schema().as_arrow());
        let mut prefix = Vec::new();
        let mut keys = Vec::new();
        let mut types: Vec<ChType> = clauses.items.iter().map(|(_, value)| value.ty.clone()).collect();
        types.resize(schema.fields().len(), ChType::Nothing);
        for (id, key) in order {
            let Ok(column) = schema.index_of(id) else { continue };
            if let Some(ty) = types.get_mut(column) {
                *ty = key.value.ty.clone();
            }
            match &key.fill {
                Some(fill) => keys.push(FillKey { column, ..fill.clone() }),
                None if keys.is_empty() => prefix.push(column),
                None => {}
            }
        }
        let environment = Arc::clone(&self.environment);
        let fill = Fill { prefix, keys, types, interpolate: clauses.interpolate.clone(), environment };
        planned(apply(Arc::new(Arc::new(fill)), vec![plan], schema))
    }
}

/// The schema with every field nullable, for rows that are put together from several sources.
fn relaxed(schema: &arrow::datatypes::Schema) -> arrow::datatypes::Schema {
    let fields = schema.fields().iter().map(|field| field.as_ref().clone().with_nullable(true));
    arrow::datatypes::Schema::new(fields.collect::<Vec<_>>())
}

/// How often an expression refers to a column.
fn times(expr: &Expr, id: &str) -> usize {
    use datafusion::common::tree_node::TreeNode;
    let mut found = 0;
    let _ = expr.apply(|part| {
        found += usize::from(matches!(part, Expr::Column(column) if column.name == id));
        Ok(datafusion::common::tree_node::TreeNodeRecursion::Continue)
    });
    found
}

/// How the keys of GROUP BY are written, also where they are called by position or alias.
fn written_keys(scope: &Scope, select: &Select) -> Vec<String> {
    let Some(group_by) = &select.group_by else { return Vec::new() };
    let keys: Vec<&ast::Expr> = match &group_by.items {
        GroupByItems::Exprs(exprs) => exprs.iter().collect(),
        GroupByItems::GroupingSets(sets) => sets.iter().flatten().collect(),
        _ => Vec::new(),
    };
    let mut texts = Vec::new();
    let aliases = scope.aliases.borrow();
    for key in keys {
        if let Some(alias) = key.as_identifier().and_then(|path| path.as_single())
            && let Some(expr) = aliases.get(&alias.name)
        {
            texts.push(kinglet_parser::expr_to_string(expr));
        }
        let position = match key.as_literal().map(|literal| &literal.value) {
            Some(ast::Value::UInt64(position)) => usize::try_from(*position).ok(),
            _ => None,
        };
        let item = position.and_then(|at| select.projection.get(at.checked_sub(1)?));
        texts.push(kinglet_parser::expr_to_string(&aliases::plain(item.unwrap_or(key))));
    }
    texts
}

/// Whether a query reads a table of this name.
fn mentions(query: &ast::Query, name: &str) -> bool {
    kinglet_parser::query_to_string(query)
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .any(|word| word == name)
}
