//! The first bytes of log files and checkpoint slots.
//!
//! All begin with eight letters, the format's version and a CRC32C of both; that much never changes, so that any
//! build can tell a newer format from a damaged file.

use crate::error::StorageError;

/// The on-disk format this build writes, and the newest it reads; it reads all before it.
///
/// 2: a part's own block may hold skip indexes, and says what the part is.
pub(crate) const FORMAT_VERSION: u32 = 2;

const PREFIX: usize = 16;
const LOG_MAGIC: &[u8; 8] = b"KNGLTLOG";
const CHECKPOINT_MAGIC: &[u8; 8] = b"KNGLTCKP";

/// Bytes of a checkpoint's header; the state follows.
pub(crate) const CHECKPOINT_HEADER: usize = PREFIX + 24;
/// Bytes of a log's header; records follow.
pub(crate) const LOG_HEADER: usize = PREFIX + 20;

/// Head of a checkpoint slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CheckpointHeader {
    pub(crate) generation: u64,
    /// Bytes of the state behind the header.
    pub(crate) length: u64,
    /// CRC32C of the state.
    pub(crate) checksum: u32,
}

/// Head of a log file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LogHeader {
    pub(crate) generation: u64,
    /// Number of the last commit before this log.
    pub(crate) sequence: u64,
}

fn prefix(magic: &[u8; 8]) -> Vec<u8> {
    let mut bytes = magic.to_vec();
    bytes.extend_from_slice(&FORMAT_VERSION.to_le_bytes());
    seal(bytes)
}

/// The bytes with their CRC32C behind them.
fn seal(mut bytes: Vec<u8>) -> Vec<u8> {
    let checksum = crc32c::crc32c(&bytes);
    bytes.extend_from_slice(&checksum.to_le_bytes());
    bytes
}

/// The bytes before their CRC32C, if it is right.
fn unseal(bytes: &[u8]) -> Option<&[u8]> {
    let (content, checksum) = bytes.split_last_chunk::<4>()?;
    (crc32c::crc32c(content) == u32::from_le_bytes(*checksum)).then_some(content)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes.get(at..)?.first_chunk::<8>().map(|bytes| u64::from_le_bytes(*bytes))
}

/// The format version of a file that starts like ours.
pub(crate) fn version(bytes: &[u8]) -> Option<u32> {
    let content = unseal(bytes.get(..PREFIX)?)?;
    let (magic, version) = content.split_last_chunk::<4>()?;
    (magic == LOG_MAGIC || magic == CHECKPOINT_MAGIC).then(|| u32::from_le_bytes(*version))
}

/// Refuses the file of a newer format.
pub(crate) fn check_version(bytes: &[u8]) -> Result<(), StorageError> {
    match version(bytes) {
        Some(found) if found > FORMAT_VERSION => {
            Err(StorageError::NewerVersion { found, supported: FORMAT_VERSION })
        }
        _ => Ok(()),
    }
}

/// Whether this build reads the file's format.
fn is_known(bytes: &[u8]) -> bool {
    version(bytes).is_some_and(|version| (1..=FORMAT_VERSION).contains(&version))
}

impl CheckpointHeader {
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut bytes = prefix(CHECKPOINT_MAGIC);
        bytes.extend_from_slice(&self.generation.to_le_bytes());
        bytes.extend_from_slice(&self.length.to_le_bytes());
        bytes.extend_from_slice(&self.checksum.to_le_bytes());
        seal(bytes)
    }

    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        let content = unseal(bytes.get(..CHECKPOINT_HEADER)?)?;
        if !content.starts_with(CHECKPOINT_MAGIC) || !is_known(bytes) {
            return None;
        }
        let checksum =
            content.get(PREFIX + 16..)?.first_chunk::<4>().map(|bytes| u32::from_le_bytes(*bytes))?;
        Some(CheckpointHeader {
            generation: u64_at(content, PREFIX)?,
            length: u64_at(content, PREFIX + 8)?,
            checksum,
        })
    }
}

impl LogHeader {
    /// The header and the CRC that the first record continues.
    pub(crate) fn encode(&self) -> (Vec<u8>, u32) {
        let mut bytes = prefix(LOG_MAGIC);
        bytes.extend_from_slice(&self.generation.to_le_bytes());
        bytes.extend_from_slice(&self.sequence.to_le_bytes());
        let bytes = seal(bytes);
        let chain = crc32c::crc32c(&bytes);
        (bytes, chain)
    }

    pub(crate) fn decode(bytes: &[u8]) -> Option<(Self, u32)> {
        let bytes = bytes.get(..LOG_HEADER)?;
        let content = unseal(bytes)?;
        if !content.starts_with(LOG_MAGIC) || !is_known(bytes) {
            return None;
        }
        let header =
            LogHeader { generation: u64_at(content, PREFIX)?, sequence: u64_at(content, PREFIX + 8)? };
        Some((header, crc32c::crc32c(bytes)))
    }
}
