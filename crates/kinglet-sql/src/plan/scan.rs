//! Scanning tables: column names become internal ones, simple conditions go down to the table.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use arrow::datatypes::{Field, Schema, SchemaRef};
use async_trait::async_trait;
use datafusion::catalog::{Session, TableProvider};
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::common::{Result, ScalarValue};
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::logical_expr::{BinaryExpr, Expr, Operator, TableProviderFilterPushDown, TableType};
use datafusion::physical_expr::{EquivalenceProperties, PhysicalExpr};
use datafusion::physical_plan::execution_plan::{Boundedness, EmissionType};
use datafusion::physical_plan::filter_pushdown::{
    ChildPushdownResult, FilterPushdownPhase, FilterPushdownPropagation, PushedDown,
};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::{DisplayAs, DisplayFormatType, ExecutionPlan, Partitioning, PlanProperties};
use futures::StreamExt;

use super::concat::renamed;
use super::held::bytes_of;
use super::joined_filter::JoinedFilter;
use super::yielding::Yielding;
use crate::catalog::{ColumnFilter, Comparison, LeftOut, ReadEstimate, ScanRequest, Table};
use crate::engine::Checkpoint;
use crate::fault::to_datafusion;

/// Rows and bytes read by a query, and who may stop it.
#[derive(Default)]
pub(crate) struct ReadCount {
    pub(crate) rows: AtomicU64,
    /// Rows that tables read and did not give.
    pub(crate) left_out: LeftOut,
    pub(crate) bytes: AtomicU64,
    /// Asked at every batch read.
    pub(crate) checkpoint: OnceLock<Checkpoint>,
}

/// A table as a query sees it: the columns it may use, under internal names.
pub(crate) struct TableScanSource {
    table: Arc<dyn Table>,
    /// Position of each column in the table.
    places: Vec<usize>,
    schema: SchemaRef,
    is_final: bool,
    count: Arc<ReadCount>,
    /// Database and name of the table, where the catalog knows it by one.
    name: Option<(String, String)>,
}

impl TableScanSource {
    /// `columns` holds position in the table, and field with the internal name, of each column.
    pub(crate) fn new(
        table: Arc<dyn Table>,
        columns: Vec<(usize, Field)>,
        is_final: bool,
        count: Arc<ReadCount>,
    ) -> Self {
        let (places, fields): (Vec<usize>, Vec<Field>) = columns.into_iter().unzip();
        Self { table, places, schema: Arc::new(Schema::new(fields)), is_final, count, name: None }
    }

    /// The same, known by a database and a name.
    pub(crate) fn called(self, name: Option<(String, String)>) -> Self {
        Self { name, ..self }
    }

    /// Database, name and what would be read of the table, where both are known.
    pub(crate) fn estimate(
        &self,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
    ) -> Option<((String, String), ReadEstimate)> {
        /// Rows per mark, as in ClickHouse.
        const GRANULE: u64 = 8_192;
        let name = self.name.clone()?;
        let estimate = self.table.estimate(&self.request(projection, filters, None));
        let estimate = estimate.or_else(|| {
            // A table that cannot tell is read whole.
            let rows = self.table.row_count()?;
            let marks = rows.div_ceil(GRANULE);
            Some(ReadEstimate {
                parts_total: 1,
                parts: 1,
                marks_total: marks,
                marks,
                rows_total: rows,
                rows,
                bytes: 0,
            })
        });
        Some((name, estimate?))
    }

    fn request(
        &self,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> ScanRequest {
        let all: Vec<usize> = (0..self.places.len()).collect();
        let chosen = projection.unwrap_or(&all);
        ScanRequest {
            projection: chosen.iter().filter_map(|at| self.places.get(*at).copied()).collect(),
            filters: filters.iter().filter_map(|filter| self.column_filter(filter)).collect(),
            limit: if filters.is_empty() { limit } else { None },
            is_final: self.is_final,
            left_out: self.count.left_out.clone(),
        }
    }

    /// Number of rows of the table, if it knows.
    pub(crate) fn row_count(&self) -> Option<u64> {
        self.table.row_count()
    }

    /// The condition as one the table understands.
    fn column_filter(&self, filter: &Expr) -> Option<ColumnFilter> {
        let place = |expr: &Expr| match expr {
            Expr::Column(column) => {
                self.schema.index_of(&column.name).ok().and_then(|at| self.places.get(at).copied())
            }
            _ => None,
        };
        let literal = |expr: &Expr| match expr {
            Expr::Literal(value, _) if !value.is_null() => Some(value.clone()),
            _ => None,
        };
        match filter {
            Expr::BinaryExpr(BinaryExpr { left, op, right }) => {
                let (column, value, flipped) = match (place(left), literal(right)) {
                    (Some(column), Some(value)) => (column, value, false),
                    _ => (place(right)?, literal(left)?, true),
                };
                let comparison = match (op, flipped) {
                    (Operator::Eq, _) => Comparison::Equal,
                    (Operator::Lt, false) | (Operator::Gt, true) => Comparison::Less,
                    (Operator::LtEq, false) | (Operator::GtEq, true) => Comparison::LessOrEqual,
                    (Operator::Gt, false) | (Operator::Lt, true) => Comparison::Greater,
                    (Operator::GtEq, false) | (Operator::LtEq, true) => Comparison::GreaterOrEqual,
                    _ => return None,
                };
                Some(ColumnFilter { column, comparison, values: vec![value] })
            }
            Expr::InList(list) if !list.negated => {
                let values = list.list.iter().map(literal).collect::<Option<Vec<ScalarValue>>>()?;
                Some(ColumnFilter { column: place(&list.expr)?, comparison: Comparison::In, values })
            }
            Expr::ScalarFunction(call) => {
                let comparison = match call.name() {
                    "like" => Comparison::Like,
                    "hasToken" => Comparison::HasToken,
                    _ => return None,
                };
                let [text, wanted] = call.args.as_slice() else { return None };
                Some(ColumnFilter { column: place(text)?, comparison, values: vec![literal(wanted)?] })
            }
            _ => None,
        }
    }
}

impl fmt::Debug for TableScanSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.table)
    }
}

