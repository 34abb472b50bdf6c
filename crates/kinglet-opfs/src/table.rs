//! The worker's open files. Handles of the browser cannot leave their thread, ids can.

use std::cell::RefCell;
use std::collections::HashMap;

use futures::future::{LocalBoxFuture, Shared};
use kinglet_storage::disk::{DiskError, FileHandle};
use web_sys::{FileSystemDirectoryHandle, FileSystemSyncAccessHandle};

/// An opening under way; all who want the file wait for the same one.
pub(crate) type Opening = Shared<LocalBoxFuture<'static, Result<FileHandle, DiskError>>>;

/// A disk, by its number on this thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct DiskId(pub(crate) u32);

#[derive(Default)]
struct Table {
    last_file: u64,
    last_disk: u32,
    roots: HashMap<DiskId, FileSystemDirectoryHandle>,
    files: HashMap<FileHandle, OpenFile>,
    by_path: HashMap<(DiskId, String), FileHandle>,
    opening: HashMap<(DiskId, String), Opening>,
}

struct OpenFile {
    disk: DiskId,
    path: String,
    access: FileSystemSyncAccessHandle,
}

thread_local! {
    static TABLE: RefCell<Table> = RefCell::default();
}

/// Remember the folder of a new disk.
pub(crate) fn add_disk(root: FileSystemDirectoryHandle) -> DiskId {
    TABLE.with_borrow_mut(|table| {
        table.last_disk += 1;
        let disk = DiskId(table.last_disk);
        table.roots.insert(disk, root);
        disk
    })
}

/// The folder of a disk; none on a thread other than the one that opened it.
pub(crate) fn root(disk: DiskId) -> Option<FileSystemDirectoryHandle> {
    TABLE.with_borrow(|table| table.roots.get(&disk).cloned())
}

/// The handle of a file that is open.
pub(crate) fn find(disk: DiskId, path: &str) -> Option<FileHandle> {
    TABLE.with_borrow(|table| table.by_path.get(&(disk, path.to_owned())).copied())
}

/// Remember an open file.
pub(crate) fn add(disk: DiskId, path: &str, access: FileSystemSyncAccessHandle) -> FileHandle {
    TABLE.with_borrow_mut(|table| {
        table.last_file += 1;
        let file = FileHandle(table.last_file);
        table.files.insert(file, OpenFile { disk, path: path.to_owned(), access });
        table.by_path.insert((disk, path.to_owned()), file);
        file
    })
}

/// The browser's handle and the path of an open file, for messages.
pub(crate) fn access(file: FileHandle) -> Result<(FileSystemSyncAccessHandle, String), DiskError> {
    TABLE.with_borrow(|table| {
        let open = table.files.get(&file).ok_or_else(|| DiskError::bad_handle(file))?;
        Ok((open.access.clone(), open.path.clone()))
    })
}

/// Forget a file and let the browser's handle go. Does nothing for a file that is not open.
pub(crate) fn close(file: FileHandle) {
    let open = TABLE.with_borrow_mut(|table| {
        let open = table.files.remove(&file)?;
        table.by_path.remove(&(open.disk, open.path.clone()));
        Some(open)
    });
    if let Some(open) = open {
        open.access.close();
    }
}

/// The opening of a file that is under way.
pub(crate) fn opening(disk: DiskId, path: &str) -> Option<Opening> {
    TABLE.with_borrow(|table| table.opening.get(&(disk, path.to_owned())).cloned())
}

/// Remember that a file is being opened.
pub(crate) fn begin_opening(disk: DiskId, path: &str, opening: Opening) {
    TABLE.with_borrow_mut(|table| table.opening.insert((disk, path.to_owned()), opening));
}

/// Forget an opening that has ended.
pub(crate) fn end_opening(disk: DiskId, path: &str) {
    // What the future holds may look into the table when it is dropped.
    let ended = TABLE.with_borrow_mut(|table| table.opening.remove(&(disk, path.to_owned())));
    drop(ended);
}
