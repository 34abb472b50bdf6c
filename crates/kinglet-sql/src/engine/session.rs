//! DataFusion set up for one query on one thread.
//!
//! The session is our own and not DataFusion's `SessionState`, whose builder refers to every rule, catalog and file
//! format there is and so keeps them in the binary.

use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;

use async_trait::async_trait;
use datafusion::catalog::{CatalogProvider, CatalogProviderList, Session};
use datafusion::common::alias::AliasGenerator;
use datafusion::common::config::{ConfigOptions, TableOptions};
use datafusion::common::{DFSchema, Result};
use datafusion::execution::TaskContext;
use datafusion::execution::config::SessionConfig;
use datafusion::execution::disk_manager::{DiskManagerBuilder, DiskManagerMode};
use datafusion::execution::memory_pool::{GreedyMemoryPool, MemoryPool, UnboundedMemoryPool};
use datafusion::execution::runtime_env::{RuntimeEnv, RuntimeEnvBuilder};
use datafusion::logical_expr::execution_props::ExecutionProps;
use datafusion::logical_expr::physical_planning_context::PhysicalPlanningContext;
use datafusion::logical_expr::registry::{ExtensionTypeRegistryRef, MemoryExtensionTypeRegistry};
use datafusion::logical_expr::{AggregateUDF, Expr, HigherOrderUDF, LogicalPlan, ScalarUDF, WindowUDF};
use datafusion::optimizer::common_subexpr_eliminate::CommonSubexprEliminate;
use datafusion::optimizer::eliminate_limit::EliminateLimit;
use datafusion::optimizer::optimize_projections::OptimizeProjections;
use datafusion::optimizer::push_down_filter::PushDownFilter;
use datafusion::optimizer::push_down_limit::PushDownLimit;
use datafusion::optimizer::{Optimizer, OptimizerConfig, OptimizerRule};
use datafusion::physical_expr::{PhysicalExpr, create_physical_expr};
use datafusion::physical_optimizer::PhysicalOptimizerRule;
use datafusion::physical_optimizer::combine_partial_final_agg::CombinePartialFinalAggregate;
use datafusion::physical_optimizer::filter_pushdown::FilterPushdown;
use datafusion::physical_optimizer::join_selection::JoinSelection;
use datafusion::physical_optimizer::limit_pushdown::LimitPushdown;
use datafusion::physical_optimizer::projection_pushdown::ProjectionPushdown;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::physical_planner::{DefaultPhysicalPlanner, PhysicalPlanner};

use super::scratch::{Scratch, SpillFiles};
use crate::plan::{JoinOrder, OperatorPlanner, TextConstants};

/// What a sort keeps aside for merging what it has spilled, at most.
const MERGE_BYTES: usize = 10 << 20;

/// One partition, our operators, no type coercion, and only the optimizer rules that keep ClickHouse's meaning.
pub(super) struct QuerySession {
    config: SessionConfig,
    runtime: Arc<RuntimeEnv>,
    optimizer: Optimizer,
    physical_rules: Vec<Arc<dyn PhysicalOptimizerRule + Send + Sync>>,
    properties: ExecutionProps,
    aliases: Arc<AliasGenerator>,
    tables: TableOptions,
    extension_types: ExtensionTypeRegistryRef,
    scalars: HashMap<String, Arc<ScalarUDF>>,
    higher_order: HashMap<String, Arc<HigherOrderUDF>>,
    aggregates: HashMap<String, Arc<AggregateUDF>>,
    windows: HashMap<String, Arc<WindowUDF>>,
}

impl QuerySession {
    /// A session whose operators hold at most so many bytes, and put the rest into `scratch`; without it a query
    /// past its limit fails.
    pub(super) fn new(memory_limit: Option<usize>, scratch: Option<&Arc<dyn Scratch>>) -> Result<Self> {
        let mut config = SessionConfig::new().with_target_partitions(1).with_batch_size(8_192);
        let options = config.options_mut();
        options.execution.skip_physical_aggregate_schema_check = true;
        options.optimizer.repartition_joins = false;
        options.optimizer.repartition_aggregations = false;
        options.optimizer.enable_topk_dynamic_filter_pushdown = false;
        options.optimizer.enable_aggregate_dynamic_filter_pushdown = false;
        options.optimizer.max_passes = 1;
        if let Some(limit) = memory_limit {
            options.execution.sort_spill_reservation_bytes = MERGE_BYTES.min(limit / 8);
        }
        let pool: Arc<dyn MemoryPool> = match memory_limit {
            Some(bytes) => Arc::new(GreedyMemoryPool::new(bytes)),
            None => Arc::new(UnboundedMemoryPool::default()),
        };
        let disk = DiskManagerBuilder::default();
        let disk = match scratch {
            Some(scratch) => disk.with_temp_file_factory(Arc::new(SpillFiles(Arc::clone(scratch)))),
            None => disk.with_mode(DiskManagerMode::Disabled),
        };
        let runtime =
            RuntimeEnvBuilder::new().with_memory_pool(pool).with_disk_manager_builder(disk).build_arc()?;
        Ok(Self {
            config,
            runtime,
            optimizer: Optimizer::with_rules(rules()),
            physical_rules: physical_rules(),
            properties: ExecutionProps::new(),
            aliases: Arc::new(AliasGenerator::new()),
            tables: TableOptions::new(),
            extension_types: Arc::new(MemoryExtensionTypeRegistry::new_empty()),
            scalars: HashMap::new(),
            higher_order: HashMap::new(),
            aggregates: HashMap::new(),
            windows: HashMap::new(),
        })
    }
}

