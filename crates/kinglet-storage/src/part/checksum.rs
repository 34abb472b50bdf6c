//! CRC32C of a stream of bytes, block by block.

use crate::part::index::BLOCK;

/// Sums the blocks of bytes that come in pieces.
#[derive(Debug, Default)]
pub(crate) struct BlockChecksums {
    done: Vec<u32>,
    current: u32,
    filled: usize,
    total: u64,
}

impl BlockChecksums {
    pub(crate) fn push(&mut self, mut bytes: &[u8]) {
        self.total += bytes.len() as u64;
        while !bytes.is_empty() {
            let room = BLOCK as usize - self.filled;
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.current = crc32c::crc32c_append(self.current, now);
            self.filled += now.len();
            if self.filled == BLOCK as usize {
                self.done.push(std::mem::take(&mut self.current));
                self.filled = 0;
            }
            bytes = later;
        }
    }

    /// All sums, and the number of bytes they cover.
    pub(crate) fn finish(mut self) -> (Vec<u32>, u64) {
        if self.filled > 0 {
            self.done.push(self.current);
        }
        (self.done, self.total)
    }
}
