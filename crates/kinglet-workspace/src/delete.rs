//! Deleting rows by condition.

use crate::error::{Error, Result};
use crate::host::uuid;
use crate::job::{Job, JobBlock, JobKind, JobStatus};
use crate::query::{QueryCatalog, columns};
use crate::resource::Datasource;
use crate::workspace::Workspace;
use arrow::array::{Array, AsArray, BooleanArray, RecordBatch};
use arrow::datatypes::UInt64Type;
use kinglet_sql::RowExpression;
use kinglet_storage::{Durability, RowFilter, StorageError};
use kinglet_types::ChType;
use std::rc::Rc;
use std::sync::Arc;

/// Rows for which a condition holds.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    expression: RowExpression,
}

impl RowFilter for Condition {
    fn matches(&self, rows: &RecordBatch) -> Result<BooleanArray, StorageError> {
        let values = self.expression.evaluate(rows).map_err(|error| StorageError::Compute(error.message))?;
        let truth = arrow::compute::cast(&values, &arrow::datatypes::DataType::Boolean)?;
        Ok(truth.as_boolean().clone())
    }
}

impl Workspace {
    /// Counts the rows that a condition matches.
    ///
    /// # Errors
    /// The data source does not exist, or the condition is wrong.
    pub async fn count_matching(self: &Rc<Self>, name: &str, condition: &str) -> Result<u64> {
        let datasource = self.datasource(name)?;
        self.condition(&datasource, condition)?;
        let catalog = QueryCatalog::new(self.project(), self.snapshot()?, self.template_context());
        let sql = format!("SELECT count() FROM `{}` WHERE ({condition})", datasource.name);
        let (_, batches) = self.collect(&sql, &catalog).await?;
        let first = batches.first().and_then(|batch| batch.columns().first());
        let counts = first.and_then(|array| array.as_primitive_opt::<UInt64Type>());
        Ok(counts.filter(|counts| !counts.is_empty()).map_or(0, |counts| counts.value(0)))
    }

    /// Deletes the rows that a condition matches, in one commit; what was materialized
    /// from them stays. The job that comes back is over.
    ///
    /// # Errors
    /// The data source does not exist, or the condition is wrong.
    pub async fn delete_matching(self: &Rc<Self>, name: &str, condition: &str) -> Result<Job> {
        let datasource = self.datasource(name)?;
        let filter = Arc::new(self.condition(&datasource, condition)?);
        let n_rows = self.count_matching(&datasource.name, condition).await?;
        let now = self.shared.now();
        let id = uuid(&*self.shared.components.random);
        let identity = self.identity(&datasource.name);
        let mut job = Job::new(JobKind::DeleteData, id, now, (&identity.id, &datasource.name));
        job.started_at = Some(now);
        self.check_not_staged(&datasource)?;
        let _inside = self.inserts.enter().await;
        let mut transaction = self.shared.store.begin();
        transaction.delete_rows(self.table(&datasource.name), filter, Vec::new());
        transaction.commit(Durability::Flushed).await?;
        job.status = JobStatus::Done;
        job.updated_at = self.shared.now();
        job.blocks.push(JobBlock { rows: n_rows, quarantined: 0, bytes: 0, micros: job.updated_at - now });
        self.remember(&job);
        self.note_job(&job);
        self.keep_job(&job).await?;
        Ok(job)
    }

    /// A condition on the rows of a data source.
    ///
    /// # Errors
    /// Kind `Invalid` for what is no condition on them.
    pub(crate) fn condition(&self, datasource: &Datasource, condition: &str) -> Result<Condition> {
        if condition.trim().is_empty() {
            return Err(Error::invalid("the condition is missing"));
        }
        let expression = RowExpression::bind(condition, &columns(datasource), &self.environment())?;
        let ty = expression.ty().bare();
        if !(ty.is_integer() || matches!(ty, ChType::Bool | ChType::Nothing)) {
            return Err(Error::invalid(format!("the condition is of type {ty}, not a truth value")));
        }
        Ok(Condition { expression })
    }
}
