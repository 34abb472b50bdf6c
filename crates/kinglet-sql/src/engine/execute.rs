//! Running a bound query.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use arrow::array::{ArrayRef, RecordBatch, new_null_array};
use datafusion::catalog::Session;
use datafusion::common::ScalarValue;
use datafusion::common::tree_node::{Transformed, TreeNode};
use datafusion::execution::SendableRecordBatchStream;
use datafusion::logical_expr::{Expr, LogicalPlan};
use datafusion::physical_plan::execute_stream;
use futures::StreamExt;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::prepared::{OutputColumn, Prepared};
use super::session::QuerySession;
use crate::arrow_type;
use crate::binder::{Pending, PendingKind};
use crate::conversion::{Failure, convert};
use crate::fault::from_datafusion;
use crate::function::result::internal;
use crate::plan::{Held, ValueSet};

/// What a query has read so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Rows read from tables.
    pub rows_read: u64,
    /// Bytes of the columns read, in memory.
    pub bytes_read: u64,
}

/// A running query.
pub struct Execution {
    prepared: Prepared,
    session: QuerySession,
    stream: Option<SendableRecordBatchStream>,
    /// Memory of the sets of IN.
    sets: Held,
}

impl Execution {
    pub(super) fn new(prepared: Prepared) -> Result<Self> {
        let session =
            QuerySession::new(prepared.memory_limit, prepared.scratch.as_ref()).map_err(from_datafusion)?;
        let sets = Held::new("Sets", &session.task_ctx());
        Ok(Self { prepared, session, stream: None, sets })
    }

    /// The columns of the answer.
    pub fn columns(&self) -> &[OutputColumn] {
        self.prepared.columns()
    }

    /// The query that runs.
    pub fn prepared(&self) -> &Prepared {
        &self.prepared
    }

    /// What has been read so far.
    pub fn statistics(&self) -> Statistics {
        Statistics {
            rows_read: self.prepared.read.rows.load(Ordering::Relaxed) + self.prepared.read.left_out.rows(),
            bytes_read: self.prepared.read.bytes.load(Ordering::Relaxed),
        }
    }

    /// The next batch; its columns are those of [`Execution::columns`] in the layout of
    /// [`crate::arrow_type`]. `None` at the end.
    ///
    /// # Errors
    /// Whatever the query raises; 241 past the memory limit, and what the checkpoint says.
    pub async fn next(&mut self) -> Result<Option<RecordBatch>> {
        self.check()?;
        if self.stream.is_none() {
            self.run_pending().await?;
            let plan = self.prepared.plan.clone();
            self.stream = Some(self.start(&plan).await?);
        }
        let Some(stream) = &mut self.stream else { return Ok(None) };
        loop {
            match stream.next().await {
                None => return Ok(None),
                Some(Ok(batch)) if batch.num_rows() == 0 => {}
                Some(Ok(batch)) => return Ok(Some(batch)),
                Some(Err(error)) => return Err(from_datafusion(error)),
            }
        }
    }

    /// All batches that are left.
    ///
    /// # Errors
    /// As [`Execution::next`].
    pub async fn collect(&mut self) -> Result<Vec<RecordBatch>> {
        let mut batches = Vec::new();
        while let Some(batch) = self.next().await? {
            batches.push(batch);
        }
        Ok(batches)
    }

    /// The row of WITH TOTALS, to be asked after the last batch.
    ///
    /// # Errors
    /// As [`Execution::next`].
    pub async fn totals(&mut self) -> Result<Option<RecordBatch>> {
        let Some(plan) = self.prepared.totals.clone() else { return Ok(None) };
        let mut stream = self.start(&plan).await?;
        match stream.next().await {
            Some(batch) => batch.map(Some).map_err(from_datafusion),
            None => Ok(None),
        }
    }

    fn check(&self) -> Result<()> {
        match &self.prepared.checkpoint {
            Some(check) => check(),
            None => Ok(()),
        }
    }

    async fn start(&self, plan: &LogicalPlan) -> Result<SendableRecordBatchStream> {
        let physical = self.session.create_physical_plan(plan).await.map_err(from_datafusion)?;
        execute_stream(physical, self.session.task_ctx()).map_err(from_datafusion)
    }

