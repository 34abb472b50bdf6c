//! Quarantine: the rows that a data source does not take, kept as texts in a table of its
//! own, `<name>_quarantine`, from where they can be put right and inserted again.

use crate::error::Result;
use crate::ingest::quarantine::{Occasion, RefusedRow, batch};
use crate::resource::Datasource;
use crate::workspace::Workspace;
use kinglet_storage::{Durability, Transaction};

impl Workspace {
    /// Adds rows that were refused to the data source's quarantine, in `transaction`.
    pub(crate) async fn set_aside(
        &self,
        transaction: &mut Transaction,
        datasource: &Datasource,
        refused: &[RefusedRow],
        import_id: Option<&str>,
    ) -> Result<()> {
        let Some(quarantine) = datasource.quarantine().filter(|_| !refused.is_empty()) else {
            return Ok(());
        };
        self.open_quarantine(&quarantine).await?;
        let occasion = Occasion { import_id, now_secs: self.shared.now() / 1_000_000 };
        let rows = batch(refused, &datasource.target, &quarantine.target.schema, &occasion)?;
        transaction.insert(self.table(&quarantine.name), vec![rows], None);
        Ok(())
    }

    /// Makes the table where it is not there yet: most data sources never need one.
    async fn open_quarantine(&self, quarantine: &Datasource) -> Result<()> {
        let _one_at_a_time = self.quarantining.lock().await;
        if self.snapshot()?.table(&quarantine.name).is_some() {
            return Ok(());
        }
        let mut transaction = self.shared.store.begin();
        transaction.create_table(self.table(&quarantine.name), quarantine.definition.clone());
        transaction.commit(Durability::Buffered).await?;
        Ok(())
    }

    /// Drops the quarantine of a data source that goes, or whose columns change, where there
    /// is one.
    pub(crate) fn drop_quarantine(&self, name: &str, transaction: &mut Transaction) -> Result<()> {
        let name = format!("{name}_quarantine");
        if self.snapshot()?.table(&name).is_some() {
            transaction.drop_table(self.table(&name));
        }
        Ok(())
    }

    /// Rows in the quarantine of a data source.
    pub fn n_quarantined(&self, datasource: &str) -> u64 {
        self.n_rows(&format!("{datasource}_quarantine"))
    }
}
