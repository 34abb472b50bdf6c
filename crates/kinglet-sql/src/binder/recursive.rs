//! WITH RECURSIVE: a query that reads its own rows of the round before.

use std::sync::Arc;

use arrow::datatypes::Schema;
use datafusion::datasource::cte_worktable::CteWorkTable;
use datafusion::datasource::provider_as_source;
use datafusion::logical_expr::{Expr, LogicalPlan, LogicalPlanBuilder, TableScanBuilder};
use kinglet_parser::ast::{QueryBody, SetOperator, SetQuantifier};
use kinglet_types::{ChType, ErrorCode, Result, SqlError, supertype};

use super::resolve::plan_column;
use super::scope::Cte;
use super::{Binder, Relation, RelationColumn, Typed, planned};
use crate::arrow_field;
use crate::plan::{Rounds, apply};

/// Rounds of finding types that hold both terms; widening ends at 64 bits.
const MAX_ROUNDS: usize = 6;

/// ClickHouse's default of `max_recursive_cte_evaluation_depth`.
const MAX_EVALUATION_DEPTH: u64 = 1_000;

impl Binder<'_> {
    /// Binds a recursive common table expression: `first UNION ALL rest`, where the rest reads `name`.
    pub(super) fn recursive(&self, cte: &Cte, name: &str) -> Result<Relation> {
        let QueryBody::Set(chain) = &cte.query.body else {
            let message = format!("Recursive CTE {name} must be a UNION ALL");
            return Err(SqlError::new(ErrorCode::UNSUPPORTED_METHOD, message));
        };
        let all = chain
            .rest
            .iter()
            .all(|step| step.operator == SetOperator::Union && step.quantifier != SetQuantifier::Distinct);
        if !all {
            let message = format!("Recursive CTE {name} must be a UNION ALL");
            return Err(SqlError::new(ErrorCode::UNSUPPORTED_METHOD, message));
        }
        let mut types: Option<Vec<ChType>> = None;
        for _ in 0..MAX_ROUNDS {
            let first = self.body(Some(&cte.scope), &chain.first)?;
            let have: Vec<ChType> = types
                .take()
                .unwrap_or_else(|| first.columns.iter().map(|column| column.ty.clone()).collect());
            let columns: Vec<RelationColumn> = first
                .columns
                .iter()
                .zip(&have)
                .map(|(column, ty)| RelationColumn {
                    name: column.name.clone(),
                    ty: ty.clone(),
                    id: self.id(),
                })
                .collect();
            let table = format!("work_{}", self.id());
            self.work_tables.borrow_mut().push((name.to_owned(), self.work_table(&table, &columns, cte)?));
            let rest = chain
                .rest
                .iter()
                .map(|step| self.body(Some(&cte.scope), &step.operand))
                .collect::<Result<Vec<_>>>();
            self.work_tables.borrow_mut().pop();
            let rest = self.union(rest?)?;
            let wanted: Option<Vec<ChType>> = rest
                .columns
                .iter()
                .zip(&have)
                .map(|(column, ty)| {
                    if column.ty == *ty {
                        Some(ty.clone())
                    } else {
                        supertype(&[column.ty.clone(), ty.clone()])
                    }
                })
                .collect();
            let wanted = wanted.filter(|wanted| wanted.len() == have.len()).ok_or_else(|| {
                let message = format!("Terms of the recursive CTE {name} have different columns");
                SqlError::new(ErrorCode::TYPE_MISMATCH, message)
            })?;
            if wanted != have {
                types = Some(wanted);
                continue;
            }
            let first = self.under(first, &columns)?;
            let rest = self.counted(self.under(rest, &columns)?, name)?;
            let query = planned(LogicalPlanBuilder::from(first).to_recursive_query(table, rest, false))?;
            return Ok(Relation { plan: planned(query.build())?, columns });
        }
        let message = format!("The types of the recursive CTE {name} do not settle; add casts");
        Err(SqlError::new(ErrorCode::TYPE_MISMATCH, message))
    }

    /// The recursive term, which may not run too often.
    fn counted(&self, plan: LogicalPlan, name: &str) -> Result<LogicalPlan> {
        let most = self.settings.borrow().number("max_recursive_cte_evaluation_depth");
        let rounds = Rounds {
            name: name.to_owned(),
            most: most.map_or(MAX_EVALUATION_DEPTH, |most| most as u64),
            count: Arc::clone(&self.read),
            done: Default::default(),
        };
        let schema = plan.schema().as_arrow().clone();
        planned(apply(Arc::new(rounds), vec![plan], schema))
    }

    /// The relation's columns under the ids and types of `columns`.
    fn under(&self, relation: Relation, columns: &[RelationColumn]) -> Result<LogicalPlan> {
        let mut exprs = Vec::with_capacity(columns.len());
        for (have, wanted) in relation.columns.iter().zip(columns) {
            let typed = Typed::new(plan_column(&have.id), have.ty.clone());
            exprs.push(self.coerce(&typed, &wanted.ty)?.value().alias(&wanted.id));
        }
        planned(planned(LogicalPlanBuilder::from(relation.plan).project(exprs))?.build())
    }

    /// The rows of the round before, as a relation.
    fn work_table(&self, table: &str, columns: &[RelationColumn], cte: &Cte) -> Result<Relation> {
        let fields: Vec<_> =
            columns.iter().map(|column| arrow_field(&column.id, &column.ty).with_nullable(true)).collect();
        let source = CteWorkTable::new(table, Arc::new(Schema::new(fields)));
        let scan = TableScanBuilder::new(table, provider_as_source(Arc::new(source)));
        let scan = LogicalPlan::TableScan(planned(scan.build())?);
        let mut visible = Vec::with_capacity(columns.len());
        let mut exprs = Vec::with_capacity(columns.len());
        for (at, column) in columns.iter().enumerate() {
            let id = self.id();
            let plan = datafusion::common::Column::new(Some(table), column.id.as_str());
            exprs.push(Expr::Column(plan).alias(&id));
            let name = cte.columns.get(at).map_or_else(|| column.name.clone(), |name| name.name.clone());
            visible.push(RelationColumn { name, ty: column.ty.clone(), id });
        }
        let plan = planned(planned(LogicalPlanBuilder::from(scan).project(exprs))?.build())?;
        Ok(Relation { plan, columns: visible })
    }
}

/// The recursive table of a name that is being bound, if any.
pub(super) fn working(binder: &Binder<'_>, name: &str) -> Option<Relation> {
    binder
        .work_tables
        .borrow()
        .iter()
        .rev()
        .find(|(known, _)| known == name)
        .map(|(_, relation)| relation.clone())
}