    /// Runs the subqueries in order; each may use the values of those before it.
    async fn run_pending(&mut self) -> Result<()> {
        let pending = std::mem::take(&mut self.prepared.pending);
        let mut values: Vec<(String, ScalarValue)> = Vec::new();
        for Pending { plan, kind } in pending {
            let plan = with_values(plan, &values)?;
            let mut stream = self.start(&plan).await?;
            match kind {
                PendingKind::Set { target, from, to, nulls } => {
                    let types: Vec<_> = to.iter().map(arrow_type).collect();
                    let set = ValueSet::new(&types).map_err(from_datafusion)?;
                    let mut set = if nulls { set.with_nulls() } else { set };
                    while let Some(batch) = stream.next().await {
                        self.check()?;
                        let batch = batch.map_err(from_datafusion)?;
                        let (batch, from) = spread(batch, &from, to.len())?;
                        let columns = self.set_columns(&batch, &from, &to)?;
                        let more = set.add(&columns).map_err(from_datafusion)?;
                        self.sets.grow(more).map_err(from_datafusion)?;
                    }
                    let _ = target.set(set);
                }
                PendingKind::Scalar { placeholder, columns, ty } => {
                    let row = one_row(&mut stream).await?;
                    values.push((placeholder, scalar(row, &columns, &ty)?));
                }
                PendingKind::Exists { placeholder } => {
                    let found = one_row(&mut stream).await?.is_some();
                    values.push((placeholder, ScalarValue::UInt8(Some(u8::from(found)))));
                }
            }
        }
        let plan = std::mem::take(&mut self.prepared.plan);
        self.prepared.plan = with_values(plan, &values)?;
        if let Some(totals) = self.prepared.totals.take() {
            self.prepared.totals = Some(with_values(totals, &values)?);
        }
        Ok(())
    }

    fn set_columns(&self, batch: &RecordBatch, from: &[ChType], to: &[ChType]) -> Result<Vec<ArrayRef>> {
        batch
            .columns()
            .iter()
            .zip(from.iter().zip(to))
            .map(|(column, (from, to))| {
                let failure =
                    if from.is_text() && !to.is_text() { Failure::Error } else { Failure::AccurateNull };
                convert(column, from, &to.clone().nullable(), failure, &self.prepared.environment)
            })
            .collect()
    }
}

/// The only row of a subquery.
async fn one_row(stream: &mut SendableRecordBatchStream) -> Result<Option<RecordBatch>> {
    let mut found: Option<RecordBatch> = None;
    while let Some(batch) = stream.next().await {
        let batch = batch.map_err(from_datafusion)?;
        if batch.num_rows() == 0 {
            continue;
        }
        if batch.num_rows() > 1 || found.is_some() {
            let message = "Scalar subquery returned more than one row";
            return Err(SqlError::new(ErrorCode::INCORRECT_RESULT_OF_SCALAR_SUBQUERY, message));
        }
        found = Some(batch);
    }
    Ok(found)
}

fn scalar(row: Option<RecordBatch>, columns: &[ChType], ty: &ChType) -> Result<ScalarValue> {
    let array = match (row, columns) {
        (Some(row), [_]) => Arc::clone(row.column(0)),
        (Some(row), _) => {
            let arrow::datatypes::DataType::Struct(fields) = arrow_type(ty) else {
                return Err(internal("a row of several columns is a tuple"));
            };
            crate::column_builder::struct_array(&fields, row.columns().to_vec(), 1)?
        }
        (None, [_]) if ty.is_nullable() => new_null_array(&arrow_type(ty), 1),
        (None, _) => {
            let mut builder = crate::ColumnBuilder::new(ty);
            builder.append_default();
            builder.finish()?
        }
    };
    ScalarValue::try_from_array(&array, 0).map_err(from_datafusion)
}

/// The plan with placeholders replaced by their values.
fn with_values(plan: LogicalPlan, values: &[(String, ScalarValue)]) -> Result<LogicalPlan> {
    if values.is_empty() {
        return Ok(plan);
    }
    let replaced = plan.transform_up(|node| {
        node.map_expressions(|expr| {
            expr.transform_up(|expr| match &expr {
                Expr::Placeholder(placeholder) => match values.iter().find(|(id, _)| *id == placeholder.id) {
                    Some((_, value)) => Ok(Transformed::yes(Expr::Literal(value.clone(), None))),
                    None => Ok(Transformed::no(expr)),
                },
                _ => Ok(Transformed::no(expr)),
            })
        })
    });
    Ok(replaced.map_err(from_datafusion)?.data)
}

/// A single column of tuples as one column per element, where several are wanted.
fn spread(batch: RecordBatch, from: &[ChType], wanted: usize) -> Result<(RecordBatch, Vec<ChType>)> {
    let [ChType::Tuple(fields)] = from else { return Ok((batch, from.to_vec())) };
    if fields.len() != wanted {
        return Ok((batch, from.to_vec()));
    }
    let Some(tuples) = arrow::array::AsArray::as_struct_opt(batch.column(0)) else {
        return Err(internal("tuples that are no struct"));
    };
    let types = fields.iter().map(|(_, ty)| ty.clone()).collect();
    let options = arrow::array::RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
    let schema = Arc::new(arrow::datatypes::Schema::new(tuples.fields().clone()));
    let spread =
        RecordBatch::try_new_with_options(schema, tuples.columns().to_vec(), &options).map_err(internal)?;
    Ok((spread, types))
}
