//! Rows into tables: computed defaults, and the materialized views that rows feed.

mod layout;
mod staged;

use crate::deploy::{Changes, Staged};
use crate::error::{Error, Kind, Result};
use crate::ingest::block::Block;
use crate::query::{BlockTable, QueryCatalog};
use crate::resource::{Datasource, Node, Pipe, Project};
use crate::workspace::Workspace;
use arrow::array::{Array, ArrayRef, BooleanArray, RecordBatch};
use kinglet_sql::conversion::{Failure, convert};
use kinglet_sql::{RowExpression, Table};
use kinglet_storage::{Snapshot, Transaction};
pub(crate) use layout::check_columns;
use std::rc::Rc;
use std::sync::Arc;

/// Materialized views that feed each other at most.
const MAX_CASCADE: usize = 32;

impl Workspace {
    /// The rows of a block with the `DEFAULT`s of left-out values.
    pub(crate) fn with_defaults(&self, datasource: &Datasource, block: Block) -> Result<RecordBatch> {
        let Block { rows, defaults, .. } = block;
        if defaults.is_empty() {
            return Ok(rows);
        }
        let mut arrays = rows.columns().to_vec();
        for (at, mask) in defaults {
            let computed = self.default_values(datasource, at, &rows)?;
            if let Some(slot) = arrays.get_mut(at) {
                *slot = chosen(&mask, &computed, slot)?;
            }
        }
        RecordBatch::try_new(rows.schema(), arrays).map_err(|error| Error::internal(error.to_string()))
    }

    /// The values of a column's `DEFAULT` for every row.
    fn default_values(&self, datasource: &Datasource, at: usize, rows: &RecordBatch) -> Result<ArrayRef> {
        let column = datasource.columns.get(at).ok_or_else(|| Error::internal("no such column"))?;
        let text = column.default.as_deref().unwrap_or_default();
        let environment = self.environment();
        let columns = crate::query::columns(datasource);
        RowExpression::bind(text, &columns, &environment)
            .and_then(|expression| {
                let values = expression.evaluate(rows)?;
                convert(&values, expression.ty(), &column.ty, Failure::Error, &environment)
            })
            .map_err(|error| {
                let name = &column.name;
                Error::invalid(format!("the DEFAULT of column '{name}' failed: {}", error.message))
                    .with_code(i32::from(error.code.0))
            })
    }

    /// Adds rows to a data source and, in the same transaction, what they make in the
    /// materialized views that read it, and in those that read their targets. Once an
    /// insert into the data source had this `token`, the transaction does nothing.
    ///
    /// # Errors
    /// Kind `Data` when a materialized view fails.
    pub(crate) async fn insert(
        self: &Rc<Self>,
        transaction: &mut Transaction,
        project: &Arc<Project>,
        datasource: &Arc<Datasource>,
        rows: RecordBatch,
        token: Option<&str>,
    ) -> Result<()> {
        if token.is_some() {
            transaction.insert(self.table(&datasource.name), Vec::new(), token);
        }
        self.insert_staged(transaction, datasource, &rows).await?;
        let mut waiting = vec![(datasource.clone(), rows, 0)];
        while let Some((datasource, rows, depth)) = waiting.pop() {
            if rows.num_rows() == 0 {
                continue;
            }
            if depth > MAX_CASCADE {
                let name = &datasource.name;
                return Err(Error::invalid(format!(
                    "more than {MAX_CASCADE} materialized views feed each other, the last one into '{name}'"
                )));
            }
            for (pipe, node, target) in views_of(project, &datasource.name) {
                let block = Arc::new(BlockTable::new(&datasource, vec![rows.clone()]));
                let view = (project, self.snapshot()?);
                let made = self.materialize(view, (pipe, node), &target, &datasource.name, block).await;
                let made = made.map_err(|error| view_failed(pipe, &error))?;
                waiting.extend(made.into_iter().map(|rows| (target.clone(), rows, depth + 1)));
            }
            if datasource.engine != "Null" {
                transaction.insert(self.table(&datasource.name), vec![rows], None);
            }
        }
        Ok(())
    }

    /// What a materialized node makes of a block of its trigger's rows, in its target's
    /// layout.
    pub(crate) async fn materialize(
        &self,
        (project, snapshot): (&Arc<Project>, Snapshot),
        (pipe, node): (&Pipe, &Node),
        target: &Datasource,
        source: &str,
        rows: Arc<dyn Table>,
    ) -> Result<Vec<RecordBatch>> {
        let mut catalog = QueryCatalog::new(project.clone(), snapshot, self.template_context());
        catalog.add_block(source, rows);
        let sql = catalog.rendered(pipe, node)?;
        let (columns, batches) = self.collect(&sql, &catalog).await?;
        let in_layout = |batch| self.in_layout_of(target, &columns, batch);
        batches.into_iter().map(in_layout).collect()
    }

