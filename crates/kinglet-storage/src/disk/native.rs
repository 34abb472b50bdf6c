//! A folder of the host's file system: the development server and tests.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::{Disk, DiskError, DiskErrorKind, FileHandle, OpenMode, check_path};

/// Files under one folder, through `std::fs`.
#[derive(Debug)]
pub struct NativeDisk {
    root: PathBuf,
    table: Mutex<Table>,
}

#[derive(Debug, Default)]
struct Table {
    open: HashMap<FileHandle, (String, File)>,
    next_handle: u64,
}

impl NativeDisk {
    /// A disk of the files under `root`, which is made on the first write.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        NativeDisk { root: root.into(), table: Mutex::default() }
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn path(&self, path: &str) -> Result<PathBuf, DiskError> {
        check_path(path)?;
        Ok(self.root.join(path))
    }

    fn with<T>(
        &self,
        file: FileHandle,
        what: &str,
        f: impl FnOnce(&mut File) -> io::Result<T>,
    ) -> Result<T, DiskError> {
        let mut table = self.table();
        let (path, file) = table.open.get_mut(&file).ok_or_else(|| DiskError::bad_handle(file))?;
        f(file).map_err(|error| disk_error(what, path, &error))
    }
}

fn disk_error(what: &str, path: &str, error: &io::Error) -> DiskError {
    let kind = match error.kind() {
        io::ErrorKind::NotFound => DiskErrorKind::NotFound,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => DiskErrorKind::Full,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ResourceBusy => DiskErrorKind::Busy,
        _ => DiskErrorKind::Io,
    };
    DiskError::new(kind, format!("cannot {what} '{path}': {error}"))
}

fn open(path: &Path, mode: OpenMode) -> io::Result<File> {
    if mode == OpenMode::Create
        && let Some(parent) = path.parent()
    {
        fs::create_dir_all(parent)?;
    }
    OpenOptions::new().read(true).write(true).create(mode == OpenMode::Create).truncate(false).open(path)
}

#[async_trait(?Send)]
impl Disk for NativeDisk {
    async fn open(&self, path: &str, mode: OpenMode) -> Result<FileHandle, DiskError> {
        let full = self.path(path)?;
        let table = &mut *self.table();
        if let Some((handle, _)) = table.open.iter().find(|(_, (open, _))| open == path) {
            return Ok(*handle);
        }
        let file = open(&full, mode).map_err(|error| disk_error("open", path, &error))?;
        table.next_handle += 1;
        let handle = FileHandle(table.next_handle);
        table.open.insert(handle, (path.to_owned(), file));
        Ok(handle)
    }

    async fn list(&self, directory: &str) -> Result<Vec<String>, DiskError> {
        let failed = |error: io::Error| disk_error("list", directory, &error);
        let entries = match fs::read_dir(self.path(directory)?) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(failed)?,
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry.map_err(failed)?;
            if entry.file_type().map_err(failed)?.is_file()
                && let Ok(name) = entry.file_name().into_string()
            {
                names.push(name);
            }
        }
        Ok(names)
    }

    async fn delete(&self, path: &str) -> Result<(), DiskError> {
        let full = self.path(path)?;
        self.table().open.retain(|_, (open, _)| open != path);
        fs::remove_file(full).map_err(|error| disk_error("delete", path, &error))
    }

    fn read_at(&self, file: FileHandle, offset: u64, buffer: &mut [u8]) -> Result<usize, DiskError> {
        self.with(file, "read", |file| {
            file.seek(SeekFrom::Start(offset))?;
            let mut read = 0;
            while let Some(rest) = buffer.get_mut(read..).filter(|rest| !rest.is_empty()) {
                match file.read(rest)? {
                    0 => break,
                    n => read += n,
                }
            }
            Ok(read)
        })
    }

    fn write_at(&self, file: FileHandle, offset: u64, bytes: &[u8]) -> Result<(), DiskError> {
        self.with(file, "write", |file| {
            file.seek(SeekFrom::Start(offset))?;
            file.write_all(bytes)
        })
    }

    fn truncate(&self, file: FileHandle, length: u64) -> Result<(), DiskError> {
        self.with(file, "truncate", |file| file.set_len(length))
    }

    fn flush(&self, file: FileHandle) -> Result<(), DiskError> {
        self.with(file, "flush", |file| file.sync_data())
    }

    fn size(&self, file: FileHandle) -> Result<u64, DiskError> {
        self.with(file, "measure", |file| file.metadata().map(|metadata| metadata.len()))
    }

    fn close(&self, file: FileHandle) {
        self.table().open.remove(&file);
    }
}
