//! Inserts while a deployment waits to be promoted: its own tables get them too.

use super::views_of;
use crate::deploy::Staged;
use crate::error::{Error, Result};
use crate::query::BlockTable;
use crate::resource::Datasource;
use crate::workspace::Workspace;
use arrow::array::RecordBatch;
use kinglet_storage::Transaction;
use std::rc::Rc;
use std::sync::Arc;

/// Materialized views that feed each other at most.
const MAX_CASCADE: usize = 32;

impl Workspace {
    /// Adds rows that go into a live data source to the tables of the staged deployment that
    /// they reach, in the same transaction. What does not fit fails the deployment, not the
    /// insert.
    pub(super) async fn insert_staged(
        self: &Rc<Self>,
        transaction: &mut Transaction,
        datasource: &Arc<Datasource>,
        rows: &RecordBatch,
    ) -> Result<()> {
        let Some(staged) = self.staged().filter(|staged| !staged.owned.is_empty() && staged.failed.is_none())
        else {
            return Ok(());
        };
        match self.staged_inserts(&staged, datasource, rows).await {
            Ok(made) => {
                let head = self.staging_head();
                for (name, batches) in made {
                    transaction.insert((head.as_str(), name.as_str()), batches, None);
                }
            }
            Err(error) => {
                let failed = Some(error.message().to_owned());
                self.state_mut().staged = Some(Rc::new(Staged { failed, ..Staged::clone(&staged) }));
            }
        }
        Ok(())
    }

    /// The rows for each table that only the staged deployment has.
    async fn staged_inserts(
        self: &Rc<Self>,
        staged: &Staged,
        datasource: &Arc<Datasource>,
        rows: &RecordBatch,
    ) -> Result<Vec<(String, Vec<RecordBatch>)>> {
        let mut made = Vec::new();
        let Some(new) = staged.readable.datasources.get(&datasource.name) else {
            return Ok(made);
        };
        let first = if staged.owned.contains(&new.name) {
            let converted = self.staged_rows(staged, (datasource, new), rows.clone()).await?;
            made.push((new.name.clone(), converted.clone()));
            converted
        } else {
            vec![rows.clone()]
        };
        let mut waiting = vec![(new.clone(), first, 0)];
        while let Some((source, rows, depth)) = waiting.pop() {
            if depth > MAX_CASCADE {
                return Err(Error::invalid("too many materialized views feed each other"));
            }
            for (pipe, node, target) in views_of(&staged.readable, &source.name) {
                let block = Arc::new(BlockTable::new(&source, rows.clone()));
                let view = (&staged.readable, self.staging_snapshot()?);
                let batches = self.materialize(view, (pipe, node), &target, &source.name, block).await?;
                if staged.owned.contains(&target.name) {
                    made.push((target.name.clone(), batches.clone()));
                }
                waiting.push((target.clone(), batches, depth + 1));
            }
        }
        Ok(made)
    }

    /// Fails for a data source of which a deployment that waits has a table of its own: rows
    /// can be added to both, not taken from both.
    pub(crate) fn check_not_staged(&self, datasource: &Datasource) -> Result<()> {
        match self.staged().filter(|staged| staged.owned.contains(&datasource.name)) {
            Some(staged) => Err(Error::conflict(format!(
                "deployment {} has a new version of '{}': promote or discard it before rows are removed or replaced",
                staged.id, datasource.name
            ))),
            None => Ok(()),
        }
    }
}
