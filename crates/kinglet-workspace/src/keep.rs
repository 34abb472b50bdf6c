//! Keeping data: snapshots of all tables as they are at a moment, and parts of tables as files, out and in.

use crate::error::{Error, Kind, Result};
use crate::workspace::Workspace;
use bytes::Bytes;
use futures::stream::{LocalBoxStream, StreamExt};
use kinglet_storage::{Durability, HeadMode, LIVE, PartId, PartReader, Snapshot};

/// A part of a table: one Parquet file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPart {
    /// Its id.
    pub id: String,
    /// Bytes of its file.
    pub bytes: u64,
    /// Rows in it.
    pub rows: u64,
    /// Value of the partition key as text.
    pub partition: String,
    /// Merges that made it, one after the other.
    pub level: u32,
}

/// Name of a snapshot at most, in bytes.
const LONGEST_NAME: usize = 200;

impl Workspace {
    fn snapshot_prefix(&self) -> String {
        format!("{}/snapshot/", self.id())
    }

    /// Keeps all tables as they are now, under a name. Copies nothing.
    ///
    /// # Errors
    /// `Conflict` when the name is taken, `Invalid` for one that cannot be.
    pub async fn keep_snapshot(&self, name: &str) -> Result<()> {
        if name.is_empty() || name.len() > LONGEST_NAME || name.contains('/') {
            return Err(Error::invalid("a snapshot needs a name of at most 200 bytes without slashes"));
        }
        if self.snapshots()?.iter().any(|known| known == name) {
            return Err(Error::new(Kind::Conflict, format!("There is a snapshot '{name}' already")));
        }
        // Its rows are in parts, so that it can be carried away as files.
        self.shared.store.flush_rows().await?;
        let mut transaction = self.shared.store.begin();
        transaction.create_head(&(self.snapshot_prefix() + name), Some(self.id()), HeadMode::Freeze);
        transaction.commit(Durability::Flushed).await?;
        Ok(())
    }

    /// Names of the snapshots, sorted.
    ///
    /// # Errors
    /// The store fails.
    pub fn snapshots(&self) -> Result<Vec<String>> {
        let prefix = self.snapshot_prefix();
        let live = self.shared.store.snapshot(LIVE)?;
        Ok(live.heads().filter_map(|head| head.strip_prefix(&prefix)).map(str::to_owned).collect())
    }

    /// Forgets a snapshot; what only it held is deleted.
    ///
    /// # Errors
    /// `NotFound` when there is none of this name.
    pub async fn drop_snapshot(&self, name: &str) -> Result<()> {
        self.kept(name)?;
        let mut transaction = self.shared.store.begin();
        transaction.drop_head(&(self.snapshot_prefix() + name));
        transaction.commit(Durability::Flushed).await?;
        Ok(())
    }

    /// The tables as a snapshot keeps them.
    pub(crate) fn kept(&self, name: &str) -> Result<Snapshot> {
        if !self.snapshots()?.iter().any(|known| known == name) {
            return Err(Error::not_found(format!("There is no snapshot '{name}'")));
        }
        Ok(self.shared.store.snapshot(&(self.snapshot_prefix() + name))?)
    }

    fn kept_or_live(&self, snapshot: Option<&str>) -> Result<Snapshot> {
        match snapshot {
            Some(name) => self.kept(name),
            None => self.snapshot(),
        }
    }

    /// The parts of a data source now or in a snapshot; rows that were in no part yet are in one then.
    ///
    /// # Errors
    /// There is no such data source or snapshot, or the disk fails.
    pub async fn parts(&self, datasource: &str, snapshot: Option<&str>) -> Result<Vec<StoredPart>> {
        if snapshot.is_none() {
            self.shared.store.flush_rows().await?;
        }
        let found = self.kept_or_live(snapshot)?.table(datasource);
        let found = found.ok_or_else(|| no_such(datasource))?;
        let stored = |part: kinglet_storage::PartInfo| StoredPart {
            id: part.id.to_string(),
            bytes: part.bytes,
            rows: part.rows,
            partition: part.partition,
            level: part.level,
        };
        Ok(found.parts().into_iter().filter(|part| !part.damaged).map(stored).collect())
    }

    /// A part's file, as it was written.
    ///
    /// # Errors
    /// There is no such part, or the disk fails.
    pub async fn open_part(&self, datasource: &str, id: &str, snapshot: Option<&str>) -> Result<PartReader> {
        let missing = || Error::not_found(format!("'{datasource}' has no part '{id}'"));
        let id = u64::from_str_radix(id, 16).map_err(|_| missing())?;
        let snapshot = self.kept_or_live(snapshot)?;
        let table = snapshot.table(datasource).ok_or_else(|| no_such(datasource))?;
        if !table.parts().iter().any(|part| part.id == PartId(id)) {
            return Err(missing());
        }
        Ok(snapshot.open_part(datasource, PartId(id)).await?)
    }

    /// Adds the rows of a part's file to a data source of the same columns and keys. The file stays as it is;
    /// materialized views do not see the rows.
    ///
    /// # Errors
    /// `Invalid` for a file that Kinglet did not write, that is damaged, or of a table with other columns; `Limit`
    /// on a full disk.
    pub async fn attach_part(
        &self,
        datasource: &str,
        mut file: LocalBoxStream<'static, Result<Bytes>>,
    ) -> Result<u64> {
        if self.snapshot()?.table(datasource).is_none() {
            return Err(no_such(datasource));
        }
        let mut receiver = self.shared.store.receive_part().await?;
        while let Some(bytes) = file.next().await {
            receiver.write(&bytes?).await?;
        }
        let part = receiver.finish()?;
        let rows = part.rows();
        let mut transaction = self.shared.store.begin();
        transaction.attach(self.table(datasource), vec![part]);
        transaction.commit(Durability::Flushed).await?;
        Ok(rows)
    }
}

fn no_such(datasource: &str) -> Error {
    Error::not_found(format!("Data source '{datasource}' does not exist"))
}