#[async_trait]
impl TableProvider for TableScanSource {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    fn supports_filters_pushdown(&self, filters: &[&Expr]) -> Result<Vec<TableProviderFilterPushDown>> {
        Ok(filters
            .iter()
            .map(|filter| match self.column_filter(filter) {
                Some(_) => TableProviderFilterPushDown::Inexact,
                None => TableProviderFilterPushDown::Unsupported,
            })
            .collect())
    }

    async fn scan(
        &self,
        _state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let all: Vec<usize> = (0..self.places.len()).collect();
        let request = self.request(projection, filters, limit);
        let schema = Arc::new(self.schema.project(projection.unwrap_or(&all))?);
        let properties = Arc::new(PlanProperties::new(
            EquivalenceProperties::new(Arc::clone(&schema)),
            Partitioning::UnknownPartitioning(1),
            EmissionType::Incremental,
            Boundedness::Bounded,
        ));
        let (table, count) = (Arc::clone(&self.table), Arc::clone(&self.count));
        Ok(Arc::new(ScanExec { table, request, schema, properties, count, joined: Vec::new() }))
    }
}

#[derive(Clone)]
struct ScanExec {
    table: Arc<dyn Table>,
    request: ScanRequest,
    schema: SchemaRef,
    properties: Arc<PlanProperties>,
    count: Arc<ReadCount>,
    /// Conditions that joins above come to know once they have read their other side.
    joined: Vec<Arc<dyn PhysicalExpr>>,
}

impl fmt::Debug for ScanExec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scan {} {:?}", self.table.engine(), self.request)?;
        if self.joined.is_empty() { Ok(()) } else { write!(f, " joined: {}", self.joined.len()) }
    }
}

impl DisplayAs for ScanExec {
    fn fmt_as(&self, _: DisplayFormatType, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl ExecutionPlan for ScanExec {
    fn name(&self) -> &str {
        "Scan"
    }

    fn properties(&self) -> &Arc<PlanProperties> {
        &self.properties
    }

    fn children(&self) -> Vec<&Arc<dyn ExecutionPlan>> {
        Vec::new()
    }

    fn apply_expressions(
        &self,
        f: &mut dyn FnMut(&Arc<dyn PhysicalExpr>) -> Result<TreeNodeRecursion>,
    ) -> Result<TreeNodeRecursion> {
        let mut next = TreeNodeRecursion::Continue;
        for filter in &self.joined {
            next = next.visit_sibling(|| f(filter))?;
        }
        Ok(next)
    }

    fn handle_child_pushdown_result(
        &self,
        phase: FilterPushdownPhase,
        result: ChildPushdownResult,
        _config: &ConfigOptions,
    ) -> Result<FilterPushdownPropagation<Arc<dyn ExecutionPlan>>> {
        if phase != FilterPushdownPhase::Post || result.parent_filters.is_empty() {
            return Ok(FilterPushdownPropagation::if_all(result));
        }
        let mut scan = self.clone();
        scan.joined.extend(result.parent_filters.iter().map(|filter| Arc::clone(&filter.filter)));
        let filters = vec![PushedDown::Yes; result.parent_filters.len()];
        Ok(FilterPushdownPropagation { filters, updated_node: Some(Arc::new(scan)) })
    }

    fn with_new_children(self: Arc<Self>, _: Vec<Arc<dyn ExecutionPlan>>) -> Result<Arc<dyn ExecutionPlan>> {
        Ok(self)
    }

    fn execute(&self, _partition: usize, _context: Arc<TaskContext>) -> Result<SendableRecordBatchStream> {
        let stream = self.table.scan(&self.request).map_err(to_datafusion)?;
        let (schema, count) = (Arc::clone(&self.schema), Arc::clone(&self.count));
        let mut joined: Vec<JoinedFilter> = self.joined.iter().cloned().map(JoinedFilter::new).collect();
        let batches = stream.map(move |batch| {
            let batch = batch.map_err(to_datafusion)?;
            if let Some(check) = count.checkpoint.get() {
                check().map_err(to_datafusion)?;
            }
            count.rows.fetch_add(batch.num_rows() as u64, Ordering::Relaxed);
            count.bytes.fetch_add(bytes_of(&batch) as u64, Ordering::Relaxed);
            joined.iter_mut().try_fold(renamed(&batch, &schema)?, |batch, filter| filter.apply(batch))
        });
        Ok(Box::pin(RecordBatchStreamAdapter::new(Arc::clone(&self.schema), Yielding::new(batches))))
    }
}
