//! Room kept aside, so that dropping and truncating can be logged on a full disk.

use crate::disk::{Disk, DiskErrorKind, FileHandle, OpenMode};
use crate::error::StorageError;
use crate::store::Store;

const PATH: &str = "reserve";

/// Opens the reserve and fills it if there is room.
pub(crate) async fn open(disk: &dyn Disk, bytes: u64) -> Result<FileHandle, StorageError> {
    let file = disk.open(PATH, OpenMode::Create).await?;
    fill(disk, file, bytes)?;
    Ok(file)
}

/// Writes the reserve to its length; a full disk is no error.
fn fill(disk: &dyn Disk, file: FileHandle, bytes: u64) -> Result<(), StorageError> {
    if disk.size(file)? == bytes {
        return Ok(());
    }
    let filled = disk.truncate(file, 0).and_then(|()| disk.write_at(file, 0, &vec![0; bytes as usize]));
    match filled.and_then(|()| disk.flush(file)) {
        Err(error) if error.kind != DiskErrorKind::Full => Err(error.into()),
        _ => Ok(()),
    }
}

impl Store {
    /// Gives the reserve's room back to the disk.
    pub(crate) fn release_reserve(&self) {
        let disk = &self.environment().disk;
        // If even this fails, the commit that needs the room says so.
        let _ = disk.truncate(self.reserve(), 0).and_then(|()| disk.flush(self.reserve()));
    }

    /// Takes the room again, once there is some.
    pub(crate) fn refill_reserve(&self) -> Result<(), StorageError> {
        fill(&*self.environment().disk, self.reserve(), self.settings().reserve_bytes)
    }
}
