//! Where a query puts what does not fit its memory: sorts and aggregates write it there and read it back.

use std::fmt;
use std::io::Write;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use datafusion::common::Result;
use datafusion::execution::{SpillFile, SpillWriter, TempFileFactory};
use futures::Stream;
use kinglet_types::SqlError;

use crate::fault::to_datafusion;

/// Makes scratch files. Nothing in it waits: an operator that runs out of memory cannot.
pub trait Scratch: fmt::Debug + Send + Sync {
    /// An empty file.
    fn create(&self) -> Box<dyn ScratchFile>;
}

/// Bytes that are appended and read back; its room is free again when it is dropped.
pub trait ScratchFile: Send + Sync {
    /// Bytes in it.
    fn length(&self) -> u64;

    /// Adds bytes at the end.
    ///
    /// # Errors
    /// When there is no room, or the disk fails.
    fn append(&self, bytes: &[u8]) -> std::result::Result<(), SqlError>;

    /// The bytes from `offset` on, at most `most`; none at the end.
    ///
    /// # Errors
    /// When the disk fails.
    fn read(&self, offset: u64, most: usize) -> std::result::Result<Vec<u8>, SqlError>;
}

/// Bytes read back at a time.
const CHUNK: usize = 256 << 10;

/// The scratch space as DataFusion asks for it.
pub(super) struct SpillFiles(pub(super) Arc<dyn Scratch>);

impl TempFileFactory for SpillFiles {
    fn create_temp_file(&self, _description: &str) -> Result<Arc<dyn SpillFile>> {
        Ok(Arc::new(Spill(Arc::from(self.0.create()))))
    }
}

struct Spill(Arc<dyn ScratchFile>);

impl SpillFile for Spill {
    fn size(&self) -> Option<u64> {
        Some(self.0.length())
    }

    fn read_stream(&self) -> Result<Pin<Box<dyn Stream<Item = Result<Bytes>> + Send>>> {
        let file = Arc::clone(&self.0);
        Ok(Box::pin(futures::stream::try_unfold(0, move |offset| {
            let read = file.read(offset, CHUNK).map_err(to_datafusion);
            let next = read.map(|bytes| {
                let end = offset + bytes.len() as u64;
                (!bytes.is_empty()).then(|| (Bytes::from(bytes), end))
            });
            std::future::ready(next)
        })))
    }

    fn open_writer(&self) -> Result<Box<dyn SpillWriter>> {
        Ok(Box::new(Writer(Arc::clone(&self.0))))
    }
}

struct Writer(Arc<dyn ScratchFile>);

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.append(bytes).map_err(std::io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl SpillWriter for Writer {
    fn finish(&mut self) -> Result<()> {
        Ok(())
    }
}
