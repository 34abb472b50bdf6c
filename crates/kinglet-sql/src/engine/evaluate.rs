//! Expressions over the rows of a table: sorting keys, defaults, partitions, TTL.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch};
use datafusion::common::DFSchema;
use datafusion::logical_expr::execution_props::ExecutionProps;
use datafusion::logical_expr::physical_planning_context::PhysicalPlanningContext;
use datafusion::physical_expr::{PhysicalExpr, create_physical_expr};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::syntax;
use crate::binder::{Binder, Context, Scope, ScopeColumn, Settings};
use crate::catalog::{EmptyCatalog, TableColumn};
use crate::fault::from_datafusion;
use crate::function::result::internal;
use crate::{Environment, MemoryTable};

/// An expression bound over columns, to be evaluated on batches that hold them.
#[derive(Clone, Debug)]
pub struct RowExpression {
    ty: ChType,
    compiled: Arc<dyn PhysicalExpr>,
    /// Positions of the columns used, in the order of the compiled schema.
    used: Vec<usize>,
    schema: arrow::datatypes::SchemaRef,
}

impl RowExpression {
    /// Binds `text` over `columns`. Aggregates, window functions and subqueries are not allowed.
    ///
    /// # Errors
    /// As for a query.
    pub fn bind(text: &str, columns: &[TableColumn], environment: &Environment) -> Result<Self> {
        let expr = kinglet_parser::parse_expression(text).into_result().map_err(syntax)?;
        let parameters = BTreeMap::new();
        let binder =
            Binder::new(&EmptyCatalog, Arc::new(environment.clone()), &parameters, Settings::default());
        let scope = Scope::inside(None);
        for column in columns {
            scope.columns.borrow_mut().push(ScopeColumn {
                database: None,
                table: None,
                original: None,
                aliased: false,
                name: column.name.clone(),
                ty: column.ty.clone(),
                id: column.name.clone(),
                hidden: false,
                shadowed: false,
                plain: false,
                merged: false,
                alias: None,
            });
        }
        let bound = binder.expr(&scope, &expr, Context::rows("expression"))?;
        if !binder.pending.borrow().is_empty() {
            return Err(SqlError::new(ErrorCode::NOT_IMPLEMENTED, "A subquery is not allowed here"));
        }
        let value = bound.value();
        let used: Vec<usize> = columns
            .iter()
            .enumerate()
            .filter(|(_, column)| value.column_refs().iter().any(|c| c.name == column.name))
            .map(|(at, _)| at)
            .collect();
        let fields: Vec<TableColumn> = used.iter().filter_map(|at| columns.get(*at)).cloned().collect();
        let schema = MemoryTable::schema(&fields);
        let named = DFSchema::try_from(Arc::clone(&schema)).map_err(from_datafusion)?;
        let planning = PhysicalPlanningContext::default();
        let compiled = create_physical_expr(&value, &named, &ExecutionProps::new(), &planning)
            .map_err(from_datafusion)?;
        Ok(Self { ty: bound.ty, compiled, used, schema })
    }

    /// The type of the value.
    pub fn ty(&self) -> &ChType {
        &self.ty
    }

    /// Positions of the columns the expression reads.
    pub fn columns_used(&self) -> &[usize] {
        &self.used
    }

    /// The value of every row. The batch holds the columns it was bound over in their order.
    ///
    /// # Errors
    /// What the expression raises.
    pub fn evaluate(&self, batch: &RecordBatch) -> Result<ArrayRef> {
        let columns = self
            .used
            .iter()
            .map(|at| batch.columns().get(*at).cloned().ok_or_else(|| internal("a column is missing")))
            .collect::<Result<Vec<_>>>()?;
        let options = arrow::array::RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        let input = RecordBatch::try_new_with_options(Arc::clone(&self.schema), columns, &options)
            .map_err(internal)?;
        let value = self.compiled.evaluate(&input).map_err(from_datafusion)?;
        value.into_array(batch.num_rows()).map_err(from_datafusion)
    }
}
