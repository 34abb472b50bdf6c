//! A disk in memory: private windows, shared links, tests.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::{Disk, DiskError, DiskErrorKind, DiskSpace, FileHandle, OpenMode, check_path};

/// Files as byte vectors. Contents live as long as the disk does, whatever is closed.
#[derive(Debug, Default)]
pub struct MemoryDisk {
    files: Mutex<Files>,
    capacity: Option<u64>,
}

#[derive(Debug, Default)]
struct Files {
    by_path: HashMap<String, Vec<u8>>,
    open: HashMap<FileHandle, String>,
    next_handle: u64,
    used: u64,
}

impl MemoryDisk {
    /// An empty disk.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty disk that is full at `capacity` bytes.
    pub fn with_capacity(capacity: u64) -> Self {
        MemoryDisk { files: Mutex::default(), capacity: Some(capacity) }
    }

    fn files(&self) -> MutexGuard<'_, Files> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Files {
    fn content(&mut self, file: FileHandle) -> Result<&mut Vec<u8>, DiskError> {
        let path = self.open.get(&file).ok_or_else(|| DiskError::bad_handle(file))?;
        self.by_path.get_mut(path).ok_or_else(|| DiskError::bad_handle(file))
    }

    fn resize(&mut self, file: FileHandle, length: u64, capacity: Option<u64>) -> Result<(), DiskError> {
        let used = self.used;
        let content = self.content(file)?;
        let after = (used + length).saturating_sub(content.len() as u64);
        if capacity.is_some_and(|capacity| after > capacity && after > used) {
            return Err(DiskError::new(
                DiskErrorKind::Full,
                format!("disk full: {used} bytes used, {after} needed"),
            ));
        }
        content.resize(length as usize, 0);
        self.used = after;
        Ok(())
    }
}

#[async_trait(?Send)]
impl Disk for MemoryDisk {
    async fn open(&self, path: &str, mode: OpenMode) -> Result<FileHandle, DiskError> {
        check_path(path)?;
        let files = &mut *self.files();
        if let Some((handle, _)) = files.open.iter().find(|(_, open)| *open == path) {
            return Ok(*handle);
        }
        if !files.by_path.contains_key(path) {
            if mode == OpenMode::Existing {
                return Err(DiskError::not_found(path));
            }
            files.by_path.insert(path.to_owned(), Vec::new());
        }
        files.next_handle += 1;
        let handle = FileHandle(files.next_handle);
        files.open.insert(handle, path.to_owned());
        Ok(handle)
    }

    async fn list(&self, directory: &str) -> Result<Vec<String>, DiskError> {
        check_path(directory)?;
        let files = self.files();
        let names = files.by_path.keys().filter_map(|path| {
            let name = path.strip_prefix(directory)?.strip_prefix('/')?;
            (!name.contains('/')).then(|| name.to_owned())
        });
        Ok(names.collect())
    }

    async fn delete(&self, path: &str) -> Result<(), DiskError> {
        check_path(path)?;
        let files = &mut *self.files();
        let content = files.by_path.remove(path).ok_or_else(|| DiskError::not_found(path))?;
        files.used -= content.len() as u64;
        files.open.retain(|_, open| open != path);
        Ok(())
    }

    async fn space(&self) -> Option<DiskSpace> {
        self.capacity.map(|quota| DiskSpace { used: self.files().used, quota })
    }

    fn read_at(&self, file: FileHandle, offset: u64, buffer: &mut [u8]) -> Result<usize, DiskError> {
        let files = &mut *self.files();
        let rest = files.content(file)?.get(offset as usize..).unwrap_or_default();
        let length = rest.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..length), rest.get(..length)) {
            to.copy_from_slice(from);
        }
        Ok(length)
    }

    fn write_at(&self, file: FileHandle, offset: u64, bytes: &[u8]) -> Result<(), DiskError> {
        let files = &mut *self.files();
        let end = offset + bytes.len() as u64;
        if end > files.content(file)?.len() as u64 {
            files.resize(file, end, self.capacity)?;
        }
        if let Some(to) = files.content(file)?.get_mut(offset as usize..end as usize) {
            to.copy_from_slice(bytes);
        }
        Ok(())
    }

    fn truncate(&self, file: FileHandle, length: u64) -> Result<(), DiskError> {
        self.files().resize(file, length, self.capacity)
    }

    fn flush(&self, file: FileHandle) -> Result<(), DiskError> {
        self.files().content(file).map(|_| ())
    }

    fn size(&self, file: FileHandle) -> Result<u64, DiskError> {
        self.files().content(file).map(|content| content.len() as u64)
    }

    fn close(&self, file: FileHandle) {
        self.files().open.remove(&file);
    }
}
