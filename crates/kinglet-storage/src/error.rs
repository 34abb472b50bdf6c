//! What can go wrong in the store, in terms a caller can act on.

use std::fmt;

use arrow::error::ArrowError;
use parquet::errors::ParquetError;

use crate::disk::{DiskError, DiskErrorKind};

/// An error of the store. The text is for people; match on the variant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StorageError {
    /// No room left. Deleting and truncating still work.
    DiskFull {
        /// Bytes that were to be written.
        needed: u64,
        /// Bytes in use, where known.
        used: Option<u64>,
        /// Bytes allowed, where known.
        quota: Option<u64>,
    },
    /// The disk failed otherwise.
    Disk(DiskError),
    /// The files were written by a newer version; nothing was touched.
    NewerVersion {
        /// On-disk format found.
        found: u32,
        /// Newest format this build knows.
        supported: u32,
    },
    /// No head of this name.
    NoSuchHead(String),
    /// A head of this name exists.
    HeadExists(String),
    /// The head is a frozen snapshot.
    HeadIsFrozen(String),
    /// No table of this name in the head.
    NoSuchTable {
        /// The head.
        head: String,
        /// The table.
        table: String,
    },
    /// A table of this name exists in the head.
    TableExists {
        /// The head.
        head: String,
        /// The table.
        table: String,
    },
    /// Rows that do not fit the table's schema, or a schema change that the stored rows do not allow.
    Schema(String),
    /// The table was changed by somebody else between reading and committing; try again.
    Conflict(String),
    /// Stored bytes are not what was written.
    Damaged(String),
    /// The store stopped after an error it could not undo; open it again.
    Stopped(String),
    /// The request makes no sense (a column number out of range, an unknown key column).
    Invalid(String),
    /// Computing on rows failed.
    Compute(String),
}

impl StorageError {
    pub(crate) fn no_such_table(head: &str, table: &str) -> Self {
        StorageError::NoSuchTable { head: head.to_owned(), table: table.to_owned() }
    }

    /// The error of writing so many bytes.
    pub(crate) fn of_write(error: DiskError, bytes: usize) -> Self {
        match error.kind {
            DiskErrorKind::Full => StorageError::DiskFull { needed: bytes as u64, used: None, quota: None },
            _ => StorageError::Disk(error),
        }
    }

    /// True if freeing room may help.
    pub fn is_disk_full(&self) -> bool {
        match self {
            StorageError::DiskFull { .. } => true,
            StorageError::Disk(error) => error.kind == DiskErrorKind::Full,
            _ => false,
        }
    }
}

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StorageError::DiskFull { needed, used, quota } => {
                write!(f, "The disk is full: {needed} more bytes were needed")?;
                if let (Some(used), Some(quota)) = (used, quota) {
                    write!(f, ", {used} of {quota} bytes are in use")?;
                }
                f.write_str(". Delete or truncate data sources to make room")
            }
            StorageError::Disk(error) => write!(f, "{error}"),
            StorageError::NewerVersion { found, supported } => write!(
                f,
                "The stored data has format version {found}, this build reads up to version {supported}. \
                 Nothing was changed; open it with a newer build"
            ),
            StorageError::NoSuchHead(head) => write!(f, "There is no head '{head}'"),
            StorageError::HeadExists(head) => write!(f, "The head '{head}' exists already"),
            StorageError::HeadIsFrozen(head) => write!(f, "The head '{head}' is a frozen snapshot"),
            StorageError::NoSuchTable { head, table } => write!(f, "There is no table '{table}' in '{head}'"),
            StorageError::TableExists { head, table } => {
                write!(f, "The table '{table}' exists already in '{head}'")
            }
            StorageError::Conflict(text) => write!(f, "{text}; try again"),
            StorageError::Stopped(text) => write!(f, "The store stopped and must be opened again: {text}"),
            StorageError::Schema(text)
            | StorageError::Damaged(text)
            | StorageError::Invalid(text)
            | StorageError::Compute(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for StorageError {}

impl From<DiskError> for StorageError {
    fn from(error: DiskError) -> Self {
        StorageError::Disk(error)
    }
}

impl From<ArrowError> for StorageError {
    fn from(error: ArrowError) -> Self {
        match error {
            ArrowError::SchemaError(text) => StorageError::Schema(text),
            other => StorageError::Compute(other.to_string()),
        }
    }
}

impl From<ParquetError> for StorageError {
    fn from(error: ParquetError) -> Self {
        match error {
            ParquetError::External(inner) => match inner.downcast::<StorageError>() {
                Ok(error) => *error,
                Err(other) => StorageError::Compute(other.to_string()),
            },
            other => StorageError::Damaged(other.to_string()),
        }
    }
}
