//! A bound query.

use std::sync::Arc;

use datafusion::catalog::Session;
use datafusion::logical_expr::LogicalPlan;
use kinglet_types::{ChType, Result};

use super::execute::Execution;
use super::options::{Checkpoint, QueryOptions};
use super::scratch::Scratch;
use crate::Environment;
use crate::binder::{Binder, Pending, Relation, RelationColumn, Settings};
use crate::plan::ReadCount;
use crate::text::OutputStyle;

/// A column of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputColumn {
    /// Its name; several columns may share one.
    pub name: String,
    /// Its type.
    pub ty: ChType,
}

/// A query that is bound and can be executed once.
pub struct Prepared {
    pub(super) plan: LogicalPlan,
    pub(super) totals: Option<LogicalPlan>,
    pub(super) pending: Vec<Pending>,
    pub(super) columns: Vec<OutputColumn>,
    pub(super) environment: Arc<Environment>,
    pub(super) read: Arc<ReadCount>,
    pub(super) memory_limit: Option<usize>,
    pub(super) scratch: Option<Arc<dyn Scratch>>,
    pub(super) checkpoint: Option<Checkpoint>,
    /// As [`Prepared::environment`] answers.
    output: Environment,
    tables: Vec<(Option<String>, String)>,
    format: Option<String>,
    settings: Settings,
}

impl Prepared {
    pub(super) fn new(
        relation: Relation,
        binder: Binder<'_>,
        options: &QueryOptions<'_>,
        format: Option<String>,
    ) -> Self {
        if let Some(check) = &options.checkpoint {
            let _ = binder.read.checkpoint.set(Arc::clone(check));
        }
        let column = |column: RelationColumn| OutputColumn { name: column.name, ty: column.ty };
        let settings = binder.settings.into_inner();
        let limit =
            settings.number("max_memory_usage").filter(|bytes| *bytes > 0.0).map(|bytes| bytes as usize);
        let mut output = binder.environment.as_ref().clone();
        output.output = Arc::new(OutputStyle::of(|name| settings.text(name)));
        output.settings = Arc::new(settings.clone().into_values());
        Self {
            output,
            plan: relation.plan,
            totals: binder.totals.into_inner(),
            pending: binder.pending.into_inner(),
            columns: relation.columns.into_iter().map(column).collect(),
            environment: binder.environment,
            read: binder.read,
            memory_limit: limit.or(options.memory_limit),
            scratch: options.scratch.clone(),
            checkpoint: options.checkpoint.clone(),
            tables: binder.tables.into_inner(),
            format,
            settings,
        }
    }

    /// The columns of the answer.
    pub fn columns(&self) -> &[OutputColumn] {
        &self.columns
    }

    /// Database (if written) and name of every table and view read, in the order met; names may repeat.
    pub fn tables_used(&self) -> &[(Option<String>, String)] {
        &self.tables
    }

    /// The FORMAT clause.
    pub fn format(&self) -> Option<&str> {
        self.format.as_deref()
    }

    /// A setting in force: of the options or of the query's SETTINGS.
    pub fn setting(&self, name: &str) -> Option<&str> {
        self.settings.text(name)
    }

    /// Clock and zone of the query, as writers of the answer need them.
    pub fn environment(&self) -> &Environment {
        &self.output
    }

    /// The plan as text, for EXPLAIN and tests.
    pub fn explain(&self) -> String {
        self.plan.display_indent().to_string()
    }

    /// What the engine makes of the plan: the operators that run, as text. Subqueries that run before the query
    /// are not among them.
    ///
    /// # Errors
    /// When it cannot be planned.
    pub async fn explain_physical(&self) -> Result<String> {
        let session = super::session::QuerySession::new(None, None).map_err(crate::fault::from_datafusion)?;
        let physical =
            session.create_physical_plan(&self.plan).await.map_err(crate::fault::from_datafusion)?;
        Ok(datafusion::physical_plan::displayable(physical.as_ref()).indent(false).to_string())
    }

    /// Starts the query. Nothing runs until the execution is polled, on the thread that polls it, inside
    /// an entered Tokio runtime (a current-thread one does).
    ///
    /// # Errors
    /// When it cannot be planned.
    pub fn execute(self) -> Result<Execution> {
        Execution::new(self)
    }
}