    /// Makes the targets of the materialized views of a replaced data source anew, in
    /// the transaction that replaces it: their rows come from `rows` instead. A target
    /// that other sources feed, too, keeps its rows.
    pub(crate) async fn replace_views(
        self: &Rc<Self>,
        transaction: &mut Transaction,
        project: &Arc<Project>,
        datasource: &Arc<Datasource>,
        rows: Arc<dyn Table>,
    ) -> Result<()> {
        self.check_not_staged(datasource)?;
        let mut waiting = vec![(datasource.clone(), rows, 0)];
        while let Some((source, rows, depth)) = waiting.pop() {
            for (pipe, node, target) in views_of(project, &source.name) {
                if depth > MAX_CASCADE || is_fed_by_others(project, &target.name, &source.name) {
                    continue;
                }
                let view = (project, self.snapshot()?);
                let made = self.materialize(view, (pipe, node), &target, &source.name, rows.clone()).await;
                let made = made.map_err(|error| view_failed(pipe, &error))?;
                transaction.truncate(self.table(&target.name));
                transaction.insert(self.table(&target.name), made.clone(), None);
                let table = Arc::new(BlockTable::new(&target, made));
                waiting.push((target, table, depth + 1));
            }
        }
        Ok(())
    }

    /// Fills the targets of new materialized views, and of those whose query changed and
    /// whose target is empty, from the rows that their triggers hold.
    pub(crate) async fn populate_new(
        self: &Rc<Self>,
        project: &Arc<Project>,
        changes: &Changes,
        staged: Option<&Staged>,
        transaction: &mut Transaction,
    ) -> Result<()> {
        let is_filled = |node: &Node| {
            let target = node.target.as_deref().unwrap_or_default();
            staged.is_some_and(|staged| staged.owned.contains(target))
        };
        for (pipe, node) in project.materializations() {
            if !changes.pipes.new.contains(&pipe.name) || is_filled(node) {
                continue;
            }
            let trigger = node.trigger.as_ref().filter(|name| self.n_rows(name) > 0);
            let target = node.target.as_ref().and_then(|name| project.datasources.get(name));
            let (Some(_), Some(target)) = (trigger, target) else {
                continue;
            };
            let catalog = QueryCatalog::new(project.clone(), self.snapshot()?, self.template_context());
            let sql = catalog.rendered(pipe, node)?;
            let (columns, batches) = self.collect(&sql, &catalog).await?;
            for batch in batches {
                let rows = self.in_layout_of(target, &columns, batch)?;
                transaction.insert(self.table(&target.name), vec![rows], None);
            }
        }
        Ok(())
    }
}

/// The materialized nodes that a data source's inserts run, with their targets.
pub(crate) fn views_of<'a>(
    project: &'a Project,
    name: &'a str,
) -> impl Iterator<Item = (&'a Pipe, &'a Node, Arc<Datasource>)> {
    project.materializations().filter_map(move |(pipe, node)| {
        let target = project.datasources.get(node.target.as_ref()?)?.clone();
        (node.trigger.as_deref() == Some(name)).then_some((&**pipe, node, target))
    })
}

/// True when a table has more than one view that writes to it, or another trigger.
fn is_fed_by_others(project: &Project, target: &str, source: &str) -> bool {
    let feeding = project.materializations().filter(|(_, node)| node.target.as_deref() == Some(target));
    let triggers: Vec<_> = feeding.map(|(_, node)| node.trigger.as_deref()).collect();
    triggers.len() != 1 || triggers.first() != Some(&Some(source))
}

fn view_failed(pipe: &Pipe, error: &Error) -> Error {
    let text = format!("the materialized view '{}' failed: {}", pipe.name, error.message());
    let failed = Error::new(Kind::Data, text);
    match error.code() {
        Some(code) => failed.with_code(code),
        None => failed,
    }
}

/// `computed` where `mask` is true, else `given`.
fn chosen(mask: &BooleanArray, computed: &ArrayRef, given: &ArrayRef) -> Result<ArrayRef> {
    let computed = if computed.data_type() == given.data_type() {
        computed.clone()
    } else {
        arrow::compute::cast(computed, given.data_type())
            .map_err(|error| Error::internal(error.to_string()))?
    };
    arrow::compute::kernels::zip::zip(mask, &computed, given)
        .map_err(|error| Error::internal(error.to_string()))
}
