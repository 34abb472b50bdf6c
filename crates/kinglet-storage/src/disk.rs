//! The file system seen by the store: few calls, ids for open files, no rename.
//!
//! [`Disk`] is the smallest interface that the browser's private file system, a native folder and memory can
//! all offer. Opening, listing and deleting are asynchronous (they are in a browser); everything on an open
//! file is synchronous. An open file is a [`FileHandle`], a small id into the implementation's own table, so a
//! disk is cheap to share. The text on each method is the contract; [`contract::run`] checks it.

pub mod contract;
mod fault;
mod memory;
mod native;

use std::fmt;

use async_trait::async_trait;

pub use fault::{Fault, FaultDisk};
pub use memory::MemoryDisk;
pub use native::NativeDisk;

/// An open file: an id into the table of the [`Disk`] that gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileHandle(pub u64);

/// What [`Disk::open`] does about a missing file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenMode {
    /// Fail with [`DiskErrorKind::NotFound`].
    Existing,
    /// Make an empty file, and the folders above it.
    Create,
}

/// How much room there is, as far as the platform tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiskSpace {
    /// Bytes in use by this origin or volume.
    pub used: u64,
    /// Bytes that may be used in all.
    pub quota: u64,
}

/// Files by relative path (`parts/0a.parquet`); `/` separates, no leading slash, no `.` or `..` segments.
///
/// Futures need not be `Send`; the disk itself is shared between threads where there are threads.
#[async_trait(?Send)]
pub trait Disk: Send + Sync + fmt::Debug {
    /// Opens a file for reading and writing. A file that is open already gives the same handle: handles are not
    /// counted, and one [`close`](Disk::close) closes it. (So an open whose future was dropped loses nothing.)
    async fn open(&self, path: &str, mode: OpenMode) -> Result<FileHandle, DiskError>;

    /// Names (not paths) of the files directly in a folder, in no order. A folder that does not exist has none.
    async fn list(&self, directory: &str) -> Result<Vec<String>, DiskError>;

    /// Deletes a file, closing it first if it is open. Not found is an error of kind `NotFound`.
    async fn delete(&self, path: &str) -> Result<(), DiskError>;

    /// Room used and allowed, or `None` where the platform does not say.
    async fn space(&self) -> Option<DiskSpace> {
        None
    }

    /// Reads from `offset` until `buffer` is full or the file ends; returns the number of bytes read.
    fn read_at(&self, file: FileHandle, offset: u64, buffer: &mut [u8]) -> Result<usize, DiskError>;

    /// Writes all of `bytes` at `offset`; a gap past the end is filled with zeros.
    fn write_at(&self, file: FileHandle, offset: u64, bytes: &[u8]) -> Result<(), DiskError>;

    /// Sets the length: cuts, or extends with zeros.
    fn truncate(&self, file: FileHandle, length: u64) -> Result<(), DiskError>;

    /// Makes all that was written to this file (and its existence) survive a crash, as far as the platform can.
    fn flush(&self, file: FileHandle) -> Result<(), DiskError>;

    /// Length in bytes.
    fn size(&self, file: FileHandle) -> Result<u64, DiskError>;

    /// Closes the file. Closing twice does nothing; any other call on a closed handle is `BadHandle`.
    fn close(&self, file: FileHandle);
}

/// What went wrong on a disk, in terms a caller can act on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DiskErrorKind {
    /// No such file.
    NotFound,
    /// No room left: free some and try again.
    Full,
    /// Somebody else holds the file.
    Busy,
    /// The path is not one this disk takes.
    InvalidPath,
    /// The handle is closed.
    BadHandle,
    /// The platform failed.
    Io,
}

/// An error of a [`Disk`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiskError {
    /// What to do about it.
    pub kind: DiskErrorKind,
    /// What was being done, to which file, and what the platform said.
    pub message: String,
}

impl DiskError {
    /// An error of this kind.
    pub fn new(kind: DiskErrorKind, message: impl Into<String>) -> Self {
        DiskError { kind, message: message.into() }
    }

    /// The error for a file that is not there.
    pub fn not_found(path: &str) -> Self {
        Self::new(DiskErrorKind::NotFound, format!("no file '{path}'"))
    }

    /// The error for a call on a closed handle.
    pub fn bad_handle(file: FileHandle) -> Self {
        Self::new(DiskErrorKind::BadHandle, format!("file handle {} is closed", file.0))
    }
}

impl fmt::Display for DiskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DiskError {}

/// Checks a path against the rules of [`Disk`]: for implementations.
///
/// # Errors
/// `InvalidPath` for an empty path, an empty, `.` or `..` segment, a backslash or a NUL.
pub fn check_path(path: &str) -> Result<(), DiskError> {
    let bad_segment = |s: &str| s.is_empty() || s == "." || s == ".." || s.contains(['\\', '\0']);
    if path.split('/').any(bad_segment) {
        return Err(DiskError::new(
            DiskErrorKind::InvalidPath,
            format!("'{path}' is not a path of this disk"),
        ));
    }
    Ok(())
}
