//! Room for what does not fit in memory: sorts and aggregates put it here and take it back.
//!
//! One file is opened with the store and carved into extents, because making a file takes an asynchronous call and
//! an operator that runs out of memory cannot wait for one. Nothing in it outlives the store.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::disk::{Disk, FileHandle, OpenMode};
use crate::error::StorageError;

const PATH: &str = "scratch";

/// Bytes of an extent.
const EXTENT: u64 = 1 << 20;

/// Makes scratch files. Cheap to clone.
#[derive(Clone)]
pub struct Scratch {
    inner: Arc<Inner>,
}

struct Inner {
    disk: Arc<dyn Disk>,
    file: FileHandle,
    limit: u64,
    extents: Mutex<Extents>,
}

/// Which extents are free.
#[derive(Debug, Default)]
struct Extents {
    free: Vec<u64>,
    /// Extents that were ever in use.
    made: u64,
}

/// Bytes that are appended and read back. Its room is free again when it is dropped.
pub struct ScratchFile {
    scratch: Scratch,
    content: Mutex<Content>,
}

#[derive(Debug, Default)]
struct Content {
    extents: Vec<u64>,
    length: u64,
}

impl fmt::Debug for Scratch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scratch").field("used_bytes", &self.used_bytes()).finish_non_exhaustive()
    }
}

impl fmt::Debug for ScratchFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ScratchFile").field("length", &self.length()).finish_non_exhaustive()
    }
}

impl Scratch {
    /// Opens the scratch file of a disk, which holds at most `limit` bytes, and empties it.
    pub(crate) async fn open(disk: Arc<dyn Disk>, limit: u64) -> Result<Self, StorageError> {
        let file = disk.open(PATH, OpenMode::Create).await?;
        if disk.size(file)? > 0 {
            disk.truncate(file, 0)?;
        }
        Ok(Scratch { inner: Arc::new(Inner { disk, file, limit, extents: Mutex::default() }) })
    }

    /// An empty scratch file.
    pub fn create(&self) -> ScratchFile {
        ScratchFile { scratch: self.clone(), content: Mutex::default() }
    }

    /// Bytes that scratch files take now.
    pub fn used_bytes(&self) -> u64 {
        let extents = self.extents();
        (extents.made - extents.free.len() as u64) * EXTENT
    }

    pub(crate) fn handle(&self) -> FileHandle {
        self.inner.file
    }

    fn extents(&self) -> MutexGuard<'_, Extents> {
        self.inner.extents.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take_extent(&self) -> Result<u64, StorageError> {
        let mut extents = self.extents();
        if let Some(extent) = extents.free.pop() {
            return Ok(extent);
        }
        let used = extents.made * EXTENT;
        if used + EXTENT > self.inner.limit {
            let limit = self.inner.limit;
            return Err(StorageError::DiskFull { needed: EXTENT, used: Some(used), quota: Some(limit) });
        }
        extents.made += 1;
        Ok(extents.made - 1)
    }

    fn give_back(&self, freed: &mut Vec<u64>) {
        let mut extents = self.extents();
        extents.free.append(freed);
        if extents.free.len() as u64 == extents.made {
            *extents = Extents::default();
            // Should it fail, the bytes are written over next time.
            let _ = self.inner.disk.truncate(self.inner.file, 0);
        }
    }
}

impl ScratchFile {
    fn content(&self) -> MutexGuard<'_, Content> {
        self.content.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Bytes in it.
    pub fn length(&self) -> u64 {
        self.content().length
    }

    /// Adds bytes at the end.
    ///
    /// # Errors
    /// The scratch file's limit is reached, or the disk fails.
    pub fn append(&self, mut bytes: &[u8]) -> Result<(), StorageError> {
        let mut content = self.content();
        while !bytes.is_empty() {
            let within = content.length % EXTENT;
            if content.extents.len() as u64 * EXTENT == content.length {
                let extent = self.scratch.take_extent()?;
                content.extents.push(extent);
            }
            let Some(extent) = content.extents.last().copied() else { break };
            let (now, later) = bytes.split_at(bytes.len().min((EXTENT - within) as usize));
            let inner = &self.scratch.inner;
            let written = inner.disk.write_at(inner.file, extent * EXTENT + within, now);
            written.map_err(|error| StorageError::of_write(error, now.len()))?;
            content.length += now.len() as u64;
            bytes = later;
        }
        Ok(())
    }

    /// The bytes from `offset` on, as many as lie together and at most `most`; none at the end.
    ///
    /// # Errors
    /// The disk fails.
    pub fn read(&self, offset: u64, most: usize) -> Result<Vec<u8>, StorageError> {
        let content = self.content();
        let within = offset % EXTENT;
        let together = (EXTENT - within).min(content.length.saturating_sub(offset)).min(most as u64);
        let Some(extent) = content.extents.get((offset / EXTENT) as usize).filter(|_| together > 0) else {
            return Ok(Vec::new());
        };
        let mut bytes = vec![0; together as usize];
        let inner = &self.scratch.inner;
        let read = inner.disk.read_at(inner.file, extent * EXTENT + within, &mut bytes)?;
        if read < bytes.len() {
            return Err(StorageError::Damaged(
                "The scratch file is shorter than what was written to it".to_owned(),
            ));
        }
        Ok(bytes)
    }
}

impl Drop for ScratchFile {
    fn drop(&mut self) {
        let mut freed = std::mem::take(&mut self.content().extents);
        if !freed.is_empty() {
            self.scratch.give_back(&mut freed);
        }
    }
}
