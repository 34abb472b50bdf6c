//! Replacing rows, all or those that meet a condition: gathered beside the table, and
//! swapped in once, at the end.

use crate::delete::Condition;
use crate::error::{Error, Result};
use crate::job::Job;
use crate::query::{BlockTable, QueryCatalog, StoredTable};
use crate::resource::Datasource;
use crate::workspace::Workspace;
use arrow::array::RecordBatch;
use arrow::compute::filter_record_batch;
use kinglet_sql::Table;
use kinglet_storage::{Durability, RowFilter};
use std::rc::Rc;
use std::sync::Arc;

/// The table that an import fills.
pub(super) struct Filling {
    pub(super) table: String,
    /// Rows that do not meet it are passed over.
    pub(super) condition: Option<Condition>,
}

impl Filling {
    /// The rows of a file that are wanted.
    pub(super) fn kept(&self, rows: RecordBatch) -> Result<RecordBatch> {
        let Some(condition) = &self.condition else {
            return Ok(rows);
        };
        let matching = condition.matches(&rows)?;
        filter_record_batch(&rows, &matching).map_err(|error| Error::internal(error.to_string()))
    }
}

impl Workspace {
    pub(super) async fn begin_replacement(&self, datasource: &Datasource, job: &Job) -> Result<String> {
        let name = format!("{} replaced by {}", datasource.name, job.id);
        let mut definition = datasource.definition.clone();
        definition.temporary = true;
        let mut transaction = self.shared.store.begin();
        transaction.create_table(self.table(&name), definition);
        transaction.commit(Durability::Buffered).await?;
        Ok(name)
    }

    pub(super) async fn drop_replacement(&self, table: &str) -> Result<()> {
        let mut transaction = self.shared.store.begin();
        transaction.drop_table(self.table(table));
        transaction.commit(Durability::Buffered).await?;
        Ok(())
    }

    pub(super) async fn finish_replacement(
        self: &Rc<Self>,
        datasource: &Arc<Datasource>,
        filling: &Filling,
        condition: Option<&str>,
    ) -> Result<()> {
        self.check_not_staged(datasource)?;
        let _inside = self.inserts.enter().await;
        let mut transaction = self.shared.store.begin();
        let new = StoredTable::called(filling.table.clone(), self.snapshot()?, datasource.clone());
        let project = self.project();
        let is_read =
            project.materializations().any(|(_, node)| node.trigger.as_ref() == Some(&datasource.name));
        let from = self.table(&filling.table);
        match (&filling.condition, condition) {
            (Some(filter), Some(text)) => {
                if is_read {
                    let rows = self.with_kept(datasource, new, text).await?;
                    self.replace_views(&mut transaction, &project, datasource, rows).await?;
                }
                let filter = Arc::new(filter.clone());
                transaction.delete_rows(self.table(&datasource.name), filter, Vec::new());
                transaction.move_rows(from, self.table(&datasource.name), false);
            }
            _ => {
                self.replace_views(&mut transaction, &project, datasource, Arc::new(new)).await?;
                transaction.move_rows(from, self.table(&datasource.name), true);
            }
        }
        transaction.drop_table(from);
        transaction.commit(Durability::Flushed).await?;
        Ok(())
    }

    /// The rows that a data source will hold once those that meet the condition are replaced.
    async fn with_kept(
        &self,
        datasource: &Arc<Datasource>,
        new: StoredTable,
        condition: &str,
    ) -> Result<Arc<dyn Table>> {
        let mut catalog = QueryCatalog::new(self.project(), self.snapshot()?, self.template_context());
        let sql = format!("SELECT * FROM `{}` WHERE NOT ifNull(({condition}\n), 0)", datasource.name);
        let (_, mut rows) = self.collect(&sql, &catalog).await?;
        catalog.add_block(&datasource.name, Arc::new(new));
        let (_, more) = self.collect(&format!("SELECT * FROM `{}`", datasource.name), &catalog).await?;
        rows.extend(more);
        Ok(Arc::new(BlockTable::new(datasource, rows)))
    }
}
