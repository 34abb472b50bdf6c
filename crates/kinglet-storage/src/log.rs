//! The commit log: two log files and two checkpoint slots, used in turn.
//!
//! Generation `g` is a checkpoint in slot `g % 2` and the commits since it in log `g % 2`. A new generation first
//! writes and flushes its slot, then starts its log; the generation before stays whole until the one after the
//! next overwrites it. So a torn checkpoint costs nothing: the state is also the older checkpoint with both logs.
//! Recovery takes the newest whole checkpoint and from the logs, in order, the commits that follow it.
//! A record is its length, a CRC32C that continues the one before, and the commit. Append and flush is the commit.

pub(crate) mod catalog;
pub(crate) mod header;
pub(crate) mod record;
pub(crate) mod recovery;

use std::sync::Arc;

use crate::disk::{Disk, FileHandle};
use crate::error::StorageError;
use header::{CheckpointHeader, LogHeader};

/// Names of the two log files.
pub(crate) const LOGS: [&str; 2] = ["log.0", "log.1"];
/// Names of the two checkpoint slots.
pub(crate) const CHECKPOINTS: [&str; 2] = ["checkpoint.0", "checkpoint.1"];

/// The file and the number of a generation's slot.
pub(crate) fn slot(generation: u64) -> usize {
    (generation % 2) as usize
}

/// The log being written.
#[derive(Debug)]
pub(crate) struct Log {
    disk: Arc<dyn Disk>,
    logs: [FileHandle; 2],
    checkpoints: [FileHandle; 2],
    generation: u64,
    end: u64,
    chain: u32,
    /// Bytes were written since the last flush.
    dirty: bool,
    /// Why nothing can be written any more.
    stopped: Option<String>,
}

impl Log {
    /// A log that goes on at `end` of a generation's file.
    pub(crate) fn resume(
        disk: Arc<dyn Disk>,
        logs: [FileHandle; 2],
        checkpoints: [FileHandle; 2],
        generation: u64,
        end: u64,
        chain: u32,
    ) -> Self {
        Log { disk, logs, checkpoints, generation, end, chain, dirty: false, stopped: None }
    }

    fn file(&self) -> Result<FileHandle, StorageError> {
        let file = self.logs.get(slot(self.generation)).copied();
        file.ok_or_else(|| StorageError::Stopped("no log file".to_owned()))
    }

    fn check_running(&self) -> Result<(), StorageError> {
        match &self.stopped {
            Some(why) => Err(StorageError::Stopped(why.clone())),
            None => Ok(()),
        }
    }

    /// Bytes of log since the last checkpoint.
    pub(crate) fn bytes(&self) -> u64 {
        self.end
    }

    /// Appends one record and, if asked, flushes. After an error the log is as before.
    pub(crate) fn append(&mut self, payload: &[u8], flush: bool) -> Result<(), StorageError> {
        self.check_running()?;
        let (file, end, was_dirty) = (self.file()?, self.end, self.dirty);
        let (bytes, chain) = record::frame(payload, self.chain);
        let written = self.disk.write_at(file, end, &bytes);
        let written = written.and_then(|()| if flush { self.disk.flush(file) } else { Ok(()) });
        if let Err(error) = written {
            self.take_back(file, end, was_dirty);
            return Err(StorageError::of_write(error, bytes.len()));
        }
        self.end = end + bytes.len() as u64;
        self.chain = chain;
        self.dirty = !flush;
        Ok(())
    }

    fn take_back(&mut self, file: FileHandle, end: u64, was_dirty: bool) {
        let undone = self.disk.truncate(file, end).and_then(|()| self.disk.flush(file));
        match undone {
            Ok(()) => self.dirty = false,
            Err(error) => {
                self.dirty = was_dirty;
                self.stopped = Some(format!("the log could not be repaired after a failed write: {error}"));
            }
        }
    }

    /// Makes all appended records survive a crash.
    pub(crate) fn flush(&mut self) -> Result<(), StorageError> {
        self.check_running()?;
        if self.dirty {
            self.disk.flush(self.file()?)?;
            self.dirty = false;
        }
        Ok(())
    }

    /// Starts the next generation with this state, which all commits up to `sequence` have led to.
    pub(crate) fn checkpoint(&mut self, state: &[u8], sequence: u64) -> Result<(), StorageError> {
        self.flush()?;
        let next = self.generation + 1;
        let Some(slot_file) = self.checkpoints.get(slot(next)).copied() else { return Ok(()) };
        let Some(log_file) = self.logs.get(slot(next)).copied() else { return Ok(()) };
        // Should one of the two fail, the log goes on as it is: recovery takes what it needs from both logs.
        write_checkpoint(&*self.disk, slot_file, next, state)?;
        (self.end, self.chain) = start_log(&*self.disk, log_file, next, sequence)?;
        self.generation = next;
        Ok(())
    }

    /// Refuses everything from now on.
    pub(crate) fn stop(&mut self, why: &str) {
        self.stopped = Some(why.to_owned());
    }

    /// The handles it holds.
    pub(crate) fn handles(&self) -> impl Iterator<Item = FileHandle> {
        self.logs.into_iter().chain(self.checkpoints)
    }
}

/// Writes and flushes a checkpoint.
pub(crate) fn write_checkpoint(
    disk: &dyn Disk,
    file: FileHandle,
    generation: u64,
    state: &[u8],
) -> Result<(), StorageError> {
    let header = CheckpointHeader { generation, length: state.len() as u64, checksum: crc32c::crc32c(state) };
    let mut bytes = header.encode();
    bytes.extend_from_slice(state);
    disk.write_at(file, 0, &bytes)?;
    disk.truncate(file, bytes.len() as u64)?;
    disk.flush(file)?;
    Ok(())
}

/// Empties a log file and writes its header: where records begin and the CRC they continue.
pub(crate) fn start_log(
    disk: &dyn Disk,
    file: FileHandle,
    generation: u64,
    sequence: u64,
) -> Result<(u64, u32), StorageError> {
    let (bytes, chain) = LogHeader { generation, sequence }.encode();
    disk.truncate(file, 0)?;
    disk.write_at(file, 0, &bytes)?;
    disk.flush(file)?;
    Ok((bytes.len() as u64, chain))
}
