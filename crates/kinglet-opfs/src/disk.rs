//! The disk itself.

use async_trait::async_trait;
use futures::{FutureExt, StreamExt};
use js_sys::AsyncIterator;
use kinglet_storage::disk::{Disk, DiskError, DiskErrorKind, DiskSpace, FileHandle, OpenMode, check_path};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::stream::JsStream;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    FileSystemDirectoryHandle, FileSystemHandle, FileSystemHandleKind, FileSystemReadWriteOptions,
    StorageEstimate, StorageManager, WorkerGlobalScope,
};

use crate::failure::failure;
use crate::folder;
use crate::table::{self, DiskId};

/// Opened and deleted again to learn whether files can be opened at all.
const PROBE: &str = "probe";

/// Files in one folder of the origin's private file system. Usable on the thread that opened it.
#[derive(Clone, Debug)]
pub struct OpfsDisk {
    id: DiskId,
}

impl OpfsDisk {
    /// The disk in the folder `directory` below the root of the private file system; the folder is made if need be.
    ///
    /// # Errors
    /// Where the browser has no private file system (private windows of some), or gives no synchronous access to it.
    pub async fn open(directory: &str) -> Result<OpfsDisk, DiskError> {
        check_path(directory)?;
        let storage = storage_manager()?;
        let root = JsFuture::from(storage.get_directory()).await;
        let root = root.map_err(|thrown| failure("open the private file system for", directory, &thrown))?;
        let folder = folder::folder(root.unchecked_ref(), directory, OpenMode::Create).await?;
        let disk = OpfsDisk { id: table::add_disk(folder) };
        disk.open(PROBE, OpenMode::Create).await?;
        disk.delete(PROBE).await?;
        Ok(disk)
    }

    fn root(&self) -> Result<FileSystemDirectoryHandle, DiskError> {
        let foreign = || DiskError::new(DiskErrorKind::Io, "this disk was opened on another thread");
        table::root(self.id).ok_or_else(foreign)
    }
}

#[async_trait(?Send)]
impl Disk for OpfsDisk {
    async fn open(&self, path: &str, mode: OpenMode) -> Result<FileHandle, DiskError> {
        check_path(path)?;
        // An opening goes on when its caller is dropped: the browser's handle would be held by nobody.
        while let Some(opening) = table::opening(self.id, path) {
            match opening.await {
                Err(error) if error.kind == DiskErrorKind::NotFound && mode == OpenMode::Create => {}
                settled => return settled,
            }
        }
        if let Some(file) = table::find(self.id, path) {
            return Ok(file);
        }
        let opening = open_file(self.id, self.root()?, path.to_owned(), mode).boxed_local().shared();
        table::begin_opening(self.id, path, opening.clone());
        spawn_local(opening.clone().map(drop));
        opening.await
    }

    async fn list(&self, directory: &str) -> Result<Vec<String>, DiskError> {
        check_path(directory)?;
        let folder = match folder::folder(&self.root()?, directory, OpenMode::Existing).await {
            Ok(folder) => folder,
            Err(error) if error.kind == DiskErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut handles = JsStream::from(folder.values().unchecked_into::<AsyncIterator>());
        let mut names = Vec::new();
        while let Some(handle) = handles.next().await {
            let handle = handle.map_err(|thrown| failure("list", directory, &thrown))?;
            let handle: FileSystemHandle = handle.unchecked_into();
            if handle.kind() == FileSystemHandleKind::File {
                names.push(handle.name());
            }
        }
        Ok(names)
    }

    async fn delete(&self, path: &str) -> Result<(), DiskError> {
        check_path(path)?;
        if let Some(opening) = table::opening(self.id, path) {
            // Whether it could be opened does not matter to who deletes it.
            drop(opening.await);
        }
        if let Some(file) = table::find(self.id, path) {
            table::close(file);
        }
        let (folder, name) = folder::parent(&self.root()?, path, OpenMode::Existing).await?;
        let removed = JsFuture::from(folder.remove_entry(&name)).await;
        removed.map(drop).map_err(|thrown| failure("delete", path, &thrown))
    }

    async fn space(&self) -> Option<DiskSpace> {
        let estimate = storage_manager().ok()?.estimate().ok()?;
        let estimate: StorageEstimate = JsFuture::from(estimate).await.ok()?.unchecked_into();
        Some(DiskSpace { used: estimate.get_usage()? as u64, quota: estimate.get_quota()? as u64 })
    }

    fn read_at(&self, file: FileHandle, offset: u64, buffer: &mut [u8]) -> Result<usize, DiskError> {
        let (access, path) = table::access(file)?;
        let read = access.read_with_u8_array_and_options(buffer, &at(offset));
        Ok(read.map_err(|thrown| failure("read", &path, &thrown))? as usize)
    }

    fn write_at(&self, file: FileHandle, offset: u64, bytes: &[u8]) -> Result<(), DiskError> {
        let (access, path) = table::access(file)?;
        let (mut rest, mut offset) = (bytes, offset);
        while !rest.is_empty() {
            let wrote = access.write_with_u8_array_and_options(rest, &at(offset));
            let wrote = wrote.map_err(|thrown| failure("write", &path, &thrown))? as usize;
            if wrote == 0 {
                let text = format!("cannot write '{path}': the browser took none of {} bytes", rest.len());
                return Err(DiskError::new(DiskErrorKind::Full, text));
            }
            rest = rest.get(wrote..).unwrap_or_default();
            offset += wrote as u64;
        }
        Ok(())
    }

    fn truncate(&self, file: FileHandle, length: u64) -> Result<(), DiskError> {
        let (access, path) = table::access(file)?;
        access.truncate_with_f64(length as f64).map_err(|thrown| failure("truncate", &path, &thrown))
    }

    fn flush(&self, file: FileHandle) -> Result<(), DiskError> {
        let (access, path) = table::access(file)?;
        access.flush().map_err(|thrown| failure("flush", &path, &thrown))
    }

    fn size(&self, file: FileHandle) -> Result<u64, DiskError> {
        let (access, path) = table::access(file)?;
        Ok(access.get_size().map_err(|thrown| failure("measure", &path, &thrown))? as u64)
    }

    fn close(&self, file: FileHandle) {
        table::close(file);
    }
}

async fn open_file(
    disk: DiskId,
    root: FileSystemDirectoryHandle,
    path: String,
    mode: OpenMode,
) -> Result<FileHandle, DiskError> {
    let access = folder::access(&root, &path, mode).await;
    let file = access.map(|access| table::add(disk, &path, access));
    table::end_opening(disk, &path);
    file
}

/// Offsets are exact up to 2^53.
fn at(offset: u64) -> FileSystemReadWriteOptions {
    let options = FileSystemReadWriteOptions::new();
    options.set_at(offset as f64);
    options
}

fn storage_manager() -> Result<StorageManager, DiskError> {
    let missing = |what| DiskError::new(DiskErrorKind::Io, format!("the browser has no {what}"));
    let scope: WorkerGlobalScope =
        js_sys::global().dyn_into().map_err(|_| missing("private file system outside workers"))?;
    let storage = scope.navigator().storage();
    if JsValue::from(storage.clone()).is_undefined() {
        return Err(missing("private file system here"));
    }
    Ok(storage)
}