/// One partition needs no distribution, and sorts stay where the query put them: operators of ours depend on the
/// order of their input.
fn physical_rules() -> Vec<Arc<dyn PhysicalOptimizerRule + Send + Sync>> {
    vec![
        Arc::new(JoinSelection::new()),
        Arc::new(CombinePartialFinalAggregate::new()),
        Arc::new(ProjectionPushdown::new()),
        Arc::new(LimitPushdown::new()),
        Arc::new(FilterPushdown::new_post_optimization()),
    ]
}

fn rules() -> Vec<Arc<dyn OptimizerRule + Send + Sync>> {
    vec![
        Arc::new(EliminateLimit::new()),
        Arc::new(PushDownLimit::new()),
        Arc::new(PushDownFilter::new()),
        Arc::new(JoinOrder),
        Arc::new(CommonSubexprEliminate::new()),
        Arc::new(OptimizeProjections::new()),
        Arc::new(TextConstants),
    ]
}

/// What the rules ask of a session. It has no time: `now()` is a constant before a plan is made.
impl OptimizerConfig for QuerySession {
    fn query_execution_start_time(&self) -> Option<chrono::DateTime<chrono::Utc>> {
        None
    }

    fn alias_generator(&self) -> &Arc<AliasGenerator> {
        &self.aliases
    }

    fn options(&self) -> Arc<ConfigOptions> {
        Arc::clone(self.config.options())
    }
}

#[async_trait]
impl Session for QuerySession {
    fn session_id(&self) -> &str {
        "query"
    }

    fn config(&self) -> &SessionConfig {
        &self.config
    }

    fn catalog_list(&self) -> Arc<dyn CatalogProviderList> {
        Arc::new(NoCatalogs)
    }

    fn optimize(&self, plan: &LogicalPlan) -> Result<LogicalPlan> {
        self.optimizer.optimize(plan.clone(), self, |_, _| {})
    }

    fn physical_optimizers(&self) -> &[Arc<dyn PhysicalOptimizerRule + Send + Sync>] {
        &self.physical_rules
    }

    async fn create_physical_plan(&self, plan: &LogicalPlan) -> Result<Arc<dyn ExecutionPlan>> {
        let plan = self.optimize(plan)?;
        let planner = DefaultPhysicalPlanner::with_extension_planners(vec![Arc::new(OperatorPlanner)]);
        planner.create_physical_plan(&plan, self).await
    }

    fn create_physical_expr(&self, expr: Expr, schema: &DFSchema) -> Result<Arc<dyn PhysicalExpr>> {
        create_physical_expr(&expr, schema, &self.properties, &PhysicalPlanningContext::default())
    }

    fn scalar_functions(&self) -> &HashMap<String, Arc<ScalarUDF>> {
        &self.scalars
    }

    fn higher_order_functions(&self) -> &HashMap<String, Arc<HigherOrderUDF>> {
        &self.higher_order
    }

    fn aggregate_functions(&self) -> &HashMap<String, Arc<AggregateUDF>> {
        &self.aggregates
    }

    fn window_functions(&self) -> &HashMap<String, Arc<WindowUDF>> {
        &self.windows
    }

    fn extension_type_registry(&self) -> &ExtensionTypeRegistryRef {
        &self.extension_types
    }

    fn runtime_env(&self) -> &Arc<RuntimeEnv> {
        &self.runtime
    }

    fn execution_props(&self) -> &ExecutionProps {
        &self.properties
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn table_options(&self) -> &TableOptions {
        &self.tables
    }

    fn table_options_mut(&mut self) -> &mut TableOptions {
        &mut self.tables
    }

    fn task_ctx(&self) -> Arc<TaskContext> {
        Arc::new(TaskContext::from(self as &dyn Session))
    }
}

/// Tables are bound before a plan is made: nothing is looked up by name.
#[derive(Debug)]
struct NoCatalogs;

impl CatalogProviderList for NoCatalogs {
    fn register_catalog(
        &self,
        _name: String,
        _catalog: Arc<dyn CatalogProvider>,
    ) -> Option<Arc<dyn CatalogProvider>> {
        None
    }

    fn catalog_names(&self) -> Vec<String> {
        Vec::new()
    }

    fn catalog(&self, _name: &str) -> Option<Arc<dyn CatalogProvider>> {
        None
    }
}
