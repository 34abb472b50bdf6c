//! The store's scratch file as queries use it.

use kinglet_sql::{Scratch, ScratchFile};
use kinglet_storage::StorageError;
use kinglet_types::{ErrorCode, Result, SqlError};

/// Room for what queries cannot hold in memory.
#[derive(Debug)]
pub(super) struct StoreScratch(pub(super) kinglet_storage::Scratch);

struct StoreScratchFile(kinglet_storage::ScratchFile);

impl Scratch for StoreScratch {
    fn create(&self) -> Box<dyn ScratchFile> {
        Box::new(StoreScratchFile(self.0.create()))
    }
}

impl ScratchFile for StoreScratchFile {
    fn length(&self) -> u64 {
        self.0.length()
    }

    fn append(&self, bytes: &[u8]) -> Result<()> {
        self.0.append(bytes).map_err(|error| failed(&error))
    }

    fn read(&self, offset: u64, most: usize) -> Result<Vec<u8>> {
        self.0.read(offset, most).map_err(|error| failed(&error))
    }
}

const NOT_ENOUGH_SPACE: ErrorCode = ErrorCode(243);

fn failed(error: &StorageError) -> SqlError {
    let message = format!("The query needs more than its memory, and its scratch file failed: {error}");
    SqlError::new(NOT_ENOUGH_SPACE, message)
}
