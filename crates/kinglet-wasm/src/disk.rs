//! Choosing where the workspace's bytes live.

use std::sync::Arc;

use kinglet_opfs::OpfsDisk;
use kinglet_storage::disk::{Disk, DiskError, DiskErrorKind, MemoryDisk};

use crate::options::{OpenOptions, Storage};

/// A disk, where its bytes live indeed, and why that is not where they were asked to.
pub(crate) struct OpenDisk {
    pub(crate) disk: Arc<dyn Disk>,
    pub(crate) storage: Storage,
    pub(crate) problem: Option<String>,
}

/// Open the disk that was asked for. Where the browser has no private file system, memory takes its place.
///
/// # Errors
/// Where there is a private file system but another worker holds it, or it is full: memory in its place would hide
/// what is stored.
pub(crate) async fn open_disk(options: &OpenOptions) -> Result<OpenDisk, DiskError> {
    let memory = |problem| OpenDisk { disk: Arc::new(MemoryDisk::new()), storage: Storage::Memory, problem };
    if options.storage == Storage::Memory {
        return Ok(memory(None));
    }
    match OpfsDisk::open(&options.directory).await {
        Ok(disk) => Ok(OpenDisk { disk: Arc::new(disk), storage: Storage::Opfs, problem: None }),
        Err(error) if matches!(error.kind, DiskErrorKind::Busy | DiskErrorKind::Full) => Err(error),
        Err(error) => Ok(memory(Some(error.message))),
    }
}
