//! Whole queries, and UNION, EXCEPT, INTERSECT.

use std::rc::Rc;
use std::sync::Arc;

use arrow::datatypes::Schema;
use datafusion::common::{JoinType, NullEquality};
use datafusion::logical_expr::logical_plan::JoinConstraint;
use datafusion::logical_expr::{Join, LogicalPlan, LogicalPlanBuilder};
use kinglet_parser::ast::{Query, QueryBody, SetChain, SetOperator, SetQuantifier, SetStep};
use kinglet_types::{ErrorCode, Result, SqlError, or_variant};

use super::resolve::plan_column;
use super::{Binder, Relation, RelationColumn, Scope, Typed, planned};
use crate::arrow_field;
use crate::plan::{Concat, LimitBy, Matching, apply};

impl Binder<'_> {
    /// Binds a query inside `outer`.
    ///
    /// # Errors
    /// ClickHouse's error for what is wrong with it.
    pub(crate) fn query(&self, outer: Option<&Rc<Scope>>, query: &Query) -> Result<Relation> {
        // `limit` and `offset` are settings too: of the whole answer, or of the subquery they are written in.
        let own = match self.is_outermost() {
            true => self.settings.borrow().clone(),
            false => {
                let mut own = super::Settings::default();
                if let Some(last) = last_select(&query.body) {
                    own.add(&last.settings)?;
                }
                own
            }
        };
        let relation = self.nested(|| self.body(outer, &query.body))?;
        let rows = |name: &str| own.number(name).filter(|rows| *rows > 0.0).map(|rows| rows as usize);
        match (rows("offset"), rows("limit")) {
            (None, None) => Ok(relation),
            (offset, limit) => {
                let plan = LogicalPlanBuilder::from(relation.plan).limit(offset.unwrap_or(0), limit);
                Ok(Relation { plan: planned(planned(plan)?.build())?, ..relation })
            }
        }
    }

    pub(super) fn body(&self, outer: Option<&Rc<Scope>>, body: &QueryBody) -> Result<Relation> {
        match body {
            QueryBody::Select(select) => self.select(outer, select),
            QueryBody::Nested(query) => self.query(outer, query),
            QueryBody::Set(chain) => self.chain(outer, chain),
        }
    }

    fn chain(&self, outer: Option<&Rc<Scope>>, chain: &SetChain) -> Result<Relation> {
        // The WITH of the first query serves all of them.
        let shared = match &chain.first {
            QueryBody::Select(first) if first.with.is_some() => {
                let scope = Scope::inside(outer);
                self.with(&scope, first)?;
                Some(scope)
            }
            _ => None,
        };
        let outer = shared.as_ref().or(outer);
        let mut left = self.body(outer, &chain.first)?;
        let mut at = 0;
        while let Some(step) = chain.rest.get(at) {
            // A run of equal UNIONs is one node.
            let kind = self.quantifier(step)?;
            let mut parts = vec![left];
            while let Some(next) = chain.rest.get(at) {
                let same = next.operator == step.operator && self.quantifier(next)? == kind;
                if !same || (step.operator != SetOperator::Union && parts.len() > 1) {
                    break;
                }
                parts.push(self.body(outer, &next.operand)?);
                at += 1;
            }
            left = match step.operator {
                SetOperator::Union => {
                    let union = self.union(parts)?;
                    if kind == SetQuantifier::Distinct { self.distinct(union)? } else { union }
                }
                SetOperator::Except => self.matching(parts, JoinType::LeftAnti, kind)?,
                SetOperator::Intersect => self.matching(parts, JoinType::LeftSemi, kind)?,
            };
        }
        Ok(left)
    }

    fn quantifier(&self, step: &SetStep) -> Result<SetQuantifier> {
        if step.quantifier != SetQuantifier::Unspecified {
            return Ok(step.quantifier);
        }
        if step.operator != SetOperator::Union {
            return Ok(SetQuantifier::All);
        }
        match self.settings.borrow().text("union_default_mode") {
            Some("ALL") => Ok(SetQuantifier::All),
            Some("DISTINCT") => Ok(SetQuantifier::Distinct),
            _ => {
                let message = "Expected ALL or DISTINCT in SelectWithUnion query; because setting (union_default_mode) is empty";
                Err(SqlError::new(
                    ErrorCode::from_name("EXPECTED_ALL_OR_DISTINCT").unwrap_or(ErrorCode::SYNTAX_ERROR),
                    message,
                )
                .at(step.span))
            }
        }
    }

    /// The parts with equal column types, under the ids of `columns`.
    fn unified(&self, parts: Vec<Relation>) -> Result<(Vec<LogicalPlan>, Vec<RelationColumn>)> {
        let Some(first) = parts.first() else { return Err(super::unsupported("an empty UNION")) };
        let count = first.columns.len();
        if parts.iter().any(|part| part.columns.len() != count) {
            let message = "Different number of columns in UNION elements";
            return Err(SqlError::new(ErrorCode::UNION_ALL_RESULT_STRUCTURES_MISMATCH, message));
        }
        let mut columns = Vec::with_capacity(count);
        for at in 0..count {
            let types: Vec<_> =
                parts.iter().filter_map(|part| part.columns.get(at)).map(|c| c.ty.clone()).collect();
            let name = first.columns.get(at).map_or_else(String::new, |column| column.name.clone());
            columns.push(RelationColumn { name, ty: or_variant(&types), id: self.id() });
        }
        let mut plans = Vec::with_capacity(parts.len());
        for part in parts {
            let mut exprs = Vec::with_capacity(count);
            for (have, wanted) in part.columns.iter().zip(&columns) {
                let typed = Typed::new(plan_column(&have.id), have.ty.clone());
                exprs.push(self.coerce(&typed, &wanted.ty)?.value().alias(&wanted.id));
            }
            plans.push(planned(planned(LogicalPlanBuilder::from(part.plan).project(exprs))?.build())?);
        }
        Ok((plans, columns))
    }

    pub(super) fn union(&self, parts: Vec<Relation>) -> Result<Relation> {
        let (plans, columns) = self.unified(parts)?;
        let plan = planned(apply(Arc::new(Concat), plans, schema_of(&columns)))?;
        Ok(Relation { plan, columns })
    }

    pub(super) fn distinct(&self, relation: Relation) -> Result<Relation> {
        let operator = Arc::new(LimitBy::distinct(relation.columns.len()));
        let plan = planned(apply(operator, vec![relation.plan], schema_of(&relation.columns)))?;
        Ok(Relation { plan, columns: relation.columns })
    }

    fn matching(&self, parts: Vec<Relation>, join: JoinType, kind: SetQuantifier) -> Result<Relation> {
        let (plans, columns) = self.unified(parts).map_err(|error| match error.code {
            ErrorCode::UNION_ALL_RESULT_STRUCTURES_MISMATCH => {
                let code = ErrorCode::from_name("INTERSECT_OR_EXCEPT_RESULT_STRUCTURES_MISMATCH");
                let message = "Different number of columns in INTERSECT or EXCEPT elements";
                SqlError::new(code.unwrap_or(error.code), message)
            }
            _ => error,
        })?;
        let mut plans = plans.into_iter();
        let (Some(left), Some(right)) = (plans.next(), plans.next()) else {
            return Err(super::unsupported("a set operation of one query"));
        };
        if kind != SetQuantifier::Distinct {
            let operator = Matching { except: join == JoinType::LeftAnti };
            let plan = planned(apply(Arc::new(operator), vec![left, right], schema_of(&columns)))?;
            return Ok(Relation { plan, columns });
        }
        let ids: Vec<String> = columns.iter().map(|_| self.id()).collect();
        let renamed = columns.iter().zip(&ids).map(|(column, id)| plan_column(&column.id).alias(id));
        let right = planned(planned(LogicalPlanBuilder::from(right).project(renamed))?.build())?;
        let on =
            columns.iter().zip(&ids).map(|(column, id)| (plan_column(&column.id), plan_column(id))).collect();
        let join = planned(Join::try_new(
            Arc::new(left),
            Arc::new(right),
            on,
            None,
            join,
            JoinConstraint::On,
            NullEquality::NullEqualsNull,
            false,
        ))?;
        let relation = Relation { plan: LogicalPlan::Join(join), columns };
        if kind == SetQuantifier::Distinct { self.distinct(relation) } else { Ok(relation) }
    }
}

/// The SELECT whose SETTINGS are those of the whole query: the last one.
pub(crate) fn last_select(body: &QueryBody) -> Option<&kinglet_parser::ast::Select> {
    match body {
        QueryBody::Select(select) => Some(select),
        QueryBody::Nested(query) => last_select(&query.body),
        QueryBody::Set(chain) => last_select(chain.rest.last().map_or(&chain.first, |step| &step.operand)),
    }
}

/// The Arrow schema of columns under their internal names.
pub(super) fn schema_of(columns: &[RelationColumn]) -> Schema {
    Schema::new(columns.iter().map(|column| arrow_field(&column.id, &column.ty)).collect::<Vec<_>>())
}
